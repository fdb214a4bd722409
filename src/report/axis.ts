import { approximateWidth } from './approximate-width.ts';
import { FONT_SIZE } from './theme.ts';
import type { Ticks } from './ticks.ts';

/** Height in px of an x axis with its labels and title. */
export const X_AXIS_HEIGHT = 36;

/** A vega-lite axis with exactly these ticks and labels. */
export function axis(title: string, { values, labels }: Ticks) {
  const texts = Object.fromEntries(values.map((value, index) => [value, labels[index] ?? '']));
  return { title, values: [...values], labelExpr: `(${JSON.stringify(texts)})[datum.value]` };
}

/** Width in px of a y axis with its labels and its turned title. */
export function yAxisWidth({ labels }: Ticks): number {
  const widest = Math.max(...labels.map((label) => approximateWidth(label, FONT_SIZE.label)));
  return Math.ceil(widest + FONT_SIZE.title + 9);
}
