import { loadKernelProfile } from '../node/load-kernel.ts';
import { loadSystem } from '../node/load-system.ts';
import { type BootOptions, parseBootOptions } from '../policy/boot-options.ts';
import { bootSystem } from '../policy/program-acs.ts';
import type { System } from '../system/system.ts';
import type { OptionRule } from './command-module.ts';
import type { Invocation } from './invocation.ts';
import { UsageError } from './usage-error.ts';

export const BOOT: OptionRule = {
  form: '--boot-options <line>',
  about: 'kernel command line: IOMMU and ACS as the kernel leaves them when it boots with it',
};

/** A value that Linux cannot read is a slip: nobody asks what becomes of a machine that boots with it. */
function checkOptions(line: string, { ignored }: BootOptions): void {
  if (line.trim() === '') throw new UsageError('--boot-options is empty; write it like "intel_iommu=on"');
  const [slip] = ignored.filter(({ malformed }) => malformed);
  if (slip) throw new UsageError(`--boot-options: ${slip.text} is malformed; ${slip.remedy}`);
}

/**
 * The system as it is, or with `--boot-options` as the kernel of `--kernel`, of the system, or else the newest, leaves it; the
 * file's ACS controls are then the firmware's. What that kernel would ignore of them is said on standard error; UsageError for what nobody
 * can mean.
 */
export function booted(system: System, { value, quiet, io }: Invocation): System {
  const line = value('bootOptions');
  if (line === null) return system;
  const profile = loadKernelProfile(value('kernel') ?? system.kernel);
  const options = parseBootOptions(line, profile.acs);
  checkOptions(line, options);
  for (const { text, log, remedy } of quiet ? [] : options.ignored) {
    const says = log === null ? '' : ` and logs "${log}"`;
    io.err(`boot options: Linux ignores ${text}${says}; ${remedy}\n`);
  }
  return bootSystem(system, options, profile);
}

/** A system by its name or its file, booted with `--boot-options`. Throws ModelError. */
export const loadBooted = (name: string, invocation: Invocation): System =>
  booted(loadSystem(name), invocation);
