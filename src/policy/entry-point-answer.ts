import type { IommuMode } from '../system/system.ts';
import { addressFor } from './address.ts';
import { type EntryPoint, type MappingCause, type MappingError, mappingError } from './entry-point.ts';
import { type DmaEntry, iovaEntries, type PhysicalRange, placedEntries } from './entry-point-entries.ts';
import type { MapType } from './map-type.ts';

/** What the kernel's DMA layer knows of the device that is to be given addresses. */
export interface DmaDevice {
  readonly iommu: IommuMode;
  /** Bits of an address that the device can send, 64 for most. */
  readonly dmaMaskBits: number;
  /** Whether all DMA must go through bounce buffers (`swiotlb=force`), as in confidential guests. */
  readonly swiotlbForced: boolean;
  /** Whether the architecture has DMA operations of its own, in place of dma-direct and dma-iommu. */
  readonly archDmaOps: boolean;
}

/** A peer's memory that is to be mapped for a device. */
export interface MappingQuestion {
  readonly device: DmaDevice;
  readonly mapType: MapType;
  /** Of the provider's host bridge: PCI bus address minus CPU address, in bytes. */
  readonly busOffset: number;
  readonly ranges: readonly PhysicalRange[];
}

/** Entries of one kind, how they are mapped, and what their end costs; or why there are none. */
export type DmaAnswer =
  | MappingError
  | {
      readonly kind: 'BUS' | 'PHYS';
      readonly entries: readonly DmaEntry[];
      readonly unmapWork: 'none';
    }
  | {
      readonly kind: 'IOVA';
      readonly entries: readonly DmaEntry[];
      /** Page tables are written for uncached MMIO, not for memory. */
      readonly protection: 'MMIO';
      /** Page table entries are cleared, and the IOTLB is invalidated. */
      readonly unmapWork: 'IOTLB';
    };

/** Whether a device can send all addresses of a range; those that are not stated are taken to be such. */
export function canAddress(bits: number, { address, bytes }: PhysicalRange): boolean {
  return address === null || address + Math.max(bytes ?? 1, 1) <= 2 ** bits;
}

function causeOf({ device, ranges }: MappingQuestion, kind: DmaEntry['kind'] | null): MappingCause | null {
  if (device.archDmaOps) return 'P2P_UNSUPPORTED';
  if (kind === null) return 'NOT_SUPPORTED';
  if (kind !== 'PHYS') return null;
  const reaches = ranges.every((range) => canAddress(device.dmaMaskBits, range));
  return reaches && !device.swiotlbForced ? null : 'DMA_MAPPING_ERROR';
}

function totalBytes(ranges: readonly PhysicalRange[]): number | null {
  return ranges.reduce<number | null>(
    (sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes),
    0,
  );
}

/**
 * What a device is given for a peer's memory by an entry point: bus addresses, a range after the other; one IOVA range for
 * all of them together; or physical addresses, which are never bounced. Source: kernel-p2pdma, section 2.
 */
export function entryPointAnswer(entryPoint: EntryPoint, question: MappingQuestion): DmaAnswer {
  const { device, mapType, busOffset, ranges } = question;
  const kind = addressFor(mapType, device.iommu);
  const cause = causeOf(question, kind);
  if (cause !== null || kind === null) return mappingError(entryPoint, cause ?? 'NOT_SUPPORTED');
  if (kind === 'IOVA') {
    const entries = iovaEntries(0, totalBytes(ranges));
    return { kind, entries, protection: 'MMIO', unmapWork: 'IOTLB' };
  }
  const offset = kind === 'BUS' ? busOffset : 0;
  const entries = ranges.flatMap((range) => placedEntries(kind, range, offset));
  return { kind, entries, unmapWork: 'none' };
}
