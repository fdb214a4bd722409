import { parseBdf } from '../pcie/bdf.ts';
import { chain } from '../system/ancestry.ts';
import type { System, SystemNode } from '../system/system.ts';

/** Functions that a boot option names: by a path from a root bus, or by vendor and device, of which 0 is any. */
export type DeviceMatch =
  | { readonly kind: 'path'; readonly root: string; readonly below: readonly string[] }
  | { readonly kind: 'id'; readonly vendor: number; readonly device: number };

/** `device.function` of a BDF. */
const slotOf = (bdf: string): string => bdf.slice(bdf.lastIndexOf(':') + 1);

function parsePath(text: string): DeviceMatch | null {
  const [first = '', ...below] = text.split('/');
  if (!below.every((step) => /^[0-9a-f]{2}\.[0-7]$/i.test(step))) return null;
  const full = /^[0-9a-f]{2}:/i.test(first) && first.split(':').length === 2 ? `0000:${first}` : first;
  try {
    parseBdf(full);
  } catch {
    return null;
  }
  return { kind: 'path', root: full.toLowerCase(), below: below.map((step) => step.toLowerCase()) };
}

/**
 * Reads `[domain:]bus:dev.fn[/dev.fn]...` or `pci:vendor:device[:subvendor:subdevice]`, null where it is neither; subsystem ids
 * are no part of a system and narrow nothing. Source: kernel-p2pdma, section 3.2.
 */
export function parseDeviceMatch(text: string): DeviceMatch | null {
  const id = /^pci:([0-9a-f]{1,4}):([0-9a-f]{1,4})(?::[0-9a-f]{1,4}){0,2}$/i.exec(text);
  if (id === null) return parsePath(text);
  return {
    kind: 'id',
    vendor: Number.parseInt(id[1] as string, 16),
    device: Number.parseInt(id[2] as string, 16),
  };
}

/** An id of 0 is any. */
const isId = (wanted: number, own: number | null): boolean => wanted === 0 || wanted === own;

/** Whether a boot option names this function. */
export function matchesDevice(system: System, node: SystemNode, match: DeviceMatch): boolean {
  if (match.kind === 'id') {
    return isId(match.vendor, node.vendor) && isId(match.device, node.device);
  }
  const above = chain(system, node.id)
    .slice(0, match.below.length + 1)
    .map(({ bdf }) => bdf ?? '');
  if (above.length < match.below.length + 1 || above.at(-1) !== match.root) return false;
  return match.below.toReversed().every((step, i) => slotOf(above[i] as string) === step);
}
