import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MapType } from '../../src/policy/map-type.ts';
import { verdict } from '../../src/policy/verdict.ts';
import { VerdictCache } from '../../src/policy/verdict-cache.ts';
import { endpoints } from '../../src/system/ancestry.ts';
import type { System } from '../../src/system/system.ts';
import { withAcs } from '../support/changed-machine.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { randomControl, randomMachine, spread } from '../support/random-topology.ts';
import { vectorSystem } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const SEED = { seed: 20261125, numRuns: 2000 };

type Pair = readonly [provider: string, client: string];

type Step =
  | { readonly kind: 'ask' | 'mapType' | 'forget'; readonly pair: number }
  | { readonly kind: 'acs'; readonly list: readonly (number | null)[] };

const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.record({ kind: fc.constantFrom('ask', 'mapType', 'mapType', 'forget'), pair: fc.nat(3) }),
  fc.record({
    kind: fc.constant('acs'),
    list: fc.array(randomControl, { minLength: 3, maxLength: 12 }),
  }),
);

function pairsOf(system: System): readonly Pair[] {
  const ids = endpoints(system).map(({ id }) => id);
  return spread(
    ids.flatMap((provider) => ids.map((client): Pair => [provider, client])),
    4,
  );
}

/** What a kernel would remember, kept in the plainest way, beside the cache that is tested. */
class Rehearsal {
  private readonly cache = new VerdictCache(KERNEL);
  private known: readonly (readonly [pair: Pair, mapType: MapType])[] = [];
  /** Answers from memory that no longer fit the machine. */
  stale = 0;

  private remember(pair: Pair, mapType: MapType): void {
    this.known = [...this.known.filter(([each]) => each !== pair), [pair, mapType]];
  }

  ask(system: System, pair: Pair): void {
    const { mapType, distance } = verdict(system, ...pair, KERNEL);
    expect(this.cache.ask(system, ...pair)).toEqual({ mapType, distance });
    this.remember(pair, mapType);
  }

  mapType(system: System, pair: Pair): void {
    const fresh = verdict(system, ...pair, KERNEL).mapType;
    const [, remembered = fresh] = this.known.find(([each]) => each === pair) ?? [];
    expect(this.cache.mapType(system, ...pair)).toBe(remembered);
    this.remember(pair, remembered);
    if (remembered !== fresh) this.stale++;
  }

  forget(_: System, [provider]: Pair): void {
    this.cache.forget(provider);
    this.known = this.known.filter(([[each]]) => each !== provider);
  }
}

test('a question for the distance is always answered anew, one for the map type from memory until the driver is bound anew', () => {
  let stale = 0;
  fc.assert(
    fc.property(
      randomMachine.map(vectorSystem),
      fc.array(step, { minLength: 5, maxLength: 30 }),
      (first, steps) => {
        const pairs = pairsOf(first);
        const rehearsal = new Rehearsal();
        let system = first;
        for (const each of steps) {
          if (each.kind === 'acs') system = withAcs(system, each.list, new Set());
          else {
            const pair = pairs[each.pair % pairs.length];
            if (pair) rehearsal[each.kind](system, pair);
          }
        }
        stale += rehearsal.stale;
      },
    ),
    SEED,
  );
  expect(stale).toBeGreaterThan(200);
});
