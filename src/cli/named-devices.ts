import { endpoints } from '../system/ancestry.ts';
import { closeNames } from '../system/close-names.ts';
import type { System } from '../system/system.ts';

/** The devices of a system with these names, each once. Throws RangeError for a name that none of them has. */
export function namedDevices(system: System, names: readonly string[]): readonly string[] {
  const known = endpoints(system).map(({ id }) => id);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return [...new Set(names)];
  const close = closeNames(wrong, known);
  const hint = close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${known.join(', ')}`;
  throw new RangeError(`"${wrong}" is no device of ${system.name}; ${hint}`);
}
