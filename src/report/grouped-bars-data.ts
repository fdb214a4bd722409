import { type ChartRow, readNumber, readText } from './chart-row.ts';

/** Bars in groups; fields name properties of the rows, and a group has at most one row of each series. */
export interface GroupedBars {
  readonly rows: readonly ChartRow[];
  /** The name of the group, such as a system; groups stand in the order of first appearance. */
  readonly group: { readonly field: string };
  /** The axis starts at 0. `digits` is the number of decimals of the values beside the bars, 1 where absent. */
  readonly value: { readonly field: string; readonly title: string; readonly digits?: number };
  /** The bars of a group from top to bottom: in the order given, else in that of first appearance. */
  readonly series: { readonly field: string; readonly order?: readonly string[] };
  /** The closed-form bound of each row, drawn as a line across the bar. */
  readonly bound?: { readonly field: string; readonly label?: string };
  /** Ends of the confidence interval of each row. */
  readonly interval?: { readonly low: string; readonly high: string };
  /** What stands in the place of a bar whose row has no value; `refused` where absent. */
  readonly absent?: string;
}

/** A row with the chart's own names for the fields. */
export interface Bar {
  readonly group: string;
  readonly series: string;
  readonly value: number | null;
  readonly bound: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The largest of value, bound and interval: where the label goes. */
  readonly reach: number;
  readonly label: string;
}

/** What a chart of bars draws, checked. */
export interface BarData {
  readonly groups: readonly string[];
  readonly names: readonly string[];
  readonly bars: readonly Bar[];
}

/** A row without a value has neither bound nor interval in the chart: what is refused has no rate at all. */
function toBar(chart: GroupedBars, row: ChartRow): Bar {
  const value = readNumber(row, chart.value.field);
  const beside = (field: string | undefined) =>
    field === undefined || value === null ? null : readNumber(row, field);
  const bound = beside(chart.bound?.field);
  const high = beside(chart.interval?.high);
  return {
    group: readText(row, chart.group.field),
    series: readText(row, chart.series.field),
    value,
    bound,
    low: beside(chart.interval?.low),
    high,
    reach: Math.max(value ?? 0, bound ?? 0, high ?? 0),
    label: value === null ? (chart.absent ?? 'refused') : value.toFixed(chart.value.digits ?? 1),
  };
}

/** Reads the rows of a chart of bars. Throws RangeError where there is none, or two for one bar. */
export function readBars(chart: GroupedBars): BarData {
  const all = chart.rows.map((row) => toBar(chart, row));
  const names = chart.series.order ?? [...new Set(all.map(({ series }) => series))];
  const bars = all.filter(({ series }) => names.includes(series));
  const groups = [...new Set(bars.map(({ group }) => group))];
  if (bars.length === 0)
    throw new RangeError(`no row is of the series [${names.join(', ')}]; expected at least one`);
  const twice = bars.find((bar, index) =>
    bars.some(
      (other, earlier) => earlier < index && other.group === bar.group && other.series === bar.series,
    ),
  );
  if (twice) {
    throw new RangeError(
      `two rows for "${twice.series}" of "${twice.group}"; expected one: pick or average them`,
    );
  }
  return { groups, names, bars };
}
