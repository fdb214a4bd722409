import { bytes } from '../../../units.ts';
import { LastArrivals, rateBySlowest } from '../../compare-rate.ts';
import type { Protocol } from '../prediction.ts';
import { doublingsFor } from './equal-bytes.ts';
import { rowFlows } from './row-flows.ts';
import { scaledUp } from './scaled.ts';

const COPY = bytes(2 ** 18);

/**
 * Every device has one stream of equal copies to each peer, all queued before the start; the value is the sum over the devices of
 * their bytes by the time of their slowest stream. Tool: p2pmark's all-to-all, which makes 100 copies on each stream.
 */
export const allToAll: Protocol = (row, system, { runner, profile, seed }) =>
  scaledUp((factor) => {
    const transfers = 4 * factor;
    const flows = rowFlows(row, { size: COPY, transfers, depth: 1 });
    const arrivals = new LastArrivals();
    const recorders = { deliveries: [arrivals] };
    const { flows: results } = runner.run({ system, profile, flows, seed, until: null, recorders });
    const refused = results.find((flow) => flow.refused !== undefined)?.refused;
    if (refused !== undefined) return { skipped: `refused: ${refused}` };
    return {
      value: rateBySlowest(flows, arrivals),
      text: `${transfers} copies of ${COPY} B on each stream`,
    };
  }, doublingsFor(row.flows.length));
