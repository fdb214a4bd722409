import type { TopLevelSpec } from 'vega-lite';
import type { FontMetrics } from './font-metrics.ts';

interface TextItem {
  readonly fontSize?: number;
}

/** What vega exports and its typings leave out: the place of its text widths (vega-scenegraph, `util/text.js`). */
interface TextMetrics {
  width: (item: TextItem, text: string) => number;
}

/** A warning of vega or vega-lite means that the chart is not the one that was asked for. */
const strictLogger = {
  level: () => strictLogger,
  error: fail,
  warn: fail,
  info: () => strictLogger,
  debug: () => strictLogger,
};

function fail(...messages: readonly unknown[]): never {
  throw new RangeError(`the chart is not drawable: ${messages.map(String).join(' ')}`);
}

/** Numbers of a tag to a thousandth of a px, for the last bits of a logarithm may differ; no dashes without a gap. */
const rounded = (tag: string): string =>
  tag
    .replace(' stroke-dasharray="1,0"', '')
    .replace(/-?\d+\.\d{4,}/g, (digits) => String(Number(Number(digits).toFixed(3))));

/** Ids of clip paths and gradients counted from 0, which vega counts over all charts of the process. */
function renumber(): (tag: string) => string {
  const ids = new Map<string, string>();
  return (tag) =>
    tag.replace(/\b(clip|gradient_)\d+\b/g, (id: string, kind: string) => {
      const known = ids.get(id) ?? `${kind}${ids.size}`;
      ids.set(id, known);
      return known;
    });
}

/** The same bytes for the same chart: only tags are touched, never texts. */
function settled(svg: string): string {
  const renumbered = renumber();
  return svg.replace(/<[^>]+>/g, (tag) => renumbered(rounded(tag)));
}

/** The size in points, 4 px to 3 pt, so that every program prints the figure at the width of the column. */
const inPoints = (svg: string): string =>
  svg.replace(/width="([\d.]+)" height="([\d.]+)"/, (_, width: string, height: string) => {
    return `width="${Number(width) * 0.75}pt" height="${Number(height) * 0.75}pt"`;
  });

/**
 * Draws a vega-lite specification as SVG text, the same bytes each time: no canvas, no browser, text laid out by the
 * widths of `font`, which must be the font of the theme. Throws RangeError where vega-lite would only warn.
 */
export async function renderSvg(spec: TopLevelSpec, font: FontMetrics): Promise<string> {
  const [vega, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
  const { textMetrics } = vega as unknown as { readonly textMetrics: TextMetrics };
  textMetrics.width = (item, text) => font.textWidth(text, item.fontSize ?? 11);
  const compiled = compile(structuredClone(spec), { logger: strictLogger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: strictLogger });
  try {
    const svg = await view.toSVG();
    return inPoints(settled(svg));
  } finally {
    view.finalize();
  }
}
