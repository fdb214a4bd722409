import type { System } from '../system/system.ts';
import type { KernelProfile } from './kernel-profile.ts';

/**
 * Whether the kernel trusts every host bridge of this machine because of its processor. The first socket stands for the
 * boot processor. Source: Linux `cpu_supports_p2pdma`; kernel-p2pdma 1.4.
 */
export function cpuAllowsHostBridges(system: System, profile: KernelProfile): boolean {
  const cpu = system.sockets[0]?.part;
  if (profile.cpuCheck === null) return false;
  const { vendor, arch, minFamily } = profile.cpuCheck;
  return cpu !== undefined && cpu.vendor === vendor && cpu.arch === arch && cpu.family >= minFamily;
}
