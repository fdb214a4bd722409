import { loadSystem } from '../node/load-system.ts';
import { parseBootOptions } from '../policy/boot-options.ts';
import { bootSystem } from '../policy/program-acs.ts';
import type { System } from '../system/system.ts';
import type { OptionRule } from './command-module.ts';
import type { Invocation } from './invocation.ts';

export const BOOT: OptionRule = {
  form: '--boot-options <line>',
  about: 'kernel command line: IOMMU and ACS as Linux (6.12 or later) leaves them when it boots with it',
};

/**
 * The system as it is, or with `--boot-options` as Linux leaves it; the file's ACS controls are then the firmware's. What Linux
 * would ignore of them is said on standard error.
 */
export function booted(system: System, { value, quiet, io }: Invocation): System {
  const line = value('bootOptions');
  if (line === null) return system;
  const options = parseBootOptions(line);
  for (const { text, log, remedy } of quiet ? [] : options.ignored) {
    const says = log === null ? '' : ` and logs "${log}"`;
    io.err(`boot options: Linux ignores ${text}${says}; ${remedy}\n`);
  }
  return bootSystem(system, options);
}

/** A system by its name or its file, booted with `--boot-options`. Throws ModelError. */
export const loadBooted = (name: string, invocation: Invocation): System =>
  booted(loadSystem(name), invocation);
