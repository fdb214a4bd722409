import type { TopLevelSpec } from 'vega-lite';
import { approximateWidth } from './approximate-width.ts';
import { axis, X_AXIS_HEIGHT } from './axis.ts';
import { barLayers } from './bar-layers.ts';
import { type BarData, type GroupedBars, readBars } from './grouped-bars-data.ts';
import { type LegendEntry, layoutLegend, legendLayers } from './legend.ts';
import { seriesScales } from './series-scales.ts';
import { COLUMN_WIDTH, FONT_SIZE, PAPER_THEME } from './theme.ts';
import { linearTicks } from './ticks.ts';

const TOP = 4;
const BAR = 11;
const BETWEEN_GROUPS = 7;
const LEAST_PLOT = 100;

const widest = (texts: readonly string[]): number =>
  Math.max(...texts.map((text) => approximateWidth(text, FONT_SIZE.label)));

/** Room left of the bars for the groups' names and right of them for the longest bar's value. */
function margins({ groups, bars }: BarData): { left: number; right: number } {
  const left = Math.ceil(widest(groups)) + 6;
  const right = Math.ceil(widest(bars.map(({ label }) => label))) + 6;
  if (COLUMN_WIDTH - left - right < LEAST_PLOT) {
    const longest = groups.toSorted((a, b) => b.length - a.length)[0];
    throw new RangeError(
      `"${longest}" leaves ${COLUMN_WIDTH - left - right} px for the bars; expected ${LEAST_PLOT}: give it a shorter name`,
    );
  }
  return { left, right };
}

function legendEntries(chart: GroupedBars, { names }: BarData): readonly LegendEntry[] {
  return [
    ...(names.length > 1 ? names.map((label): LegendEntry => ({ label, sample: 'bar' })) : []),
    ...(chart.bound ? [{ label: chart.bound.label ?? 'closed-form bound', sample: 'tick' as const }] : []),
  ];
}

/**
 * Bars in groups, such as systems under the same traffic, lying so that names stay readable, as a vega-lite specification of
 * a paper column's width. Each bar carries its value; one without says `refused`. Throws RangeError as `lineChart` does.
 */
export function groupedBars(chart: GroupedBars): TopLevelSpec {
  const data = readBars(chart);
  const scales = seriesScales(data.names);
  const { left, right } = margins(data);
  const ticks = linearTicks(Math.max(0, ...data.bars.map((bar) => bar.reach)), 5);
  const height = data.groups.length * (data.names.length * BAR + BETWEEN_GROUPS);
  const legend = layoutLegend(legendEntries(chart, data), left, height + X_AXIS_HEIGHT);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: PAPER_THEME,
    autosize: 'none',
    width: COLUMN_WIDTH - left - right,
    height,
    padding: { left, right, top: TOP, bottom: X_AXIS_HEIGHT + legend.height + 1 },
    data: { values: [...data.bars] },
    layer: [
      {
        encoding: {
          x: {
            type: 'quantitative',
            scale: { domain: [0, ticks.values.at(-1) ?? 0], nice: false },
            axis: { ...axis(chart.value.title, ticks), domain: false, ticks: false },
          },
          y: {
            field: 'group',
            type: 'nominal',
            sort: null,
            scale: { domain: [...data.groups], paddingInner: 0.2, paddingOuter: 0.1 },
            axis: { title: null, grid: false, ticks: false, zindex: 1 },
          },
        },
        layer: barLayers(chart, data, scales),
      },
      ...legendLayers(legend, scales),
    ],
  };
}

export type { GroupedBars } from './grouped-bars-data.ts';
