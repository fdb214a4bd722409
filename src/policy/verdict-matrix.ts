import { endpoints } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import type { KernelProfile } from './kernel-profile.ts';
import { type Verdict, verdict } from './verdict.ts';

/**
 * The verdicts of all ordered pairs of functions that are no bridges, a function with itself included: row by row, a row
 * a provider, a column a client, in tree order.
 */
export function verdictMatrix(system: System, profile: KernelProfile): readonly (readonly Verdict[])[] {
  const ends = endpoints(system);
  return ends.map((provider) => ends.map((client) => verdict(system, provider.id, client.id, profile)));
}
