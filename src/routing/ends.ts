import { type DmaFunction, nodeOf } from '../system/ancestry.ts';
import { payloadLimits } from '../system/payload-limits.ts';
import type { System } from '../system/system.ts';

/** Memory is named `mem:<socket>`. */
export const isMemory = (end: string): boolean => end.startsWith('mem:');

/** The device with this id; RangeError for what starts and ends no transfer. */
export function deviceOf(system: System, id: string): DmaFunction {
  const node = isMemory(id) ? null : nodeOf(system, id);
  if (node?.kind === 'endpoint' || node?.kind === 'rciep') return node;
  throw new RangeError(`"${id}" is not a device of ${system.name}; expected one that can issue requests`);
}

/** Maximum payload size of an end; that of memory is the root complex's, which takes writes of any. */
export const payloadLimit = (system: System, end: string): number =>
  isMemory(end) ? Number.POSITIVE_INFINITY : payloadLimits(deviceOf(system, end)).mps;
