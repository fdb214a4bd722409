import * as fc from 'fast-check';
import { type FlowSpec, flowSpec } from '../../src/dma/flow-spec.ts';
import { planFlows } from '../../src/dma/plan-flows.ts';
import { type RunPlan, runPlan } from '../../src/dma/run-plan.ts';
import { assemble } from '../../src/fabric/assemble.ts';
import { withRedirect, withoutRedirect } from '../../src/system/edit.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { Part } from '../../src/system/part.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, bytesPerSecond, picoseconds } from '../../src/units.ts';
import { loadKernel } from './kernel-files.ts';
import { either, randomCpu, randomEndpoint, randomSwitch, randomTime } from './random-parts.ts';

/** A machine with parts of random numbers, and flows that its kernel accepts. */
export interface RandomRun {
  readonly system: System;
  readonly flows: readonly FlowSpec[];
  readonly plan: RunPlan;
  readonly seed: string;
}

const link = fc.record({
  gen: fc.constantFrom(6, 5, 4, 3, 1, 7),
  width: fc.constantFrom(16, 8, 4, 1),
  bit_error_rate: fc.constantFrom(0, 0, 0, 1e-4),
});

/** What hangs below a port: a device of some functions, or a switch. Parts are picked from three of each sort. */
type Below = { part: number } & (
  | { functions: number }
  | { chip: boolean; ports: { link: object; child: Below }[] }
);

const pick = fc.nat(2);
const { below } = fc.letrec<{ below: Below }>((tie) => ({
  below: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({ part: pick, functions: fc.constantFrom(1, 1, 1, 2) }),
    fc.record({
      part: pick,
      chip: fc.boolean(),
      ports: fc.array(fc.record({ link, child: tie('below') }), { minLength: 1, maxLength: 3 }),
    }),
  ),
}));

const hostBridge = fc.record({
  agent: fc.constantFrom(false, false, true),
  quadrant: fc.constantFrom('Q0', 'Q1'),
  ports: fc.array(fc.record({ link, child: below }), { minLength: 1, maxLength: 2 }),
});
const sockets = fc.array(fc.array(hostBridge, { minLength: 1, maxLength: 2 }), {
  minLength: 1,
  maxLength: 2,
});

/** A flow before its ends are known: they are picked by number from the machine's devices and memories. */
const flow = fc.record({
  initiator: fc.nat(),
  targets: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  op: fc.constantFrom(
    'write' as const,
    'read' as const,
    'write' as const,
    'read' as const,
    'atomic' as const,
  ),
  size: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(64, 256, 4096, 5000)).map(bytes),
  region: either(null, fc.integer({ min: 1, max: 40_000 }).map(bytes)),
  access: fc.constantFrom('sequential' as const, 'random' as const),
  cached: fc.boolean(),
  transfers: fc.integer({ min: 1, max: 5 }),
  depth: fc.integer({ min: 1, max: 4 }),
  rate: either(
    null,
    fc.constantFrom(0.5, 5, 50).map((rate) => bytesPerSecond(rate * 1e9)),
  ),
  spread: fc.constantFrom('transfer' as const, 'request' as const),
  start: randomTime(0, 0, 100_000),
  invalidateEvery: either(null, fc.integer({ min: 1_000_000, max: 50_000_000 }).map(picoseconds)),
  relaxedOrdering: fc.boolean(),
  idBasedOrdering: fc.boolean(),
});

const raw = fc.record({
  sockets,
  parts: fc.record({
    cpu: randomCpu,
    switches: fc.tuple(randomSwitch, randomSwitch, randomSwitch),
    endpoints: fc.tuple(randomEndpoint, randomEndpoint, randomEndpoint),
  }),
  redirect: fc.boolean(),
  translate: fc.boolean(),
  flows: fc.array(flow, { minLength: 1, maxLength: 5 }),
  seed: fc.nat(1000).map(String),
});
type Raw = typeof raw extends fc.Arbitrary<infer T> ? T : never;

/** Writes a machine down as a system file does. */
class Writer {
  private count = 0;

  private id(kind: string): string {
    return `${kind}${this.count++}`;
  }

  sockets(list: Raw['sockets']): readonly object[] {
    return list.map((bridges, i) => ({
      id: `s${i}`,
      part: 'cpu',
      host_bridges: bridges.map(({ agent, quadrant, ports }) => ({
        id: this.id('hb'),
        quadrant,
        devices: agent ? [{ kind: 'other', id: this.id('agent'), part: 'endpoint/0' }] : [],
        root_ports: ports.map((each) => ({
          id: this.id('rp'),
          link: each.link,
          child: this.below(each.child),
        })),
      })),
    }));
  }

  private below(child: Below): object {
    if ('functions' in child) {
      const more = Array.from({ length: child.functions - 1 }, () => ({ id: this.id('f') }));
      return { kind: 'other', id: this.id('d'), part: `endpoint/${child.part}`, functions: more };
    }
    const ports = child.ports.map((each) => ({ link: each.link, child: this.below(each.child) }));
    const chip = child.chip ? { chip: 'X' } : {};
    return { kind: 'switch', id: this.id('sw'), part: `switch/${child.part}`, ...chip, ports };
  }
}

function systemOf({ sockets: list, parts, redirect, translate }: Raw): System {
  const document = {
    system: 'random',
    iommu: { mode: translate ? 'translate' : 'off' },
    sockets: new Writer().sockets(list),
    socket_links: list.slice(1).map((_, i) => ({ between: ['s0', `s${i + 1}`], kind: 'xGMI' })),
  };
  const system = parseSystem(JSON.stringify(document), 'random', (name): Part => {
    const [kind, number] = name.split('/');
    if (kind === 'cpu') return parts.cpu;
    return (kind === 'switch' ? parts.switches : parts.endpoints)[Number(number)] as Part;
  });
  return redirect ? withRedirect(system, 'all') : withoutRedirect(system);
}

function specsOf({ flows }: Raw, system: System): readonly FlowSpec[] {
  const devices = Object.values(system.nodes).flatMap(({ kind, id }) =>
    kind === 'endpoint' || kind === 'rciep' ? [id] : [],
  );
  return flows.map(({ initiator, targets, ...rest }, i) => {
    const from = devices[initiator % devices.length] as string;
    const ends = [...devices, ...system.sockets.map(({ id }) => `mem:${id}`)].filter((id) => id !== from);
    const others = [...new Set(targets.map((target) => ends[target % ends.length] as string))];
    const [source, sink] = rest.op === 'read' ? [others, [from]] : [[from], others];
    // an atomic moves 8 B: few of them do
    const size = rest.op === 'atomic' ? bytes(Math.min(rest.size, 100)) : rest.size;
    return flowSpec({ ...rest, size, id: `f${i}`, from: source, to: sink });
  });
}

type Context = Parameters<typeof planFlows>[0];

/** Whether a flow can be planned: not to another function of the same device, nor by a way that a port blocks. */
function isPossible(context: Context, spec: FlowSpec): boolean {
  try {
    return planFlows(context, [spec]).refused.length === 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function runOf(each: Raw): RandomRun {
  const system = systemOf(each);
  const assembly = assemble(system);
  const context = { system, profile: loadKernel('linux-7.3'), assembly };
  const flows = specsOf(each, system).filter((spec) => isPossible(context, spec));
  const { accepted, engines } = planFlows(context, flows);
  const plans = accepted.map(({ plan }) => plan);
  return { system, flows, plan: runPlan(assembly.plan, plans, engines), seed: each.seed };
}

/** Runs of one to five flows on machines of one or two sockets with nested switches, virtual switches and RCiEPs. */
export const randomRun: fc.Arbitrary<RandomRun> = raw.map(runOf).filter(({ flows }) => flows.length > 0);
