import type { RunResult } from '../run-result.ts';
import type { BenchmarkContext, Outcome, Skipped } from './protocol.ts';

/** How a protocol's value comes out at one scale, or why it does not. */
export type Trial = { readonly value: number; readonly text: string; readonly run: RunResult } | Skipped;

/** A doubling that moves the value by less is the last. Source: measurements, `_schema.measurements.transfer_bytes`. */
const STEADY = 0.005;

/** Doubles the scale until that moves the value by less than 0.5 %, or `most` doublings are made. */
export function scaledUp(
  { progress }: BenchmarkContext,
  most: number,
  trial: (factor: number) => Trial,
): Outcome {
  let last: number | null = null;
  for (let doubling = 0; ; doubling++) {
    const next = trial(2 ** doubling);
    progress?.(2 ** (doubling + 1) - 1, 2 ** (most + 1) - 1);
    if ('skipped' in next) return next;
    const { value, text, run } = next;
    const moved: number = last === null ? Number.POSITIVE_INFINITY : Math.abs(value / last - 1);
    if (moved < STEADY || doubling === most) {
      const note =
        moved < STEADY || most === 0 ? '' : `; the last doubling moved it by ${(moved * 100).toFixed(1)} %`;
      return { value, scale: `${text}${note}`, run };
    }
    last = value;
  }
}

/** Why a flow of a run was refused, as what a protocol says then; null where all have run. */
export function refusalOf(run: RunResult): Skipped | null {
  const refused = run.flows.find((flow) => flow.refused !== undefined);
  if (refused === undefined) return null;
  const { from, to, refused: why } = refused;
  return { skipped: `${from} → ${to} is refused: ${why}`, run };
}
