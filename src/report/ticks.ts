/** Marked values of an axis with their labels, and the end of its domain. */
export interface Ticks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
}

const number = (value: number, decimals: number): string =>
  value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))/, ',');

/** The step of the series 1, 2, 5, 10, 20, ... that divides 0 to `max` into at most `parts`, as mantissa and power of ten. */
function niceStep(max: number, parts: number): { mantissa: number; exponent: number } {
  for (let exponent = -12; exponent < 300; exponent++) {
    for (const mantissa of [1, 2, 5]) {
      if (scaled(mantissa, exponent) * parts >= max) return { mantissa, exponent };
    }
  }
  throw new RangeError(`no axis reaches ${max}; expected a finite value`);
}

/** Division by a power of ten rounds once, so that the third tenth is 0.3. */
const scaled = (value: number, exponent: number): number =>
  exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;

/** Ticks from 0 to the first nice value that is not below `max` (1 where that is 0); the last one ends the axis. */
export function linearTicks(max: number, parts = 6): Ticks {
  const end = max > 0 ? max : 1;
  const { mantissa, exponent } = niceStep(end, parts);
  const count = Math.ceil(end / scaled(mantissa, exponent));
  const values = Array.from({ length: count + 1 }, (_, index) => scaled(index * mantissa, exponent));
  return { values, labels: values.map((value) => number(value, Math.max(0, -exponent))) };
}

/** Powers of two from `min` to `max`, every first, second, third ... such that at most `most` remain. */
export function log2Ticks(min: number, max: number, most: number): readonly number[] {
  if (!(min > 0)) throw new RangeError(`a logarithmic axis cannot start at ${min}; expected a value above 0`);
  const powers: number[] = [];
  let power = 1;
  while (power < min) power *= 2;
  while (power / 2 >= min) power /= 2;
  for (; power <= max; power *= 2) powers.push(power);
  const every = Math.max(1, Math.ceil((powers.length - 1) / Math.max(1, most - 1)));
  return powers.filter((_, index) => index % every === 0);
}
