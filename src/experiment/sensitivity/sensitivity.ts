import { StuckError } from '../../engine/stuck-error.ts';
import type { Part } from '../../system/part.ts';
import type { NumberChange } from '../../system/with-scaled-part.ts';
import type { AssumedNumber } from './assumed-numbers.ts';
import { type AssumedShare, assumedShare } from './assumed-share.ts';
import type { Figure } from './figure.ts';
import { largestMove, type Move } from './move.ts';
import { sortedMoves } from './sorted-moves.ts';
import { CHANGE_PCT, variedNumbers } from './varied-numbers.ts';

/** How much a result depends on each assumed number that it rests on: plain data. */
export interface Sensitivity extends AssumedShare {
  readonly change_pct: number;
  /** Numbers that move a figure, the one that moves one furthest first. */
  readonly moves: readonly Move[];
  /** Numbers that move none, which is less than 0.05 %. */
  readonly still: readonly Move[];
  /** Numbers that have no other a fifth away: words, 0, none and unlimited, and those beside which nothing else can be. */
  readonly unvaried: readonly AssumedNumber[];
}

/** A result under a change, or as it is: the same figures in the same order each time. */
export type FiguresOf = (change: NumberChange | null) => readonly Figure[] | Promise<readonly Figure[]>;

export interface SensitivityCase {
  readonly figures: FiguresOf;
  /** Whose assumed numbers are changed; asked when the figures as they are have been found. */
  readonly parts: () => readonly Part[];
  readonly progress: (done: number, of: number) => void;
}

/** A run that gets stuck has no figures. */
async function figuresUnder(figures: FiguresOf, change: NumberChange): Promise<readonly Figure[]> {
  try {
    return await figures(change);
  } catch (error) {
    if (error instanceof StuckError) return [];
    throw error;
  }
}

/**
 * Changes each assumed number by a fifth, down and up, one at a time, and says how far that moves the figures. Rejects with what
 * `figures` throws, but for runs that get stuck: these move all figures by -100 %.
 */
export async function sensitivity({ figures, parts, progress }: SensitivityCase): Promise<Sensitivity> {
  const base = await figures(null);
  const own = parts();
  const { varied, unvaried } = variedNumbers(own);
  const moves: Move[] = [];
  for (const [done, { number, less, more }] of varied.entries()) {
    progress(done, varied.length);
    const { part, path } = number;
    const side = async (factor: number | null): Promise<readonly Figure[] | null> =>
      factor === null ? null : figuresUnder(figures, { part, path, factor });
    moves.push(largestMove(number, { base, less: await side(less), more: await side(more) }));
  }
  return { change_pct: CHANGE_PCT, ...assumedShare(own), ...sortedMoves(moves), unvaried };
}
