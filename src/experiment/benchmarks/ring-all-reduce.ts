import { ringSpec } from '../../dma/ring/ring-spec.ts';
import { bytes, formatBytes } from '../../units.ts';
import type { Protocol } from './protocol.ts';
import { refusalOf, scaledUp } from './scaled.ts';

/** Of each device in the first run, unless the workload has a size. */
const FIRST = 2 ** 20;
const DOUBLINGS = 5;

/**
 * An all-reduce by a ring of the devices, each of which sends to the next; the value is its bus bandwidth. Arithmetic, kernel
 * launches and flags take no time. Tools: nccl-tests and rccl-tests over PCIe alone, by NCCL's ring and protocol Simple.
 */
export const ringAllReduce: Protocol = (workload, context) => {
  const { system, runner, profile, seed } = context;
  const { flows, asksKernel, size: given } = workload;
  const devices = flows.map(({ from }) => from);
  return scaledUp(context, given === null ? DOUBLINGS : 0, (factor) => {
    const size = given ?? bytes(FIRST * devices.length * factor);
    const rings = [ringSpec({ id: 'all-reduce', devices, size, op: flows[0]?.op ?? 'write', asksKernel })];
    const run = runner.run({ system, profile, flows: [], rings, seed, until: null });
    const value = run.rings?.[0]?.busbw_GBps ?? NaN;
    return (
      refusalOf(run) ?? { value, run, text: `${formatBytes(size)} on each of ${devices.length} devices` }
    );
  });
};
