import { canAddress, type DmaDevice } from './entry-point-answer.ts';
import type { MappingCause } from './entry-point.ts';
import type { MapType } from './map-type.ts';

/** A segment of a scatterlist; its provider is the function whose memory it is, null for ordinary memory. */
export interface ListSegment {
  readonly provider: string | null;
  /** CPU physical address. */
  readonly address: number;
  readonly bytes: number;
}

/** What the policy says of a provider for the device that maps the list. */
export interface ProviderState {
  readonly mapType: MapType;
  /** Of the provider's host bridge: PCI bus address minus CPU address, in bytes. */
  readonly busOffset: number;
}

/** What becomes of one segment: `offset` is added to its address; a bounced one is copied to memory within reach. */
export type SegmentTreatment =
  | { readonly kind: 'BUS' | 'PHYS'; readonly offset: number }
  | { readonly kind: 'IOVA' | 'BOUNCED' }
  | { readonly kind: 'ERROR'; readonly cause: MappingCause };

const direct = (device: DmaDevice, segment: ListSegment): boolean =>
  canAddress(device.dmaMaskBits, segment) && !device.swiotlbForced;

function memoryTreatment(device: DmaDevice, segment: ListSegment): SegmentTreatment {
  if (device.iommu === 'translate') return { kind: 'IOVA' };
  return direct(device, segment) ? { kind: 'PHYS', offset: 0 } : { kind: 'BOUNCED' };
}

function hostBridgeTreatment(device: DmaDevice, segment: ListSegment): SegmentTreatment {
  if (device.iommu === 'translate') return { kind: 'IOVA' };
  return direct(device, segment)
    ? { kind: 'PHYS', offset: 0 }
    : { kind: 'ERROR', cause: 'DMA_MAPPING_ERROR' };
}

/**
 * What becomes of a segment of ordinary memory (`state` null) or of a provider: memory is bounced where the device cannot
 * reach it, a peer's never is. Source: kernel-p2pdma, section 2.
 */
export function segmentTreatment(
  device: DmaDevice,
  segment: ListSegment,
  state: ProviderState | null,
): SegmentTreatment {
  if (state === null) return memoryTreatment(device, segment);
  if (device.archDmaOps) return { kind: 'ERROR', cause: 'P2P_UNSUPPORTED' };
  switch (state.mapType) {
    case 'BUS_ADDR':
      return { kind: 'BUS', offset: state.busOffset };
    case 'THRU_HOST_BRIDGE':
      return hostBridgeTreatment(device, segment);
    case 'NOT_SUPPORTED':
      return { kind: 'ERROR', cause: 'NOT_SUPPORTED' };
  }
}
