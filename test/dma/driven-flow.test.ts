import { describe, expect, test } from 'vitest';
import type { RunPlan } from '../../src/dma/run-plan.ts';
import { Simulator } from '../../src/dma/simulator.ts';
import type { Host, Software } from '../../src/dma/software.ts';
import { StuckError } from '../../src/engine/stuck-error.ts';
import type { Program } from '../../src/engine/processes.ts';
import { TraceRecorder } from '../../src/observe/trace-recorder.ts';
import { smallPlan } from '../reference/small-plan.ts';

const FLOW = { id: 'f', from: 0, to: 1, size: 1000, region: 4000, transfers: 40 } as const;

const plan = (op: 'write' | 'read', driven: boolean): RunPlan => {
  const load = driven ? { kind: 'driven' as const } : { kind: 'closed' as const, depth: 3 };
  return smallPlan({
    endpoints: 3,
    flows: [
      { ...FLOW, op, load, destination: { completionChunk: 256, rcb: 64 } },
      { id: 'other', from: 2, to: 1, size: 256, transfers: 100 },
    ],
  });
};

/** Keeps transfers under way, as a closed load does. */
class Keeper implements Software {
  readonly ends: number[] = [];
  private posted = 0;

  start(host: Host): void {
    host.processes.start(this.program(host));
  }

  unfinished(): readonly string[] {
    return this.posted === FLOW.transfers ? [] : ['the keeper still has transfers to post'];
  }

  private *program(host: Host): Program {
    const flow = host.flow('f');
    for (; this.posted < FLOW.transfers; this.posted++) {
      while (flow.posted - flow.ended >= 3) yield flow.changed;
      flow.post();
    }
    yield* flow.untilIssued();
    this.ends.push(host.processes.now);
    yield* flow.untilEnded();
    this.ends.push(host.processes.now);
  }
}

function logOf(run: RunPlan, software?: Software): readonly string[] {
  const trace = new TraceRecorder(run.fabric.outputs.map(({ id }) => id));
  new Simulator().run(run, {
    seed: '1',
    recorders: { passages: [trace] },
    ...(software ? { software } : {}),
  });
  return trace.lines();
}

describe('a flow that software drives', () => {
  test.each(['write', 'read'] as const)(
    'delivers each %s as a closed load does where it keeps as many under way',
    (op) => {
      const keeper = new Keeper();
      expect(logOf(plan(op, true), keeper)).toEqual(logOf(plan(op, false)));
      const [issued, ended] = keeper.ends as [number, number];
      expect(issued).toBeLessThan(ended);
    },
  );

  test('tells a witness of each request when it comes to its completer', () => {
    const seen: { posted: boolean; time: number }[] = [];
    const keeper = new Keeper();
    const software: Software = {
      start(host) {
        host.flow('f').witness = (posted, time) => seen.push({ posted, time });
        keeper.start(host);
      },
      unfinished: () => [],
    };
    const log = logOf(plan('write', true), software);
    const arrivals = log.filter((line) => / 0\.\d+w0 d1$/.test(line));
    expect(arrivals).toHaveLength(640);
    expect(seen).toEqual(arrivals.map((line) => ({ posted: true, time: Number.parseInt(line, 10) })));
  });

  test('leaves a run stuck whose software still waits when nothing is pending', () => {
    const software: Software = { start() {}, unfinished: () => ['the driver waits for its device'] };
    const run = () => new Simulator().run(plan('write', true), { seed: '1', software });
    expect(run).toThrow(StuckError);
    expect(run).toThrow('the driver waits for its device');
  });
});
