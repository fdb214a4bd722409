import { readCsv } from '../../report/read-csv.ts';
import { LEAST_MOVE_PCT, type Move, sizeOfMove } from './move.ts';
import type { SensitivitySetting } from './sensitivity-csv.ts';

/** Numbers that moved a figure when that was computed, and with what; without a setting where there was no number. */
export interface StoredSensitivity {
  readonly moves: readonly Move[];
  readonly setting: SensitivitySetting | null;
}

const percent = (text: string): number | null => (text === '' ? null : Number(text));

/** Reads what `sensitivityCsv` writes. Throws RangeError for what is no csv. */
export function parseSensitivity(text: string): StoredSensitivity {
  const rows = readCsv(text).map((row) => (field: string) => row.get(field) ?? '');
  const moves = rows.map((cell) => ({
    part: cell('part'),
    path: cell('path'),
    value: cell('value'),
    less_pct: percent(cell('less_pct')),
    more_pct: percent(cell('more_pct')),
    figure: cell('figure'),
  }));
  const [first] = rows;
  const moved = moves.filter((move) => sizeOfMove(move) >= LEAST_MOVE_PCT);
  return { moves: moved, setting: first ? { kernel: first('kernel'), seed: first('seed') } : null };
}
