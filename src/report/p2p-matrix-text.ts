import type { MapType, Verdict } from '../policy/verdict.ts';
import { displayWidth, pad } from './display-width.ts';

const LETTER: Readonly<Record<MapType, string>> = {
  BUS_ADDR: 'B',
  THRU_HOST_BRIDGE: 'H',
  NOT_SUPPORTED: 'X',
};

const MEANING: Readonly<Record<MapType, string>> = {
  BUS_ADDR: 'directly, by PCI bus address',
  THRU_HOST_BRIDGE: 'by way of the host bridge',
  NOT_SUPPORTED: 'refused',
};

const CORNER = 'provider \\ client';

function legend(verdicts: readonly Verdict[]): readonly string[] {
  const types = ['BUS_ADDR', 'THRU_HOST_BRIDGE', 'NOT_SUPPORTED'] as const;
  return types.flatMap((type) => {
    const pairs = verdicts.filter(({ mapType }) => mapType === type).length;
    return pairs === 0
      ? []
      : [`${LETTER[type]}  ${type}, ${MEANING[type]} (${pairs} ${pairs === 1 ? 'pair' : 'pairs'})`];
  });
}

/**
 * All pairs as `hairpin p2p SYSTEM` prints them: a letter for the verdict and the distance as the kernel counts it, a row for each
 * provider and a column for each client, in the order of the rows, by number.
 */
export function p2pMatrixText(matrix: readonly (readonly Verdict[])[]): string {
  const names = matrix.map((row) => row[0]?.provider ?? '');
  const cells = matrix.map((row) => row.map(({ mapType, distance }) => `${LETTER[mapType]}${distance}`));
  const number = (index: number): string => pad(String(index), String(names.length - 1).length, 'right');
  const heads = names.map((name, index) => `${number(index)} ${name}`);
  const left = Math.max(displayWidth(CORNER), ...heads.map(displayWidth));
  const width = Math.max(3, ...cells.flat().map(displayWidth)) + 1;
  const line = (head: string, row: readonly string[]): string =>
    `${pad(head, left, 'left')} ${row.map((cell) => pad(cell, width, 'right')).join('')}\n`;
  return [
    line(
      CORNER,
      names.map((_, index) => String(index)),
    ),
    ...heads.map((head, index) => line(head, cells[index] ?? [])),
    '\n',
    ...[...legend(matrix.flat()), 'Numbers are distances as the kernel counts them.'].map(
      (text) => `${text}\n`,
    ),
  ].join('');
}
