const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
const TWO_CELLS =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Cells that a text takes in a terminal: two for East Asian wide letters, none for combining marks. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += NO_WIDTH.test(letter) ? 0 : TWO_CELLS.test(letter) ? 2 : 1;
  return width;
}

/** The text filled up with spaces to a width: behind it, or before it for `right`. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The text, or its beginning with `…`, in at most `width` cells. */
export function shorten(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (displayWidth(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
