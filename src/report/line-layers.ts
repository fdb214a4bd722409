import type { LineChart, LineChartData } from './line-chart-data.ts';
import { BOUND_LINE, MEASURED_MARKER, SERIES_MARKER } from './marks.ts';
import type { SeriesScales } from './series-scales.ts';

const x = { field: 'x', type: 'quantitative' as const };
const at = (field: string) => ({ x, y: { field, type: 'quantitative' as const } });

/** The marks of a line chart from back to front: intervals, lines, bounds, markers, published values. */
export function lineLayers(chart: LineChart, { measured }: LineChartData, scales: SeriesScales) {
  const { color, strokeDash, strokeWidth, shape, size } = scales;
  const order = { field: 'x' };
  const interval = {
    mark: { type: 'rule' as const, strokeWidth: 0.8 },
    encoding: { ...at('low'), y2: { field: 'high' }, color },
  };
  const line = {
    mark: { type: 'line' as const, strokeCap: 'butt' as const },
    encoding: { ...at('y'), order, color, strokeDash, strokeWidth },
  };
  const bound = {
    mark: { ...BOUND_LINE, type: 'line' as const },
    encoding: { ...at('bound'), order, color },
  };
  const marker = { mark: SERIES_MARKER, encoding: { ...at('y'), fill: color, shape, size } };
  const published = {
    data: { values: [...measured] },
    mark: MEASURED_MARKER,
    encoding: { ...at('y'), stroke: color, shape },
  };
  return [
    ...(chart.interval ? [interval] : []),
    line,
    ...(chart.bound ? [bound] : []),
    marker,
    ...(measured.length > 0 ? [published] : []),
  ];
}
