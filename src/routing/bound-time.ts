import { type BytesPerSecond, bytesPerSecond, type Picoseconds, picoseconds } from '../units.ts';
import type { Bound } from './bound.ts';
import { demandTime } from './demand.ts';

/**
 * Least time from the first issue to the last arrival of so many transfers, one or more: the latency of the first TLP, the
 * tightest resource's time for all of them, and the way of the last from there. Whole ps, rounded down.
 */
export const boundTime = ({ demands }: Bound, transfers = 1): Picoseconds =>
  picoseconds(Math.floor(demandTime(demands, transfers)));

/** Most goodput of so many transfers: their bytes by `boundTime`. For many it comes near the bound's rate, from either side. */
export const boundGoodput = (bound: Bound, transfers = 1): BytesPerSecond =>
  bytesPerSecond((bound.spec.size * transfers * 1e12) / boundTime(bound, transfers));
