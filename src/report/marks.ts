/** Marker of a simulated value: filled, with a white rim that parts it from what it lies on. */
export const SERIES_MARKER = {
  type: 'point',
  filled: true,
  stroke: 'white',
  strokeWidth: 0.6,
  opacity: 1,
} as const;

/** Line of a closed-form bound: thin and dotted beside any series' line. */
export const BOUND_LINE = { strokeWidth: 0.7, strokeDash: [1, 1.5], opacity: 1 };

/** Marker of a published value: hollow and larger than a simulated one. */
export const MEASURED_MARKER = {
  type: 'point',
  filled: false,
  fill: 'transparent',
  strokeWidth: 1,
  opacity: 1,
  size: 55,
} as const;

/** Height in px of the tick that marks a bound across a bar. */
export const BOUND_TICK = 9;

/** Outline of a bar in a legend, in the unit square of vega's symbols: wider than high. */
export const BAR_SHAPE = 'M-1,-0.33H1V0.33H-1Z';
