import type { KernelProfile } from '../policy/kernel-profile.ts';
import { verdict } from '../policy/verdict.ts';
import type { PairAnswer } from '../report/verdict-text.ts';
import { routeTable } from '../routing/route-table.ts';
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
  const table = routeTable(system, {
    requester: client,
    completer: provider,
    address,
    addressType: 'untranslated',
  });
  return { verdict: decided, request: table.posted.strict, completion: table.completion.strict };
}
