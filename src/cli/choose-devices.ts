import { endpoints } from '../system/ancestry.ts';
import { closeNames } from '../system/close-names.ts';
import type { System } from '../system/system.ts';

/** The devices named by `--devices a,b,c`, else all GPUs. Throws RangeError for unknown ones and for fewer than two. */
export function chooseDevices(system: System, list: string | null): readonly string[] {
  const known = endpoints(system);
  const names = known.map(({ id }) => id);
  if (list === null)
    return atLeastTwo(
      system,
      known.filter(({ deviceKind }) => deviceKind === 'gpu').map(({ id }) => id),
      'GPUs',
    );
  const devices = [
    ...new Set(
      list
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    ),
  ];
  const wrong = devices.find((name) => !names.includes(name));
  if (wrong === undefined) return atLeastTwo(system, devices, 'devices');
  const close = closeNames(wrong, names);
  const hint = close.length > 0 ? `did you mean ${close.join(' or ')}?` : `there are ${names.join(', ')}`;
  throw new RangeError(`"${wrong}" is no device of ${system.name}; ${hint}`);
}

function atLeastTwo(system: System, devices: readonly string[], what: string): readonly string[] {
  if (devices.length >= 2) return devices;
  throw new RangeError(
    `[${devices.join(', ')}] are the ${what} of ${system.name}; expected two or more; choose with --devices a,b`,
  );
}
