import { movesTable, shareText, type ShownMove, type SensitivityReport } from './sensitivity-text.ts';
import { wrapText } from './wrap-text.ts';

/** Moves that were computed before. */
export interface StoredMoves {
  readonly moves: readonly ShownMove[];
  readonly setting: { readonly kernel: string; readonly seed: string } | null;
}

/** Smaller stored moves are not printed, in percent. */
const LEAST_PCT = 1;

const sizeOf = ({ less_pct: less, more_pct: more }: ShownMove): number =>
  Math.max(Math.abs(less ?? 0), Math.abs(more ?? 0));

/** The share of assumed numbers, if it is given, and, where they are stored, those that move a figure by 1 % or more. */
export function storedMovesText(
  share: Pick<SensitivityReport, 'numbers' | 'assumed' | 'share'> | null,
  stored: StoredMoves | null,
  width: number,
): string {
  const paragraph = (text: string): string => `${wrapText(text, width).join('\n')}\n`;
  const rests = share === null ? '' : `${shareText(share)} `;
  if (stored?.setting == null) return paragraph(`${rests}--sensitivity says how far each moves it.`);
  const { moves, setting } = stored;
  const large = moves.filter((move) => sizeOf(move) >= LEAST_PCT);
  const how = `${setting.kernel}, seed ${setting.seed}`;
  const many = `${large.length === 0 ? 'none' : large.length} ${large.length > 1 ? 'move' : 'moves'} a figure by 1 % or more when changed by 20 %`;
  const text = `${rests}Of the assumed numbers ${many} (stored, of ${how}; --sensitivity computes it anew).`;
  return large.length === 0 ? paragraph(text) : `${paragraph(text)}\n${movesTable(large, width)}`;
}
