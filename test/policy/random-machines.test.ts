import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { testedPath } from '../../src/policy/tested-path.ts';
import { type Verdict, verdict } from '../../src/policy/verdict.ts';
import { routeTable } from '../../src/routing/route-table.ts';
import { chain, endpoints } from '../../src/system/ancestry.ts';
import type { System, SystemNode } from '../../src/system/system.ts';
import {
  backwards,
  renamed,
  renumbered,
  shuffled,
  withAcs,
  withLessRedirect,
} from '../support/changed-machine.ts';
import { KERNELS, loadKernel } from '../support/kernel-files.ts';
import { randomControl, randomMachine, spread } from '../support/random-topology.ts';
import { vectorSystem } from '../support/vector-system.ts';

const machine = randomMachine.map(vectorSystem);
const profile = fc.constantFrom(...KERNELS.map(loadKernel).filter(({ algorithm }) => algorithm === 'path'));
const SEED = { seed: 20261125, numRuns: 2000 };

type Pair = readonly [provider: string, client: string];

/** Pairs of all functions, bridges included. */
const pairsOf = (ids: readonly string[], limit = 40): readonly Pair[] =>
  spread(
    ids.flatMap((provider) => ids.map((client): Pair => [provider, client])),
    limit,
  );

const devicePairs = (system: System): readonly Pair[] =>
  pairsOf(
    endpoints(system).map(({ id }) => id),
    60,
  );

const nodePairs = (system: System): readonly Pair[] => pairsOf(Object.keys(system.nodes));

const facts = ({ mapType, distance, address, redirects, messages }: Verdict) => ({
  mapType,
  distance,
  address,
  redirects,
  messages,
});

/** Where the ways of a flow with a bus address lead, of requests and completions, strict and relaxed, by any root complex. */
const hopsOf = (system: System, [completer, requester]: Pair): readonly string[] =>
  [true, false].flatMap((rcKeepsRequesterId) =>
    Object.values(
      routeTable(system, {
        requester,
        completer,
        address: 'BUS',
        addressType: 'untranslated',
        rcKeepsRequesterId,
      }),
    )
      .flatMap(({ strict, relaxed }) => [strict, relaxed])
      .flatMap((result) => (result.kind === 'route' ? result.route.hops : [`blocked at ${result.port}`])),
  );

/** The functions by which both reach the root port where they meet; empty where they meet elsewhere. */
function meetAtRootPort(system: System, [provider, client]: Pair): readonly SystemNode[] {
  const [one = [], other = []] = [provider, client].map((id) => chain(system, id));
  const port = one.find((node) => other.includes(node));
  if (port?.kind !== 'root_port') return [];
  return [one, other].flatMap((nodes) => nodes[nodes.indexOf(port) - 1] ?? []);
}

/*
 * What two functions of one device do with each other's TLPs is the device's own affair. One without a way of its own inside
 * sends them to its port, and where that is a root port it is the root complex that turns them. Source: kernel-p2pdma 1.7.
 */
test('with a bus address neither requests nor completions come to a root complex, but those between functions of one device below a root port', () => {
  const met = { elsewhere: 0, atRootPort: 0 };
  fc.assert(
    fc.property(machine, profile, fc.array(fc.boolean(), { minLength: 3 }), (drawn, kernel, chosen) => {
      const system = withLessRedirect(drawn, chosen);
      for (const pair of devicePairs(system)) {
        if (verdict(system, ...pair, kernel).address !== 'BUS') continue;
        const hops = hopsOf(system, pair);
        const functions = meetAtRootPort(system, pair);
        expect(hops.filter((hop) => /^(rc:|blocked|root_port)/.test(hop))).toEqual([]);
        expect(hops.some((hop) => hop.startsWith('sibling:root_port'))).toBe(functions.length > 0);
        expect(new Set(functions.map(({ parent }) => parent)).size).toBe(functions.length > 0 ? 1 : 0);
        met[functions.length > 0 ? 'atRootPort' : 'elsewhere']++;
      }
    }),
    SEED,
  );
  expect(met.elsewhere).toBeGreaterThan(10_000);
  expect(met.atRootPort).toBeGreaterThan(1000);
});

test('the verdict does not depend on what things are called', () => {
  fc.assert(
    fc.property(machine, profile, (system, kernel) => {
      const other = renamed(system);
      for (const [provider, client] of nodePairs(system)) {
        const { redirects, ...rest } = facts(verdict(system, provider, client, kernel));
        const got = facts(verdict(other, backwards(provider), backwards(client), kernel));
        expect(got).toEqual({ ...rest, redirects: redirects.map(backwards) });
      }
    }),
    SEED,
  );
});

const keys = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 5, maxLength: 12 });

test('the verdict does not depend on the order of devices, the first of a root bus excepted', () => {
  fc.assert(
    fc.property(machine, profile, keys, (system, kernel, order) => {
      const other = shuffled(system, order);
      for (const pair of nodePairs(system))
        expect(facts(verdict(other, ...pair, kernel))).toEqual(facts(verdict(system, ...pair, kernel)));
    }),
    SEED,
  );
});

test('the verdict does not depend on the numbers of domains, buses and devices', () => {
  fc.assert(
    fc.property(machine, profile, keys, (system, kernel, numbers) => {
      const other = renumbered(system, numbers);
      for (const pair of nodePairs(system))
        expect(facts(verdict(other, ...pair, kernel))).toEqual(facts(verdict(system, ...pair, kernel)));
    }),
    SEED,
  );
});

const controls = fc.array(randomControl, { minLength: 3, maxLength: 12 });

/** Functions whose ACS Linux reads: both chains up to the common function; none where there is none. */
function testedIds(system: System, [provider, client]: Pair): ReadonlySet<string> {
  const { common } = testedPath(system, provider, client);
  if (common === null) return new Set();
  const upTo = (id: string) => {
    const ids = chain(system, id).map((node) => node.id);
    return ids.slice(0, ids.indexOf(common) + 1);
  };
  return new Set([...upTo(provider), ...upTo(client)]);
}

test('ACS off the tested path changes nothing, be it above, beside or on another branch', () => {
  fc.assert(
    fc.property(machine, profile, controls, (system, kernel, list) => {
      for (const pair of spread(nodePairs(system), 12)) {
        const other = withAcs(system, list, testedIds(system, pair));
        expect(facts(verdict(other, ...pair, kernel))).toEqual(facts(verdict(system, ...pair, kernel)));
      }
    }),
    SEED,
  );
});
