import type { System } from '../system/system.ts';

/**
 * The boot option that clears ACS redirect in the given functions, quoted for a shell: devices are separated by `;`, as
 * Linux splits `pci=` at commas and would lose all but the first. A function without a BDF is named by its id in `<>`.
 * Source: kernel-p2pdma 1.6 and 7, points 3 and 6.
 */
export function disableRedirectOption(system: System, functions: readonly string[]): string {
  const names = functions.map((id) => system.nodes[id]?.bdf ?? `<BDF of ${id}>`);
  return `"pci=disable_acs_redir=${names.join(';')}"`;
}
