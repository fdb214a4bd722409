import type { Recorders } from '../dma/simulator.ts';
import type { RunRequest } from '../experiment/runner.ts';
import type { DeliveryFact } from '../fabric/facts.ts';
import type { Invocation } from './invocation.ts';
import { progressBar } from './progress-bar.ts';

/** Deliveries between two looks at the clock. */
const STRIDE = 50_000;

/** A progress bar that follows a run by its deliveries; it has no recorder where nobody looks. */
export function deliveryProgress(
  { flows, until }: RunRequest,
  invocation: Invocation,
): { readonly recorders: Recorders; readonly stop: () => void } {
  const bar = progressBar('simulating', invocation);
  if (invocation.quiet || invocation.io.terminal === null) return { recorders: {}, stop: bar.stop };
  const total = flows.reduce((sum, { size, transfers }) => sum + size * (transfers ?? 0), 0);
  let [count, bytes] = [0, 0];
  const add = ({ payload, time }: DeliveryFact): void => {
    bytes += payload;
    if (++count % STRIDE === 0) bar.update(until === null ? bytes : time, until ?? total);
  };
  return { recorders: { deliveries: [{ add }] }, stop: bar.stop };
}
