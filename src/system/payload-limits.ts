import type { DmaFunction } from './ancestry.ts';
import type { Bytes } from '../units.ts';

/** Maximum payload and maximum read request that a function is set to: as the system states, else its part's. */
export function payloadLimits(node: DmaFunction): { readonly mps: Bytes; readonly mrrs: Bytes } {
  const { mps, mrrs } = node.part.dma;
  return node.kind === 'rciep' ? { mps, mrrs } : { mps: node.mps ?? mps, mrrs: node.mrrs ?? mrrs };
}
