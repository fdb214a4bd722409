import type { Decision } from './decision.ts';
import type { HostBridgePermission } from './host-bridge-permission.ts';
import type { KernelProfile } from './kernel-profile.ts';
import { pciId } from './pci-id.ts';

/**
 * Ids of what the kernel prints when asked verbosely: the hint with the redirecting functions; the id of a host bridge that
 * is not listed, which `path` kernels name only where redirect was found; and the refusal. Source: kernel-p2pdma 1.6 and 8.
 */
export function messagesFor({ algorithm }: KernelProfile, decision: Decision): string[] {
  const redirected = decision.path.redirects.length > 0;
  const hint = redirected ? ['acs-redirect-hint'] : [];
  switch (algorithm) {
    case 'path':
      return [...hint, ...refusal(decision, redirected)];
    case 'common-bridge-only':
      if (decision.mapType !== 'NOT_SUPPORTED') return [];
      return [...hint, redirected ? 'redirect-is-set' : 'no-shared-bridge'];
    case 'divergence':
      return [...hint, ...refusal(decision, true)];
  }
}

function refusal({ mapType, permission }: Decision, named: boolean): string[] {
  if (mapType !== 'NOT_SUPPORTED') return [];
  return [...(named ? unlisted(permission) : []), 'no-shared-bridge-or-allowlisted-host-bridge'];
}

/** The kernel stops at the first host bridge that does not do, and names none that is on the list. */
function unlisted({ findings }: HostBridgePermission): string[] {
  const first = findings.find(({ allowed }) => !allowed);
  if (first?.identity.kind !== 'named' || first.entry !== null) return [];
  return [`host-bridge-not-in-allowlist:${pciId(first.identity.vendor, first.identity.device)}`];
}
