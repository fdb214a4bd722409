import type { TopLevelSpec } from 'vega-lite';
import { approximateWidth } from './approximate-width.ts';
import { axis, X_AXIS_HEIGHT, yAxisWidth } from './axis.ts';
import { type LegendEntry, type LegendLayout, layoutLegend } from './legend.ts';
import { type SeriesScales, seriesScales } from './series-scales.ts';
import { COLUMN_WIDTH, FONT_SIZE, PAPER_THEME, QUIET, TICK_SIZE } from './theme.ts';
import type { Ticks } from './ticks.ts';

/** A measured row beside its prediction, in one unit for all of a chart. */
export interface ScatterPoint {
  readonly group: string;
  readonly measured: number;
  readonly predicted: number;
}

export interface ValidationChart {
  readonly points: readonly ScatterPoint[];
  /** In the order of drawing. */
  readonly groups: readonly string[];
  /** Of both axes, such as `GB/s`. */
  readonly unit: string;
  /** Half-width of the band around equality, in percent of what was measured. */
  readonly band_pct: number;
}

const TOP = 6;
const STEPS = [1, 2, 5];
/** More marks than that crowd a decade. */
const MOST_DETAILED = 12;

/** Powers of ten with their doubles and halves from below `min` to above `max`; powers alone where those are many. */
function decadeTicks(min: number, max: number): Ticks {
  const values: number[] = [];
  for (let exponent = -9; exponent <= 12; exponent++) {
    const power = exponent < 0 ? 1 / 10 ** -exponent : 10 ** exponent;
    values.push(...STEPS.map((step) => Number((step * power).toFixed(9))));
  }
  const first = values.findLastIndex((value) => value <= min);
  const last = values.findIndex((value) => value >= max);
  const inside = values.slice(first, last + 1);
  const ends = [inside[0], inside.at(-1)];
  const shown =
    inside.length <= MOST_DETAILED
      ? inside
      : inside.filter((value) => ends.includes(value) || /^(?:10*|0\.0*1)$/.test(String(value)));
  return { values: shown, labels: shown.map(String) };
}

const SCATTER = { type: 'point', filled: false, fill: 'transparent', strokeWidth: 0.9, opacity: 1 } as const;
const MARKER = { value: 22 };

const BAND = { color: QUIET, opacity: 0.22 } as const;

const quantity = (field: string) => ({ field, type: 'quantitative' as const });

/** Equality, and the band around it; straight lines on equal logarithmic axes. */
function guides(domain: readonly number[], band: number) {
  const values = domain.map((equal) => ({
    equal,
    low: equal * (1 - band / 100),
    high: equal * (1 + band / 100),
  }));
  const x = quantity('equal');
  return [
    {
      data: { values },
      mark: { ...BAND, type: 'area' as const, clip: true },
      encoding: { x, y: quantity('low'), y2: { field: 'high' } },
    },
    {
      data: { values },
      mark: { type: 'line' as const, color: QUIET, strokeWidth: 0.7, clip: true },
      encoding: { x, y: quantity('equal') },
    },
  ];
}

/** Both axes with the same marks. */
function axesOf(unit: string, ticks: Ticks, domain: readonly number[]) {
  const scale = { type: 'log' as const, domain: [...domain], nice: false as const };
  return {
    x: { ...quantity('measured'), scale, axis: axis(`Measured (${unit})`, ticks) },
    y: { ...quantity('predicted'), scale, axis: axis(`Predicted (${unit})`, ticks) },
  };
}

const pixels = (field: string) => ({ ...quantity(field), scale: null, axis: null });

/** A marker for each group, and a piece of the band. */
function legendLayers({ entries }: LegendLayout, scales: SeriesScales) {
  const place = { x: pixels('middle'), y: pixels('y') };
  const label = { field: 'label', type: 'nominal' as const };
  return [
    {
      data: { values: entries.filter(({ sample }) => sample === 'bar') },
      mark: { ...BAND, type: 'rect' as const, width: 16, height: 6 },
      encoding: place,
    },
    {
      data: { values: entries.filter(({ sample }) => sample === 'measured') },
      mark: SCATTER,
      encoding: { ...place, stroke: scales.color, shape: scales.shape, size: MARKER },
    },
    {
      data: { values: [...entries] },
      mark: { type: 'text' as const, align: 'left' as const, baseline: 'middle' as const },
      encoding: { x: pixels('text'), y: pixels('y'), text: label },
    },
  ];
}

/**
 * Predicted against measured values as a vega-lite specification: logarithmic axes of one length, a hollow marker for each row
 * by the group of its phenomenon, the line of equality with a band. Throws RangeError where there are no points, for values that
 * are not above 0, and for more groups than can be told apart.
 */
export function validationChart({ points, groups, unit, band_pct: band }: ValidationChart): TopLevelSpec {
  const all = points.flatMap(({ measured, predicted }) => [measured, predicted]);
  if (all.length === 0 || !all.every((value) => value > 0))
    throw new RangeError('expected points with values above 0 for logarithmic axes');
  const scales = seriesScales(groups);
  const ticks = decadeTicks(Math.min(...all), Math.max(...all));
  const domain = [ticks.values[0] ?? 1, ticks.values.at(-1) ?? 1];
  const left = yAxisWidth(ticks) + TICK_SIZE;
  const right = Math.max(6, Math.ceil(approximateWidth(ticks.labels.at(-1) ?? '', FONT_SIZE.label) / 2));
  const side = COLUMN_WIDTH - left - right;
  const entries: readonly LegendEntry[] = [
    ...groups.map((label) => ({ label, sample: 'measured' as const })),
    { label: `within ${band} %`, sample: 'bar' },
  ];
  const legend = layoutLegend(entries, left, side + X_AXIS_HEIGHT);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: PAPER_THEME,
    autosize: 'none',
    width: side,
    height: side,
    padding: { left, right, top: TOP, bottom: X_AXIS_HEIGHT + legend.height + 1 },
    layer: [
      ...guides(domain, band),
      {
        data: { values: points.map(({ group, ...rest }) => ({ series: group, ...rest })) },
        mark: SCATTER,
        encoding: { ...axesOf(unit, ticks, domain), stroke: scales.color, shape: scales.shape, size: MARKER },
      },
      ...legendLayers(legend, scales),
    ],
  };
}
