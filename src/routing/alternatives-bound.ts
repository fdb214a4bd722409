import { bytesPerSecond, picoseconds } from '../units.ts';
import type { Bound } from './bound.ts';
import type { Demand } from './demand.ts';

/** What every alternative asks of the resource at least; null where one does not use it. */
function leastDemand(resource: string, bounds: readonly Bound[]): Demand | null {
  const asked = bounds.flatMap(({ demands }) => demands.filter((demand) => demand.resource === resource));
  if (asked.length < bounds.length) return null;
  return {
    resource,
    busy: Math.min(...asked.map(({ busy }) => busy)),
    before: Math.min(...asked.map(({ before }) => before)),
    after: Math.min(...asked.map(({ after }) => after)),
  };
}

/**
 * Bound of a flow that draws one of several ends for each transfer or request: what holds whichever are drawn, hence only
 * what all have in common, such as the initiator's link and engine. Takes the bounds to each end, of transfers of one size;
 * throws RangeError without any. Its routes are those to the first.
 */
export function boundOfAlternatives(bounds: readonly Bound[]): Bound {
  const [first] = bounds;
  if (!first) throw new RangeError('no bounds; expected one for each end of the flow');
  const demands = first.demands
    .map(({ resource }) => leastDemand(resource, bounds))
    .filter((demand) => demand !== null);
  const constraints = demands
    .map(({ resource, busy }) => ({ resource, rate: bytesPerSecond((first.spec.size * 1e12) / busy) }))
    .sort((a, b) => a.rate - b.rate);
  return {
    ...first,
    demands,
    constraints,
    limitedBy: constraints[0]?.resource ?? 'none',
    rate: constraints[0]?.rate ?? bytesPerSecond(Number.POSITIVE_INFINITY),
    latency: picoseconds(Math.min(...bounds.map(({ latency }) => latency))),
  };
}
