import type { Invocation } from './invocation.ts';

const MOST = 10_000;

/** The value of an option that counts something, from 1 on. Throws RangeError. */
export function wholeNumber({ value }: Invocation, option: string, usual: number): number {
  const text = value(option);
  if (text === null) return usual;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST) return number;
  throw new RangeError(
    `--${option} is "${text}"; expected a whole number from 1 to ${MOST}, such as ${usual}`,
  );
}
