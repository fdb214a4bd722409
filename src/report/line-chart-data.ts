import { type ChartRow, readNumber, readText } from './chart-row.ts';

/** A chart of lines over sizes or counts; fields name properties of the rows. */
export interface LineChart {
  readonly rows: readonly ChartRow[];
  /** `log2` marks powers of two and may print them as `64 KiB`; `linear` starts at 0. */
  readonly x: { readonly field: string; readonly title: string } & (
    | { readonly scale: 'log2'; readonly format?: 'bytes' }
    | { readonly scale: 'linear' }
  );
  /** The axis starts at 0. A row without a value (refused, not measured) breaks the line. */
  readonly y: { readonly field: string; readonly title: string };
  /** Drawn in the order given, else in that of first appearance; at most as many as the theme has styles. */
  readonly series: { readonly field: string; readonly order?: readonly string[] };
  /** The closed-form bound of each row. */
  readonly bound?: { readonly field: string; readonly label?: string };
  /** Ends of the confidence interval of each row. */
  readonly interval?: { readonly low: string; readonly high: string };
  /** Published values, with the fields of x, y and series; drawn as hollow markers. */
  readonly measured?: { readonly rows: readonly ChartRow[]; readonly label?: string };
}

/** A row with the chart's own names for the fields. */
export interface LinePoint {
  readonly x: number;
  readonly y: number | null;
  readonly series: string;
  readonly bound: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a line chart draws, checked and in the order of drawing. */
export interface LineChartData {
  readonly names: readonly string[];
  readonly points: readonly LinePoint[];
  readonly measured: readonly LinePoint[];
}

function toPoint(chart: LineChart, row: ChartRow): LinePoint {
  const optional = (field: string | undefined) => (field === undefined ? null : readNumber(row, field));
  const x = readNumber(row, chart.x.field);
  if (x === null) throw new RangeError(`a row has no "${chart.x.field}"; expected a number in each row`);
  return {
    x,
    y: readNumber(row, chart.y.field),
    series: readText(row, chart.series.field),
    bound: optional(chart.bound?.field),
    low: optional(chart.interval?.low),
    high: optional(chart.interval?.high),
  };
}

/** Reads the rows of a chart; those of a series that is not in its order are left out. Throws RangeError where none stay. */
export function readLineChart(chart: LineChart): LineChartData {
  const rows = chart.rows.map((row) => toPoint(chart, row));
  const published = (chart.measured?.rows ?? []).map((row) => toPoint(chart, row));
  const names = chart.series.order ?? [...new Set([...rows, ...published].map(({ series }) => series))];
  const inOrder = (points: readonly LinePoint[]) =>
    names.flatMap((name) => points.filter(({ series }) => series === name).sort((a, b) => a.x - b.x));
  const data = { names, points: inOrder(rows), measured: inOrder(published) };
  if (data.points.length + data.measured.length === 0) {
    throw new RangeError(`no row is of the series [${names.join(', ')}]; expected at least one`);
  }
  return data;
}
