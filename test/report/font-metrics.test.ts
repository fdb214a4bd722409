import { describe, expect, it } from 'vitest';
import { approximateWidth } from '../../src/report/approximate-width.ts';
import { readFontMetrics } from '../../src/report/font-metrics.ts';
import { FONT_FAMILY } from '../../src/report/theme.ts';
import { inkBox, METRICS } from './paper.ts';

const drawing = (letters: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="999" height="200"><text y="100" font-size="100" font-family="${FONT_FAMILY}">${letters}</text></svg>`;

const WIDTHS = {
  A: METRICS.textWidth('A', 100),
  zero: METRICS.textWidth('0', 100),
  space: METRICS.textWidth(' ', 100),
};

describe('the metrics of Source Sans 3', () => {
  it.each(['0', 'M', 'n', 'i', 'µ', '→'])('are for %j what resvg advances by', async (letter) => {
    const [one, five] = [await inkBox(drawing(letter)), await inkBox(drawing(letter.repeat(5)))];
    expect(METRICS.textWidth(letter, 100)).toBeCloseTo((five.right - one.right) / 4, 2);
  });

  it('add up letters in proportion to the size', () => {
    expect(METRICS.textWidth('A0 0', 10)).toBeCloseTo((WIDTHS.A + 2 * WIDTHS.zero + WIDTHS.space) / 10, 9);
    expect(METRICS.textWidth('', 10)).toBe(0);
  });

  it('are approximated without the font from a little below to a fifth above', () => {
    for (const text of [
      '64 MiB',
      '256 KiB',
      'switch-local',
      'wrx90-2sw-flat',
      'redirected, both ways',
      '53.4',
    ]) {
      const ratio = approximateWidth(text, 10) / METRICS.textWidth(text, 10);
      expect(ratio, text).toBeGreaterThan(0.99);
      expect(ratio, text).toBeLessThan(1.2);
    }
  });

  it('are refused where the file is no font', () => {
    expect(() => readFontMetrics(new Uint8Array(64))).toThrow('the font has no table "head"');
  });
});
