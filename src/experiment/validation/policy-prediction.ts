import { verdict } from '../../policy/verdict.ts';
import type { KernelProfile } from '../../policy/kernel-profile.ts';
import { flowRoutes } from '../../routing/flow-routes.ts';
import type { System } from '../../system/system.ts';
import { bytes } from '../../units.ts';
import type { MeasuredRow } from './measured-row.ts';
import type { Prediction } from './prediction.ts';

/** Whether requests arrive, and the completions of reads come back. */
function reaches(system: System, op: 'write' | 'read', [from, to]: readonly [string, string]): Prediction {
  const routes = flowRoutes(system, { op, from, to, size: bytes(4), address: 'PHYS' });
  return { value: 'reason' in routes ? 'fails' : 'works', scale: null };
}

/**
 * What a kernel decides, or whether the hardware forwards, for the row's pair (provider = from, client = to); null for a row
 * that asks neither. Throws RangeError for ends that the machine does not have.
 */
export function policyPrediction(
  row: MeasuredRow,
  system: System,
  profile: KernelProfile,
): Prediction | null {
  const [pair] = row.flows;
  if (pair === undefined) return null;
  switch (row.op) {
    case 'map_type':
      return { value: verdict(system, ...pair, profile).mapType, scale: null };
    case 'distance':
      return { value: verdict(system, ...pair, profile).distance, scale: null };
    case 'peer_write':
      return reaches(system, 'write', pair);
    case 'peer_read':
      return reaches(system, 'read', pair);
    default:
      return null;
  }
}
