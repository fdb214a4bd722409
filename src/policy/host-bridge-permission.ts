import type { HostBridge, System } from '../system/system.ts';
import { cpuAllowsHostBridges } from './cpu-check.ts';
import { type HostBridgeIdentity, hostBridgeIdentity } from './host-bridge-identity.ts';
import type { AllowListEntry, KernelProfile } from './kernel-profile.ts';

/** What the kernel says of one host bridge. */
export interface HostBridgeFinding {
  readonly bridge: HostBridge;
  readonly identity: HostBridgeIdentity;
  /** First entry of the allow list that matches; null without one. */
  readonly entry: AllowListEntry | null;
  readonly allowed: boolean;
}

/** Whether P2P traffic may go through the root complex, and why: by the processor, or by what is known of each host bridge. */
export interface HostBridgePermission {
  readonly allowed: boolean;
  readonly byCpu: boolean;
  /** Of the provider's host bridge and of the client's, where it is another. */
  readonly findings: readonly [HostBridgeFinding, ...HostBridgeFinding[]];
}

const matches = (entry: AllowListEntry, vendor: number, device: number): boolean =>
  entry.vendor === vendor && (entry.device === 'any' || entry.device === device);

function finding(
  system: System,
  profile: KernelProfile,
  bridge: HostBridge,
  same: boolean,
): HostBridgeFinding {
  const identity = hostBridgeIdentity(system, bridge);
  const entry =
    identity.kind === 'named'
      ? (profile.allowList.find((e) => matches(e, identity.vendor, identity.device)) ?? null)
      : null;
  return { bridge, identity, entry, allowed: entry !== null && (same || !entry.sameHostBridgeOnly) };
}

/**
 * The processor decides first; else the host bridges of both sides must be on the allow list, where the first entry that
 * matches decides. One host bridge twice is one. Some
 * kernels allow none. Source: Linux `host_bridge_whitelist`; kernel-p2pdma 1.4 and 1.5.
 */
export function hostBridgePermission(
  system: System,
  profile: KernelProfile,
  sides: readonly [HostBridge, HostBridge],
): HostBridgePermission {
  const same = sides[0].id === sides[1].id;
  const find = (bridge: HostBridge) => finding(system, profile, bridge, same);
  const findings: HostBridgePermission['findings'] = same
    ? [find(sides[0])]
    : [find(sides[0]), find(sides[1])];
  if (profile.algorithm === 'common-bridge-only') return { allowed: false, byCpu: false, findings };
  const byCpu = cpuAllowsHostBridges(system, profile);
  return { allowed: byCpu || findings.every((f) => f.allowed), byCpu, findings };
}
