import type { BarData, GroupedBars } from './grouped-bars-data.ts';
import { BOUND_TICK } from './marks.ts';
import type { SeriesScales } from './series-scales.ts';
import { FONT_SIZE, INK } from './theme.ts';

const y = { field: 'group', type: 'nominal' as const };
const along = (field: string) => ({ field, type: 'quantitative' as const });

/** The marks of a chart of bars from back to front: bars, bounds, intervals, values. */
export function barLayers(chart: GroupedBars, { names }: BarData, scales: SeriesScales) {
  const yOffset = { field: 'series', type: 'nominal' as const, sort: null, scale: { domain: [...names] } };
  const place = { y, yOffset };
  const bar = {
    mark: { type: 'bar' as const, stroke: 'white', strokeWidth: 0.6 },
    encoding: { ...place, x: along('value'), fill: scales.color },
  };
  const bound = {
    mark: { type: 'tick' as const, color: INK, bandSize: BOUND_TICK, thickness: 0.8 },
    encoding: { ...place, x: along('bound') },
  };
  const interval = (color: string, strokeWidth: number) => ({
    mark: { type: 'rule' as const, color, strokeWidth },
    encoding: { ...place, x: along('low'), x2: { field: 'high' } },
  });
  const value = {
    mark: {
      type: 'text' as const,
      align: 'left' as const,
      baseline: 'middle' as const,
      dx: 3,
      fontSize: FONT_SIZE.label,
    },
    encoding: { ...place, x: along('reach'), text: { field: 'label', type: 'nominal' as const } },
  };
  return [
    bar,
    ...(chart.bound ? [bound] : []),
    ...(chart.interval ? [interval('white', 2.6), interval(INK, 1)] : []),
    value,
  ];
}
