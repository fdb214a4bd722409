import { LEAST_MOVE_PCT, type Move, sizeOfMove } from './move.ts';

/** Moves by whether they move a figure, those that do with the one that goes furthest first. */
export function sortedMoves<M extends Move>(
  all: readonly M[],
): { readonly moves: readonly M[]; readonly still: readonly M[] } {
  const isMove = (move: M): boolean => sizeOfMove(move) >= LEAST_MOVE_PCT;
  return {
    moves: all.filter(isMove).toSorted((a, b) => sizeOfMove(b) - sizeOfMove(a)),
    still: all.filter((move) => !isMove(move)),
  };
}
