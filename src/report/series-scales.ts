import { SERIES_STYLES } from './theme.ts';

/** Encodings by which the marks of a chart and of its legend look alike: one scale for each visual property. */
export function seriesScales(names: readonly string[]) {
  if (names.length > SERIES_STYLES.length) {
    throw new RangeError(
      `${names.length} series in one chart; expected at most ${SERIES_STYLES.length}: split the chart or leave some out`,
    );
  }
  const styles = SERIES_STYLES.slice(0, names.length);
  const encode = <Type extends 'nominal' | 'ordinal', Value>(type: Type, range: Value[]) => {
    return {
      field: 'series',
      type,
      scale: { type: 'ordinal' as const, domain: [...names], range },
      legend: null,
    };
  };
  return {
    color: encode(
      'nominal',
      styles.map((style) => style.color),
    ),
    strokeDash: encode(
      'nominal',
      styles.map((style) => [...style.dash]),
    ),
    shape: encode(
      'nominal',
      styles.map((style) => style.shape),
    ),
    // vega-lite takes widths and areas only for what has an order, as series have.
    strokeWidth: encode(
      'ordinal',
      styles.map((style) => style.width),
    ),
    size: encode(
      'ordinal',
      styles.map((style) => style.size),
    ),
  };
}

export type SeriesScales = ReturnType<typeof seriesScales>;
