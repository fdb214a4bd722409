import { join } from 'node:path';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { parseKernelProfile } from '../policy/parse-kernel-profile.ts';
import { newestKernel, sortKernels } from '../policy/sort-kernels.ts';
import { closeNames } from '../system/close-names.ts';
import { listModels, modelsFolder } from './models-folder.ts';
import { readText } from './read-text.ts';
import { shownPath } from './shown-path.ts';

/** Names of all kernel profiles of this package, such as `linux-7.3`, from the oldest release to the newest, then proposals. */
export const listKernelProfiles = (): readonly string[] => sortKernels(listModels('kernels'));

/** Told apart from a name by a slash or by how it ends. */
export const isKernelFile = (name: string): boolean => name.includes('/') || name.endsWith('.yaml');

/**
 * A kernel profile by its name in `models/kernels`, or by the path of its file; the newest release where the name is null.
 * Throws RangeError for an unknown name and ModelError for a file that is not good.
 */
export function loadKernelProfile(name: string | null = null): KernelProfile {
  const known = listKernelProfiles();
  const wanted = name ?? newestKernel(known) ?? '';
  if (isKernelFile(wanted)) return parseKernelProfile(readText(wanted), shownPath(wanted));
  if (!known.includes(wanted)) {
    const close = closeNames(wanted, known);
    const hint = close.length > 0 ? `did you mean ${close.join(' or ')}? ` : '';
    throw new RangeError(
      `"${wanted}" is no kernel profile; ${hint}Known: ${known.join(', ')}, or the path of a file, such as ./my-kernel.yaml`,
    );
  }
  const file = join(modelsFolder('kernels'), `${wanted}.yaml`);
  return parseKernelProfile(readText(file), file);
}
