import { loadKernelProfile } from '../node/load-kernel.ts';
import { loadSystem } from '../node/load-system.ts';
import { parseBootOptions } from '../policy/boot-options.ts';
import { bootSystem } from '../policy/program-acs.ts';
import type { System } from '../system/system.ts';
import type { OptionRule } from './command-module.ts';
import type { Invocation } from './invocation.ts';

export const BOOT: OptionRule = {
  form: '--boot-options <line>',
  about: 'kernel command line: IOMMU and ACS as the kernel leaves them when it boots with it',
};

/**
 * The system as it is, or with `--boot-options` as the kernel of `--kernel`, of the system, or else the newest, leaves it; the
 * file's ACS controls are then the firmware's. What that kernel would ignore of them is said on standard error.
 */
export function booted(system: System, { value, quiet, io }: Invocation): System {
  const line = value('bootOptions');
  if (line === null) return system;
  const profile = loadKernelProfile(value('kernel') ?? system.kernel);
  const options = parseBootOptions(line, profile.acs);
  for (const { text, log, remedy } of quiet ? [] : options.ignored) {
    const says = log === null ? '' : ` and logs "${log}"`;
    io.err(`boot options: Linux ignores ${text}${says}; ${remedy}\n`);
  }
  return bootSystem(system, options, profile);
}

/** A system by its name or its file, booted with `--boot-options`. Throws ModelError. */
export const loadBooted = (name: string, invocation: Invocation): System =>
  booted(loadSystem(name), invocation);
