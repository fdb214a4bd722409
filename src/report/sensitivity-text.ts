import type { Column } from './column.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

/** A number, and how far it moves a figure. */
export interface ShownMove {
  readonly part: string;
  readonly path: string;
  readonly value: string;
  readonly less_pct: number | null;
  readonly more_pct: number | null;
  readonly figure: string;
}

/** What is said of how a result depends on its assumed numbers. */
export interface SensitivityReport {
  readonly change_pct: number;
  readonly numbers: number;
  readonly assumed: number;
  readonly share: number;
  readonly moves: readonly ShownMove[];
  readonly still: readonly unknown[];
  readonly unvaried: readonly unknown[];
}

const COLUMNS: readonly Column[] = [
  { field: 'part' },
  { field: 'path', title: 'number' },
  { field: 'value' },
  { field: 'less', title: '-20 %' },
  { field: 'more', title: '+20 %' },
  { field: 'figure', title: 'moves most' },
];

const WIDTH = '+20.0 %'.length;

/** A move in percent, with its sign. */
export const signed = (percent: number | null): string =>
  (percent === null ? '-' : `${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`).padStart(WIDTH);

/** `switch pm50100` for `switch/microchip/pm50100`. */
export function shortName(part: string): string {
  const words = part.split('/');
  return `${words[0]} ${words.at(-1)}`;
}

/** Moves as a table: a line for each number. */
export const movesTable = (moves: readonly ShownMove[], width: number): string =>
  textTable(
    moves.map(({ part, path, value, less_pct, more_pct, figure }) => ({
      part: shortName(part),
      path,
      value,
      less: signed(less_pct),
      more: signed(more_pct),
      figure,
    })),
    COLUMNS,
    width,
  );

/** One sentence on the share of assumed numbers. */
export const shareText = ({
  numbers,
  assumed,
  share,
}: Pick<SensitivityReport, 'numbers' | 'assumed' | 'share'>): string =>
  `Rests on ${numbers} numbers, ${assumed} of them assumed (${(share * 100).toFixed(0)} %).`;

function countsText({ change_pct, moves, still, unvaried }: SensitivityReport): string {
  const moving = `${moves.length} ${moves.length === 1 ? 'moves' : 'move'} a figure by 0.1 % or more`;
  return `Changed by ${change_pct} % one at a time, ${moving}, ${still.length} none; ${unvaried.length} have no other value so near (words, none, unlimited, 0, 1).`;
}

/** How much a result depends on its assumed numbers: the share of them, and those that move it. */
export function sensitivityText(report: SensitivityReport, width: number): string {
  const sentence = wrapText(`${shareText(report)} ${countsText(report)}`, width).join('\n');
  const { moves } = report;
  return moves.length === 0 ? `${sentence}\n` : `${sentence}\n\n${movesTable(moves, width)}`;
}
