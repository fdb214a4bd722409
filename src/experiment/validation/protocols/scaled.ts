import type { Prediction } from '../prediction.ts';

/** How a protocol's value comes out at one scale, or why it does not. */
export type Trial = { readonly value: number; readonly text: string } | { readonly skipped: string };

/** A doubling that moves the value by less is the last. Source: measurements, `_schema.measurements.transfer_bytes`. */
const STEADY = 0.005;

/** Doubles the scale until that moves the value by less than 0.5 %, or `most` doublings are made. */
export function scaledUp(trial: (factor: number) => Trial, most: number): Prediction {
  let last: Trial | null = null;
  for (let doubling = 0; ; doubling++) {
    const next = trial(2 ** doubling);
    if ('skipped' in next) return next;
    const moved = last === null ? Number.POSITIVE_INFINITY : Math.abs(next.value / last.value - 1);
    if (moved < STEADY || doubling === most) {
      const note = moved < STEADY ? '' : `; the last doubling moved it by ${(moved * 100).toFixed(1)} %`;
      return { value: next.value, scale: `${next.text}${note}` };
    }
    last = { value: next.value, text: next.text };
  }
}
