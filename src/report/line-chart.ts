import type { TopLevelSpec } from 'vega-lite';
import { bytes, formatBytes } from '../units.ts';
import { approximateWidth } from './approximate-width.ts';
import { axis, X_AXIS_HEIGHT, yAxisWidth } from './axis.ts';
import { type LegendEntry, layoutLegend, legendLayers } from './legend.ts';
import { type LineChart, type LineChartData, readLineChart } from './line-chart-data.ts';
import { lineLayers } from './line-layers.ts';
import { seriesScales } from './series-scales.ts';
import { COLUMN_WIDTH, FONT_SIZE, PAPER_THEME } from './theme.ts';
import { linearTicks, log2Ticks, type Ticks } from './ticks.ts';

const PLOT_HEIGHT = 132;
const TOP = 6;
/** Least distance in px between two labels of the x axis. */
const BETWEEN_LABELS = 5;

const largest = ({ points, measured }: LineChartData): number =>
  Math.max(0, ...[...points, ...measured].flatMap(({ y, bound, high }) => [y ?? 0, bound ?? 0, high ?? 0]));

interface XAxis extends Ticks {
  readonly scale: { type: 'log' | 'linear'; base?: number; domain: number[]; nice: false };
}

/** Ticks of the x axis, as many as find room in `width` px, and its scale. */
function xTicks(chart: LineChart, xs: readonly number[], width: number): XAxis {
  const [min, max] = [Math.min(...xs), Math.max(...xs)];
  const inBytes = chart.x.scale === 'log2' && chart.x.format === 'bytes';
  const label = (value: number) => (inBytes ? formatBytes(bytes(value)) : String(value));
  const widest = Math.max(...xs.map((value) => approximateWidth(label(value), FONT_SIZE.label)));
  const most = Math.floor((width - widest / 2) / (widest + BETWEEN_LABELS)) + 1;
  if (chart.x.scale === 'linear') {
    // Between two counts there is nothing: no half flows.
    const wholes = xs.every(Number.isInteger) && max > 0 ? max : Infinity;
    const ticks = linearTicks(max, Math.min(8, most - 1, wholes));
    const domain = [0, ticks.values.at(-1) ?? max];
    return { ...ticks, scale: { type: 'linear', domain, nice: false } };
  }
  const values = log2Ticks(min, max, most);
  const domain = min < max ? [min, max] : [min / 2, max * 2];
  return { values, labels: values.map(label), scale: { type: 'log', base: 2, domain, nice: false } };
}

function legendEntries(chart: LineChart, { names, measured }: LineChartData): readonly LegendEntry[] {
  return [
    ...names.map((label): LegendEntry => ({ label, sample: 'series' })),
    ...(chart.bound ? [{ label: chart.bound.label ?? 'closed-form bound', sample: 'bound' as const }] : []),
    ...(measured.length > 0
      ? [{ label: chart.measured?.label ?? 'measured', sample: 'measured' as const }]
      : []),
  ];
}

/**
 * A line chart as a vega-lite specification of exactly a paper column's width, its legend under it. Throws RangeError for
 * rows without a number where one is due, and for more series than can be told apart.
 */
export function lineChart(chart: LineChart): TopLevelSpec {
  const data = readLineChart(chart);
  const scales = seriesScales(data.names);
  const yTicks = linearTicks(largest(data));
  const left = yAxisWidth(yTicks);
  const xs = [...data.points, ...data.measured].map(({ x }) => x);
  const ticks = xTicks(chart, xs, COLUMN_WIDTH - left);
  const right = Math.max(6, Math.ceil(approximateWidth(ticks.labels.at(-1) ?? '', FONT_SIZE.label) / 2));
  const legend = layoutLegend(legendEntries(chart, data), left, PLOT_HEIGHT + X_AXIS_HEIGHT);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: PAPER_THEME,
    autosize: 'none',
    width: COLUMN_WIDTH - left - right,
    height: PLOT_HEIGHT,
    padding: { left, right, top: TOP, bottom: X_AXIS_HEIGHT + legend.height + 1 },
    data: { values: [...data.points] },
    layer: [
      {
        encoding: {
          x: {
            type: 'quantitative',
            scale: ticks.scale,
            axis: axis(chart.x.title, ticks),
          },
          y: {
            type: 'quantitative',
            scale: { domain: [0, yTicks.values.at(-1) ?? 0], nice: false },
            axis: { ...axis(chart.y.title, yTicks), domain: false, ticks: false },
          },
        },
        layer: lineLayers(chart, data, scales),
      },
      ...legendLayers(legend, scales),
    ],
  };
}

export type { LineChart } from './line-chart-data.ts';
