import type { AssumedNumber } from './assumed-numbers.ts';
import type { Figure } from './figure.ts';

/** How far the figure that a number moves most goes with the number a fifth lower, and a fifth higher. */
export interface Move extends AssumedNumber {
  /** In percent of the figure, with its sign; null where the number cannot go that way. */
  readonly less_pct: number | null;
  readonly more_pct: number | null;
  /** Name of that figure; empty where none moves. */
  readonly figure: string;
}

/** Moves below this are none; those from it on are 0.1 % when they are rounded. */
export const LEAST_MOVE_PCT = 0.05;

/** Figures as they are, and with a number lower and higher; null where it cannot be. */
export interface FiguresAround {
  readonly base: readonly Figure[];
  readonly less: readonly Figure[] | null;
  readonly more: readonly Figure[] | null;
}

/** A figure that is there on one side only moves by all of it; of 0 nothing has a share. */
function percent(base: number | null, value: number | null): number {
  if (base === value || base === 0) return 0;
  if (base === null) return 100;
  return value === null ? -100 : (100 * (value - base)) / Math.abs(base);
}

/** The larger of a move's two sides, in percent. */
export const sizeOfMove = ({ less_pct: less, more_pct: more }: Pick<Move, 'less_pct' | 'more_pct'>): number =>
  Math.max(Math.abs(less ?? 0), Math.abs(more ?? 0));

/** The move of the figure that goes furthest in either direction; of several the first. */
export function largestMove(number: AssumedNumber, { base, less, more }: FiguresAround): Move {
  const moves = base.map(({ name, value }, i): Move => {
    const side = (figures: FiguresAround['less']): number | null =>
      figures && percent(value, figures[i]?.value ?? null);
    return { ...number, less_pct: side(less), more_pct: side(more), figure: name };
  });
  const none = { ...number, less_pct: less && 0, more_pct: more && 0, figure: '' };
  return moves.reduce((most, each) => (sizeOfMove(each) > sizeOfMove(most) ? each : most), none);
}
