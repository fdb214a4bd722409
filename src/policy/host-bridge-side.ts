import type { HostBridgeFinding } from './host-bridge-permission.ts';
import { pciId } from './pci-id.ts';

/** A host bridge as the kernel's allow list knows it: what the kernel does not print unless redirect is set. */
export interface HostBridgeSide {
  readonly id: string;
  /** `8086:09a2`; null where the kernel cannot tell, or the system's file does not say. */
  readonly device: string | null;
  /** Name of its entry in the allow list; null without one. */
  readonly listed: string | null;
}

/** What a verdict says of one host bridge. Source: kernel-p2pdma 1.5, and 7, point 9. */
export const hostBridgeSide = ({ bridge, identity, entry }: HostBridgeFinding): HostBridgeSide => ({
  id: bridge.id,
  device: identity.kind === 'named' ? pciId(identity.vendor, identity.device) : null,
  listed: entry?.name ?? null,
});
