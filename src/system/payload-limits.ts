import { childrenOf, type DmaFunction } from './ancestry.ts';
import { type Bytes, bytes } from '../units.ts';
import type { System } from './system.ts';

/** Maximum payload and maximum read request that a function is set to: as the system states, else its part's. */
export function payloadLimits(node: DmaFunction): { readonly mps: Bytes; readonly mrrs: Bytes } {
  const { mps, mrrs } = node.part.dma;
  return node.kind === 'rciep' ? { mps, mrrs } : { mps: node.mps ?? mps, mrrs: node.mrrs ?? mrrs };
}

/** The least of an MPS. Source: PCIe Base Specification 5.0, section 7.5.3.4. */
const LEAST_MPS = 128;

/** Largest payload that crosses the link below a port: of what any device below it is set to. */
export function largestPayloadBelow(system: System, port: string): Bytes {
  const below = childrenOf(system, port).map((node) =>
    node.kind === 'endpoint' ? payloadLimits(node).mps : largestPayloadBelow(system, node.id),
  );
  return bytes(Math.max(LEAST_MPS, ...below));
}
