import { approximateWidth } from './approximate-width.ts';
import type { SeriesScales } from './series-scales.ts';
import { BAR_SHAPE, BOUND_LINE, BOUND_TICK, MEASURED_MARKER, SERIES_MARKER } from './marks.ts';
import { COLUMN_WIDTH, FONT_SIZE, INK, QUIET } from './theme.ts';

/** What a sample shows: of a series its line with its marker, or its bar; of bounds the line, or the tick across a bar. */
export type Sample = 'series' | 'bar' | 'bound' | 'tick' | 'measured';

export interface LegendEntry {
  readonly label: string;
  readonly sample: Sample;
}

const SAMPLE_WIDTH = 24;
const GAP = 5;
const ROW = 13;
const BETWEEN = 14;

const BAR_SAMPLE = { ...SERIES_MARKER, shape: BAR_SHAPE, size: SAMPLE_WIDTH ** 2 } as const;
const TICK_SAMPLE = {
  type: 'point',
  shape: 'M0,-1V1',
  size: BOUND_TICK ** 2,
  color: INK,
  strokeWidth: 0.8,
  opacity: 1,
} as const;

interface Placed extends LegendEntry {
  readonly series: string;
  readonly x: number;
  readonly x2: number;
  readonly middle: number;
  readonly text: number;
  readonly y: number;
}

/** Where the entries go, in px of the plot: columns of one width, centred under the whole figure. */
export interface LegendLayout {
  readonly height: number;
  readonly entries: readonly Placed[];
}

/** Lays out the entries row by row; `left` is the width left of the plot, `top` the first row's distance from its top. */
export function layoutLegend(entries: readonly LegendEntry[], left: number, top: number): LegendLayout {
  const widest = Math.max(0, ...entries.map(({ label }) => approximateWidth(label, FONT_SIZE.legend)));
  const column = SAMPLE_WIDTH + GAP + widest + BETWEEN;
  const columns = Math.max(1, Math.min(entries.length, Math.floor((COLUMN_WIDTH + BETWEEN) / column)));
  const start = Math.max(0, (COLUMN_WIDTH - columns * column + BETWEEN) / 2) - left;
  const placed = entries.map((entry, index): Placed => {
    const x = Math.round(start + (index % columns) * column);
    const y = top + ROW * Math.floor(index / columns) + ROW / 2;
    return {
      ...entry,
      series: entry.label,
      x,
      x2: x + SAMPLE_WIDTH,
      middle: x + SAMPLE_WIDTH / 2,
      text: x + SAMPLE_WIDTH + GAP,
      y,
    };
  });
  return { height: ROW * Math.ceil(entries.length / columns), entries: placed };
}

const pixels = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });

/** The legend as layers of the chart: vega's own cannot show a line, its dashes and its marker in one sample. */
export function legendLayers(layout: LegendLayout, scales: SeriesScales) {
  const of = (sample: Sample) => ({ values: layout.entries.filter((entry) => entry.sample === sample) });
  const line = { x: pixels('x'), x2: { field: 'x2' }, y: pixels('y') };
  const point = { x: pixels('middle'), y: pixels('y') };
  return [
    {
      data: of('series'),
      mark: { type: 'rule' as const },
      encoding: {
        ...line,
        color: scales.color,
        strokeDash: scales.strokeDash,
        strokeWidth: scales.strokeWidth,
      },
    },
    {
      data: of('series'),
      mark: SERIES_MARKER,
      encoding: { ...point, fill: scales.color, shape: scales.shape, size: scales.size },
    },
    { data: of('bar'), mark: BAR_SAMPLE, encoding: { ...point, fill: scales.color } },
    { data: of('bound'), mark: { ...BOUND_LINE, type: 'rule' as const, color: QUIET }, encoding: line },
    { data: of('tick'), mark: TICK_SAMPLE, encoding: point },
    { data: of('measured'), mark: { ...MEASURED_MARKER, stroke: QUIET }, encoding: point },
    {
      data: { values: [...layout.entries] },
      mark: { type: 'text' as const, align: 'left' as const, baseline: 'middle' as const },
      encoding: {
        x: pixels('text'),
        y: pixels('y'),
        text: { field: 'label', type: 'nominal' as const },
      },
    },
  ];
}
