import { socketOf } from '../system/ancestry.ts';
import { payloadLimits } from '../system/payload-limits.ts';
import type { System } from '../system/system.ts';
import { deviceOf, isMemory, payloadLimit } from './ends.ts';
import { rolesOf, type TransferSpec } from './transfer-spec.ts';

/** Read completion boundary of all but root complexes. Source: PCIe Base Specification 5.0, section 2.3.1.1. */
const ENDPOINT_RCB = 128;

/** How an end cuts and delays its completions to a requester. */
export interface CompleterRule {
  readonly rcb: number;
  readonly chunk: number;
  readonly latency: number;
}

/** The rule of the far end of a read, memory's or a device's, for this requester. */
export function completerRule(system: System, spec: TransferSpec): CompleterRule {
  const { initiator, target } = rolesOf(spec);
  const limit = Math.min(payloadLimit(system, initiator), payloadLimit(system, target));
  if (isMemory(target)) {
    const { rcb, completionChunk, shortReads, memoryLatency, cacheLatency } = socketOf(system, target).part;
    const request = Math.min(spec.size, payloadLimits(deviceOf(system, initiator)).mrrs);
    return {
      rcb,
      chunk: request <= (shortReads ?? 0) ? rcb : Math.min(limit, completionChunk),
      latency: spec.cached ? cacheLatency : memoryLatency,
    };
  }
  const { completionChunk, latency } = deviceOf(system, target).part.completer;
  return { rcb: ENDPOINT_RCB, chunk: Math.min(limit, completionChunk), latency };
}
