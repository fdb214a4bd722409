import type { Config } from 'vega-lite';

/** Family name inside the font files of `@expo-google-fonts/source-sans-3`. */
export const FONT_FAMILY = 'Source Sans 3';

/** Width of a chart: a paper's column of 3.33 in, at 96 px to the inch (CSS Values 3, section 6.2). */
export const COLUMN_WIDTH = 320;

/** Length in px of the ticks of an axis that has them. */
export const TICK_SIZE = 3;

/** Font sizes in px; three quarters of them are points: 7.1 pt, 7.5 pt and 7.9 pt. */
export const FONT_SIZE = { label: 9.5, legend: 10, title: 10.5 } as const;

export const INK = '#1a1a1a';
export const QUIET = '#6b6b6b';
const GRID = '#dedede';

/** How one series is drawn; each differs from the others in hue and marker, and in dash or width. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
  readonly shape: string;
  /** Area of the marker in px². */
  readonly size: number;
}

/**
 * Styles in the order of the series. Colours: Okabe and Ito, "Color Universal Design" (2008), without yellow; the first four
 * differ in lightness (L* 46, 71, 0, 61), the others (58, 54, 70) in grey by dash and marker alone. Widths and marker sizes fall, so that a series which
 * coincides with an earlier one leaves its rim and the gaps between its dashes to be seen.
 */
export const SERIES_STYLES: readonly SeriesStyle[] = [
  { color: '#0072B2', dash: [1, 0], width: 2, shape: 'circle', size: 54 },
  { color: '#E69F00', dash: [6, 3], width: 1.5, shape: 'square', size: 27 },
  { color: '#000000', dash: [1, 0], width: 1.2, shape: 'triangle-up', size: 21 },
  { color: '#CC79A7', dash: [3, 1.5], width: 1.2, shape: 'diamond', size: 17 },
  { color: '#009E73', dash: [7, 2, 2, 2], width: 1.2, shape: 'triangle-down', size: 18 },
  { color: '#D55E00', dash: [4, 3], width: 1, shape: 'cross', size: 22 },
  { color: '#56B4E9', dash: [1, 0], width: 0.9, shape: 'square', size: 9 },
];

const AXIS = {
  domainColor: INK,
  domainWidth: 0.7,
  tickColor: INK,
  tickWidth: 0.7,
  tickSize: TICK_SIZE,
  tickRound: false,
  translate: 0,
  gridColor: GRID,
  gridWidth: 0.5,
  labelColor: INK,
  labelFontSize: FONT_SIZE.label,
  labelPadding: 3,
  labelOverlap: false,
  labelFlush: false,
  labelLimit: 0,
  titleColor: INK,
  titleFontSize: FONT_SIZE.title,
  titleFontWeight: 'normal',
  titlePadding: 5,
  titleLimit: 0,
} as const;

/** The one vega-lite theme of all charts: no title (the caption goes under the figure), thin grid, one font weight. */
export const PAPER_THEME: Config = {
  font: `'${FONT_FAMILY}', sans-serif`,
  background: 'white',
  aria: false,
  view: { stroke: null },
  axis: AXIS,
  text: { fontSize: FONT_SIZE.legend, fill: INK, limit: 0 },
};
