import { flowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import { boundOfRun } from './bound-of-run.ts';
import type { MovedDriver } from './move-under-load-drivers.ts';
import { MOVED_TRANSFER } from './move-under-load-life.ts';

/** So many transfers that what the first one takes does not count. */
const MANY = 1e6;

/** Closed-form bound, in GB/s, of what a driver's device moves with the memory in one place; null where it has none. */
export function placeBound(
  profile: KernelProfile,
  system: System,
  { driver, depth, place }: { readonly driver: MovedDriver; readonly depth: number; readonly place: string },
): number | null {
  const { device, op } = driver;
  const [from, to] = op === 'write' ? [device, place] : [place, device];
  const flow = flowSpec({ from: [from], to: [to], op, size: MOVED_TRANSFER, depth, transfers: MANY });
  return boundOfRun(system, profile, [flow]);
}
