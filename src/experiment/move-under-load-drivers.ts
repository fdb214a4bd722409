import type { ExporterKind } from '../dma/life/exporter-kind.ts';
import type { ImporterKind } from '../dma/life/importer-kind.ts';

/** Someone who uses memory of `gpu0` when that is taken away: moved, or revoked where its driver keeps it from moving. */
export interface MovedDriver {
  readonly driver: string;
  readonly device: string;
  readonly kind: ImporterKind['name'];
  readonly op: 'write' | 'read';
  readonly exporter: ExporterKind['name'];
  readonly what: 'move' | 'revoke';
}

/**
 * Drivers of each kind that can be told, on devices below the switch of `gpu0`: of a NIC that faults, of a GPU that writes in
 * jobs, and iommufd, which hands a NIC to a guest and pins.
 */
export const MOVED_DRIVERS: readonly MovedDriver[] = [
  { driver: 'NIC writes', device: 'nic0', kind: 'page-fault', op: 'write', exporter: 'gpu', what: 'move' },
  { driver: 'GPU jobs', device: 'gpu1', kind: 'gpu', op: 'write', exporter: 'gpu', what: 'move' },
  { driver: 'iommufd', device: 'nic0', kind: 'iommufd', op: 'write', exporter: 'vfio', what: 'revoke' },
  { driver: 'NIC reads', device: 'nic0', kind: 'page-fault', op: 'read', exporter: 'gpu', what: 'move' },
];
