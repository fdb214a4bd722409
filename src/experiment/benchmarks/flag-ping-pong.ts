import { deviceOf } from '../../routing/ends.ts';
import { bytes } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf } from './scaled.ts';
import { workloadFlows } from './workload-flows.ts';
import type { WorkloadFlow } from './workload.ts';

/** A poll that has begun misses the flag; one that begins later sees it when it ends. */
const POLLS = 1.5;

const bothWays = ({ from, to }: WorkloadFlow): readonly WorkloadFlow[] => [
  { from, to, op: 'write' },
  { from: to, to: from, op: 'write' },
];

/**
 * Two kernels write a flag into each other's memory and poll their own: half of a round trip is a write's way and the time until a
 * poll has seen it. A poll reads the device's own memory, which takes as long as for a peer's read; the flag comes in the
 * middle of one, on average. The value is in ns.
 */
export const flagPingPong: Protocol = (workload, { system, runner, profile, seed }) => {
  const size = workload.size ?? bytes(4);
  const ways = workload.flows.flatMap(bothWays);
  const halves = ways.map((flow) => {
    const flows = workloadFlows({ ...workload, flows: [flow] }, { size, transfers: 1 });
    const run = runner.run({ system, profile, flows, seed, until: null });
    const poll = deviceOf(system, flow.to).part.completer.latency / 1e3;
    return { run, time: (run.flows[0]?.latency_ns?.mean ?? 0) + POLLS * poll };
  });
  const value = halves.reduce((sum, { time }) => sum + time, 0) / halves.length;
  const [first] = halves;
  if (first === undefined) return { skipped: 'there is no pair' };
  const refused = halves.map(({ run }) => refusalOf(run)).find((refusal) => refusal !== null);
  return refused ?? { value, run: first.run, scale: 'one flag each way' };
};
