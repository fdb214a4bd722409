import { MOST_BYTES } from '../experiment/scenario-values.ts';
import { type Bytes, parseBytes } from '../units.ts';
import type { Invocation } from './invocation.ts';

/** The value of `--size`, as strict as a scenario's. Throws RangeError. */
export function sizeOption({ value }: Invocation, usual: string): Bytes {
  const text = value('size') ?? usual;
  const size = parseBytes(text);
  if (size >= 1 && size <= MOST_BYTES) return size;
  throw new RangeError(`--size is "${text}"; expected a size from 1 B to 1 TiB, such as "${usual}"`);
}
