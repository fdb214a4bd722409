import type { DllpPolicy, UpdatePolicy } from './part.ts';
import { picoseconds } from '../units.ts';

/** Another value in proportion; null where there is none, such as of 0, or of a 1 that is to stay whole. */
export type Scale<T> = (value: T, factor: number) => T | null;

/** In steps of `unit`, and at least one of them. */
function inSteps<T extends number>(value: T, factor: number, unit: number): T | null {
  if (value === 0) return null;
  const changed = (Math.max(1, Math.round((value * factor) / unit)) * unit) as T;
  return changed === value ? null : changed;
}

const real = <T extends number>(value: T, factor: number): T | null =>
  value === 0 ? null : ((value * factor) as T);

const within = (value: number | null, least: number, below: number): number | null =>
  value === null || value < least || value >= below ? null : value;

function dllp(policy: DllpPolicy, factor: number): DllpPolicy | null {
  switch (policy.kind) {
    case 'none':
    case 'specification-limit':
      return null;
    case 'per-tlp': {
      const count = real(policy.count, factor);
      return count === null ? null : { ...policy, count };
    }
    case 'time-per-tlp': {
      const time = inSteps(policy.time, factor, 1);
      return time === null ? null : { ...policy, time };
    }
  }
}

function updates(policy: UpdatePolicy, factor: number): UpdatePolicy | null {
  if (policy.kind !== 'period') return null;
  const period = inSteps(policy.period, factor, 1);
  return period === null ? null : { ...policy, period: picoseconds(period) };
}

/** How the numbers of parts are changed in proportion. */
export const SCALES = {
  /** Times (in ps), counts and sizes (in B): whole numbers, from 1 on. */
  whole: <T extends number>(value: T, factor: number): T | null => inSteps(value, factor, 1),
  /** Sizes of payloads that are cut: whole double words of 4 B. */
  doubleWords: <T extends number>(value: T, factor: number): T | null => inSteps(value, factor, 4),
  /** Rates. */
  real,
  /** Shares, which are below 1. */
  share: (value: number, factor: number): number | null => within(real(value, factor), 0, 1),
  /** Factors of an ingress buffer, which are from 1 on. */
  speedup: (value: number, factor: number): number | null =>
    within(real(value, factor), 1, Number.POSITIVE_INFINITY),
  dllp,
  updates,
};

/** Of a number that may be absent: `none`, `unlimited` and `infinite` stay what they are. */
export const orNone =
  <T>(scale: Scale<T>): Scale<T | null> =>
  (value, factor) =>
    value === null ? null : scale(value, factor);
