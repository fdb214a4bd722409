import { displayWidth, pad } from './display-width.ts';
import { wrapText } from './wrap-text.ts';

const GAP = '  ';

/** Names to the left, and what they mean beside them, wrapped to `width`. Each line ends with a line feed. */
export function definitionList(
  entries: readonly (readonly [name: string, meaning: string])[],
  width: number,
): string {
  const left = Math.max(0, ...entries.map(([name]) => displayWidth(name)));
  const lines = entries.flatMap(([name, meaning]) =>
    wrapText(meaning, width - left - GAP.length).map(
      (line, i) => pad(i === 0 ? name : '', left, 'left') + GAP + line,
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}
