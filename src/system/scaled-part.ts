import { deepFreeze } from './deep-freeze.ts';
import { type Field, type Fields, isField, keyOfField } from './fields.ts';
import type { Part } from './part.ts';
import { CPU_FIELDS, ENDPOINT_FIELDS, SWITCH_FIELDS } from './part-fields.ts';
import { partFlaws } from './part-flaws.ts';

function fieldsOf({ kind }: Part): Fields {
  if (kind === 'cpu') return CPU_FIELDS;
  return kind === 'switch' ? SWITCH_FIELDS : ENDPOINT_FIELDS;
}

type Group = Readonly<Record<string, unknown>>;

const noNumber = (): RangeError => new RangeError('expected the path of a number of the part');

/** The value, or the group of values, with the number at `path` below it changed; null where it has no other in proportion. */
function scaledAt(
  entry: Field<unknown> | Fields | undefined,
  value: unknown,
  [key, ...rest]: readonly string[],
  factor: number,
): unknown {
  if (entry === undefined || isField(entry) !== (key === undefined)) throw noNumber();
  if (isField(entry)) return entry.scaled(value, factor);
  const name = Object.keys(entry).find((each) => keyOfField(each) === key) ?? '';
  const changed = scaledAt(entry[name], (value as Group)[name], rest, factor);
  return changed === null ? null : { ...(value as Group), [name]: changed };
}

/**
 * The part with one number multiplied, rounded where it has to be whole; `path` is that of its provenance, such as
 * `dma.write_chunk`. Null where the number has no other in proportion (words, 0, none, unlimited) or the part could not be with
 * it. Throws RangeError for a path that is none.
 */
export function scaledPart<P extends Part>(part: P, path: string, factor: number): P | null {
  const changed = scaledAt(fieldsOf(part), part, path.split('.'), factor) as P | null;
  if (changed === null || partFlaws(changed).next().done !== true) return null;
  return deepFreeze(changed);
}
