import type { KernelProfile } from '../policy/kernel-profile.ts';
import { verdict } from '../policy/verdict.ts';
import type { PairAnswer } from '../report/verdict-text.ts';
import type { RouteResult } from '../routing/route-result.ts';
import type { TlpClass } from '../pcie/tlp-class.ts';
import { routeOf } from '../routing/route-of.ts';
import type { System } from '../system/system.ts';

/** The kernel's verdict on a pair and, where it is not refused, the ways of the client's requests and of their completions. */
export function pairAnswer(
  system: System,
  provider: string,
  client: string,
  profile: KernelProfile,
): PairAnswer {
  const decided = verdict(system, provider, client, profile);
  const { address } = decided;
  if (address === null) return { verdict: decided, request: null, completion: null };
  const route = (tlpClass: TlpClass, from: string, to: string): RouteResult =>
    routeOf(system, {
      class: tlpClass,
      from,
      to,
      address,
      addressType: 'untranslated',
      relaxedOrdering: false,
    });
  return {
    verdict: decided,
    request: route('posted', client, provider),
    completion: route('completion', provider, client),
  };
}
