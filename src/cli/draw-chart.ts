import type { ChartSpec } from '../experiment/experiment-context.ts';
import { paperFont } from '../node/fonts.ts';
import { readFontMetrics } from '../report/font-metrics.ts';
import { renderPng } from '../report/png.ts';
import { renderSvg } from '../report/svg.ts';

/** A chart in both forms; loads vega, so it is to be imported when a chart is wanted. */
export async function drawChart(
  spec: ChartSpec,
): Promise<{ readonly svg: string; readonly png: Uint8Array }> {
  const font = paperFont();
  const svg = await renderSvg(spec, readFontMetrics(font.bytes));
  return { svg, png: await renderPng(svg, { fontFiles: [font.file] }) };
}
