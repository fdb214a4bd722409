import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type FlowSpec, flowSpec } from '../../src/dma/flow-spec.ts';
import { planFlows } from '../../src/dma/plan-flows.ts';
import { type RunPlan, runPlan } from '../../src/dma/run-plan.ts';
import { type Recorders, Simulator } from '../../src/dma/simulator.ts';
import { assemble } from '../../src/fabric/assemble.ts';
import { loadPart } from '../../src/node/load-part.ts';
import { ChannelRecorder } from '../../src/observe/channel-recorder.ts';
import { FlowRecorder } from '../../src/observe/flow-recorder.ts';
import { OccupancyRecorder } from '../../src/observe/occupancy-recorder.ts';
import { WaitRecorder } from '../../src/observe/wait-recorder.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import type { System } from '../../src/system/system.ts';
import { parseBytes } from '../../src/units.ts';
import { fastRun } from '../reference/fast-run.ts';
import { referenceRun } from '../reference/reference-run.ts';
import { difference } from '../reference/run-log.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { randomRun } from '../support/random-run.ts';
import { goldenText } from './goldens/golden-text.ts';
import { readScenario, type Scenario } from './goldens/scenario.ts';

const FOLDER = new URL('goldens/', import.meta.url);
/** `UPDATE_GOLDENS=1 npx vitest run test/fabric` stores all goldens anew, as the plain reference form has them. */
const UPDATE = process.env.UPDATE_GOLDENS === '1';
const RUNS = { seed: 20261122, numRuns: 200 };

const simulator = new Simulator();
const fast = (plan: RunPlan, seed: string, others: Recorders = {}) =>
  fastRun(plan, seed, { simulator, others });

const goldens = readdirSync(FOLDER).flatMap((file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? []);
const scenarioOf = (name: string): Scenario =>
  readScenario(readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8'));

describe.each(goldens)('the golden scenario %s', (name) => {
  const file = new URL(`${name}.log`, FOLDER);
  const { plan, seed } = scenarioOf(name);

  it('runs as it is stored', () => {
    if (UPDATE) writeFileSync(file, goldenText(plan, referenceRun(plan, seed)));
    expect(existsSync(file), 'no log is stored: run once with UPDATE_GOLDENS=1').toBe(true);
    expect(goldenText(plan, fast(plan, seed))).toBe(readFileSync(file, 'utf8'));
  });

  it('runs delivery by delivery as in the plain reference form', () => {
    expect(difference(fast(plan, seed), referenceRun(plan, seed))).toBeNull();
  });

  it('runs alike with all recorders and with none but the trace', () => {
    expect(difference(fast(plan, seed, allRecorders(plan)), fast(plan, seed))).toBeNull();
  });
});

function allRecorders({ flows, fabric }: RunPlan): Recorders {
  return {
    deliveries: [new FlowRecorder(flows.length)],
    waits: [new WaitRecorder(flows.length)],
    grants: [new ChannelRecorder(fabric.outputs.length), new OccupancyRecorder(fabric.ports.length)],
  };
}

test('every stored log has its scenario', () => {
  const logs = readdirSync(FOLDER).flatMap((file) => /^(.*)\.log$/.exec(file)?.[1] ?? []);
  expect(logs.filter((name) => !goldens.includes(name))).toEqual([]);
});

test('random flows on random machines run delivery by delivery as in the plain reference form', () => {
  fc.assert(
    fc.property(randomRun, ({ plan, seed }) => {
      expect(difference(fast(plan, seed), referenceRun(plan, seed))).toBeNull();
    }),
    RUNS,
  );
}, 60_000);

describe('the seed', () => {
  const { plan } = scenarioOf('all-to-all-in-random-order');

  it('gives the same log whenever it is the same', () => {
    expect(difference(fast(plan, '7'), fast(plan, '7'))).toBeNull();
    expect(difference(fastRun(plan, '7', { simulator: new Simulator() }), fast(plan, '7'))).toBeNull();
  });

  it('gives another log when it is another, where the order of copies is random', () => {
    expect(difference(fast(plan, '8'), fast(plan, '7'))).not.toBeNull();
  });

  it('makes no difference where nothing is drawn from more than one', () => {
    const { plan: one } = scenarioOf('one-switch');
    expect(difference(fast(one, '8'), fast(one, '7'))).toBeNull();
  });
});

interface Neighbours {
  /** Two GPUs on root ports of their own, before all others in the tree. */
  readonly strangers?: boolean;
  /** A GPU between two others of the switch. */
  readonly sibling?: boolean;
}

const port = (id: string, child: object) => ({ id, link: { gen: 5, width: 16 }, child });
const gpu = (id: string) => port(`p-${id}`, { kind: 'gpu', id, part: 'gpu/nvidia/rtx-pro-6000' });

/** Three GPUs below a switch and one on a root port, and who else there is. */
function machine({ strangers = false, sibling = false }: Neighbours): System {
  const ports = [gpu('gpu0'), ...(sibling ? [gpu('sibling')] : []), gpu('gpu1'), gpu('gpu2')];
  const bridge = {
    id: 'hb0',
    root_ports: [
      port('rp0', { kind: 'switch', id: 'sw', part: 'switch/microchip/pm50100', ports }),
      gpu('gpu3'),
    ],
  };
  const other = { id: 'hb1', root_ports: [gpu('stranger'), gpu('partner')] };
  const document = {
    system: 'neighbours',
    sockets: [
      {
        id: 's0',
        part: 'cpu/amd/threadripper-pro-7955wx',
        host_bridges: strangers ? [other, bridge] : [bridge],
      },
    ],
  };
  return parseSystem(JSON.stringify(document), 'neighbours', loadPart);
}

const flow = (op: 'write' | 'read', from: string, to: string): FlowSpec =>
  flowSpec({
    id: `${op} ${from} ${to}`,
    from: [from],
    to: [to],
    op,
    size: parseBytes('4 KiB'),
    transfers: 3,
    depth: 2,
  });

const GPUS = ['gpu0', 'gpu1', 'gpu2', 'gpu3'];
const OWN = [
  ...GPUS.flatMap((from) => GPUS.filter((to) => to !== from).map((to) => flow('write', from, to))),
  flow('read', 'gpu0', 'gpu2'),
  flow('read', 'gpu3', 'gpu1'),
  flow('write', 'gpu1', 'mem:s0'),
];
const STRANGE = [
  flow('write', 'stranger', 'partner'),
  flow('read', 'stranger', 'partner'),
  flow('read', 'mem:s0', 'stranger'),
];

/** Delivery log of the flows `OWN`, which come first. */
function ownLines(system: System, specs: readonly FlowSpec[]): readonly string[] {
  const assembly = assemble(system);
  const { accepted, engines } = planFlows({ system, profile: loadKernel('linux-7.3'), assembly }, specs);
  expect(accepted).toHaveLength(specs.length);
  const plan = runPlan(
    assembly.plan,
    accepted.map((one) => one.plan),
    engines,
  );
  return fast(plan, '1').lines.filter((line) => Number(/ (\d+)\./.exec(line)?.[1]) < OWN.length);
}

describe('the log of what others do', () => {
  const alone = ownLines(machine({}), OWN);

  it('is the same line by line where GPUs on other root ports have traffic of their own', () => {
    expect(ownLines(machine({ strangers: true }), [...OWN, ...STRANGE])).toEqual(alone);
  });

  it('is the same line by line where a GPU without traffic is added to the switch', () => {
    expect(ownLines(machine({ sibling: true }), OWN)).toEqual(alone);
  });
});
