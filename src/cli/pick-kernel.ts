import { loadKernelProfile } from '../node/load-kernel.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Invocation } from './invocation.ts';

/** The kernel profile of `--kernel`, else the one named by the system, else the newest. Throws RangeError. */
export const pickKernel = ({ value }: Invocation, system: System): KernelProfile =>
  loadKernelProfile(value('kernel') ?? system.kernel);
