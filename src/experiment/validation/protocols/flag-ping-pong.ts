import { deviceOf } from '../../../routing/ends.ts';
import { bytes } from '../../../units.ts';
import type { Ends } from '../measured-row.ts';
import type { Protocol } from '../prediction.ts';
import { rowFlows } from './row-flows.ts';

/** A poll that has begun misses the flag; one that begins later sees it when it ends. */
const POLLS = 1.5;

/**
 * Two kernels write a flag into each other's memory and poll their own: half of a round trip is a write's way and the time until a
 * poll has seen it. A poll reads the device's own memory, which takes as long as for a peer's read; the flag comes in the
 * middle of one, on average.
 */
export const flagPingPong: Protocol = (row, system, { runner, profile, seed }) => {
  const size = bytes(row.transfer_bytes ?? 4);
  const ends = row.flows.flatMap(([a, b]): Ends[] => [
    [a, b],
    [b, a],
  ]);
  let sum = 0;
  for (const [from, to] of ends) {
    const flows = rowFlows({ ...row, op: 'write', flows: [[from, to]] }, { size, transfers: 1 });
    const [flow] = runner.run({ system, profile, flows, seed, until: null }).flows;
    if (flow?.refused !== undefined) return { skipped: `refused: ${flow.refused}` };
    const poll = deviceOf(system, to).part.completer.latency / 1e3;
    sum += (flow?.latency_ns?.mean ?? 0) + POLLS * poll;
  }
  return { value: sum / ends.length, scale: 'one flag each way' };
};
