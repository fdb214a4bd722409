import type { AddressKind } from '../pcie/address-kind.ts';
import type { IommuMode } from '../system/system.ts';
import type { MapType } from './map-type.ts';

/**
 * What the client is given for the peer's memory: a bus address; an IOVA where the IOMMU translates and the traffic passes
 * it; else the physical address. Null where the mapping is refused. Source: kernel-p2pdma, section 2.
 */
export function addressFor(mapType: MapType, mode: IommuMode): AddressKind | null {
  switch (mapType) {
    case 'BUS_ADDR':
      return 'BUS';
    case 'THRU_HOST_BRIDGE':
      return mode === 'translate' ? 'IOVA' : 'PHYS';
    case 'NOT_SUPPORTED':
      return null;
  }
}
