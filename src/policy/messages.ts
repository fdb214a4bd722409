import type { HostBridgePermission } from './host-bridge-permission.ts';
import type { MapType } from './map-type.ts';
import { pciId } from './pci-id.ts';
import type { TestedPath } from './tested-path.ts';

/**
 * Ids of what the kernel prints when asked verbosely: the hint with the redirecting functions; the id of a host bridge that
 * is not listed, which it names only where redirect was found; and the refusal. Source: kernel-p2pdma 1.6.
 */
export function messagesFor(mapType: MapType, path: TestedPath, permission: HostBridgePermission): string[] {
  const redirected = path.redirects.length > 0;
  const messages = redirected ? ['acs-redirect-hint'] : [];
  if (mapType !== 'NOT_SUPPORTED') return messages;
  if (redirected) messages.push(...permission.findings.flatMap(unlisted));
  return [...messages, 'no-shared-bridge-or-allowlisted-host-bridge'];
}

function unlisted({ identity, entry }: HostBridgePermission['findings'][number]): string[] {
  if (identity.kind !== 'named' || entry !== null) return [];
  return [`host-bridge-not-in-allowlist:${pciId(identity.vendor, identity.device)}`];
}
