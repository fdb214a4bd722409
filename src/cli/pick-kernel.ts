import { loadKernelProfile } from '../node/load-kernel.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Invocation } from './invocation.ts';

/**
 * A kernel profile by its name or file, the newest for null; that it is not exact is said on standard error. Throws RangeError
 * and ModelError.
 */
export function announcedKernel(name: string | null, { quiet, io }: Invocation): KernelProfile {
  const profile = loadKernelProfile(name);
  const { kind, source } = profile.status;
  if (!quiet && kind !== 'exact') io.err(`kernel profile ${profile.name} is ${kind}: ${source}\n`);
  return profile;
}

/** The kernel profile of `--kernel`, else the one named by the system, else the newest. Throws RangeError and ModelError. */
export const pickKernel = (invocation: Invocation, system: System): KernelProfile =>
  announcedKernel(invocation.value('kernel') ?? system.kernel, invocation);
