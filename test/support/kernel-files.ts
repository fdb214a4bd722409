import { listKernelProfiles, loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { KernelProfile } from '../../src/policy/kernel-profile.ts';

/** Names of the shipped kernel profiles. */
export const KERNELS: readonly string[] = listKernelProfiles();

const loaded = new Map<string, KernelProfile>();

/** A shipped kernel profile by its name, read once. */
export function loadKernel(name: string): KernelProfile {
  const profile = loaded.get(name) ?? loadKernelProfile(name);
  loaded.set(name, profile);
  return profile;
}
