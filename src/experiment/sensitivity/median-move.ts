import { median } from '../validation/report.ts';
import { errorUnder, isMoved, type PredictedRow } from './predicted-row.ts';
import type { VariedNumber } from './varied-numbers.ts';

/** The phenomenon whose median error a number changes most, and by how much, in percentage points; null where it changes none. */
export interface MedianMove {
  readonly phenomenon: string | null;
  readonly median_points: number | null;
}

const NONE: MedianMove = { phenomenon: null, median_points: null };

const phenomenonOf = ({ row }: PredictedRow): string => row.phenomenon ?? 'other';

/** The largest change of a phenomenon's median error by a number of some rows' machines, in either direction. */
export function medianMove(rows: readonly PredictedRow[], { number, less, more }: VariedNumber): MedianMove {
  const medianUnder = (own: readonly PredictedRow[], factor: number): number =>
    median(own.flatMap((each) => errorUnder(each, number, factor) ?? [])) ?? 0;
  const names = new Set(rows.filter((each) => isMoved(each, number)).map(phenomenonOf));
  const changes = [...names].flatMap((phenomenon) => {
    const own = rows.filter((each) => phenomenonOf(each) === phenomenon);
    const before = medianUnder(own, 1);
    return [less, more].map((factor) => ({
      phenomenon,
      median_points: factor === null ? 0 : medianUnder(own, factor) - before,
    }));
  });
  const sizeOf = ({ median_points: points }: MedianMove): number => Math.abs(points ?? 0);
  return changes.reduce<MedianMove>((most, each) => (sizeOf(each) > sizeOf(most) ? each : most), NONE);
}
