import { bytes } from '../../../units.ts';
import type { Protocol } from '../prediction.ts';
import { doublingsFor } from './equal-bytes.ts';
import { rowFlows } from './row-flows.ts';
import { scaledUp } from './scaled.ts';
import { valueOf } from './steady-rate.ts';

const COPY = bytes(2 ** 18);

/** One stream of equal copies on each flow, all at once, each timed on its own from its first issue to its last arrival. Tool: p2pmark's probe. */
export const timedStreams: Protocol = (row, system, { runner, profile, seed }) =>
  scaledUp((factor) => {
    const transfers = 4 * factor;
    const flows = rowFlows(row, { size: COPY, transfers, depth: 2 });
    const { flows: results } = runner.run({ system, profile, flows, seed, until: null });
    const refused = results.find((flow) => flow.refused !== undefined)?.refused;
    if (refused !== undefined) return { skipped: `refused: ${refused}` };
    const rates = results.slice(0, row.flows.length).map(({ goodput_GBps: rate }) => rate ?? 0);
    return { value: valueOf(row, rates), text: `${transfers} copies of ${COPY} B on each flow` };
  }, doublingsFor(row.flows.length));
