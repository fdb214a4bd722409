import type { TopLevelSpec } from 'vega-lite';
import { paperFont } from '../../src/node/fonts.ts';
import { readFontMetrics } from '../../src/report/font-metrics.ts';
import { renderPng } from '../../src/report/png.ts';
import { renderSvg } from '../../src/report/svg.ts';

const font = paperFont();

export const FONT_FILES = [font.file];
export const METRICS = readFontMetrics(font.bytes);
export const toSvg = (spec: TopLevelSpec): Promise<string> => renderSvg(spec, METRICS);
export const toPng = (svg: string): Promise<Uint8Array> => renderPng(svg, { fontFiles: FONT_FILES });

/** A rectangle in px of the drawing. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What the drawing covers without its white background: text or marks outside of the canvas would be cut. */
export async function inkBox(svg: string): Promise<Box> {
  const { Resvg } = await import('@resvg/resvg-js');
  const unbounded = svg.replace(/<rect [^>]*fill="white"\/>/, '');
  const box = new Resvg(unbounded, { font: { fontFiles: FONT_FILES, loadSystemFonts: false } }).getBBox();
  if (!box) throw new Error('the drawing is empty');
  return { left: box.x, right: box.x + box.width, top: box.y, bottom: box.y + box.height };
}

export function canvasOf(svg: string): { width: number; height: number } {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return { width: Number(width), height: Number(height) };
}

/** Labels of the axis below the plot with the space that each takes, from left to right. */
export function labelsBelow(svg: string): readonly { text: string; left: number; right: number }[] {
  const group = /class="mark-text role-axis-label"[^>]*>(.*?)<\/g>/.exec(svg)?.[1] ?? '';
  const labels = [
    ...group.matchAll(/translate\(([-\d.]+),[^>]*font-size="([\d.]+)px"[^>]*>([^<]*)<\/text>/g),
  ];
  return labels.map(([, x, size, text = '']) => {
    const half = METRICS.textWidth(text, Number(size)) / 2;
    return { text, left: Number(x) - half, right: Number(x) + half };
  });
}
