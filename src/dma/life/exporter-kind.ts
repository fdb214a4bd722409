/** What a driver that exports memory of its device can do. Source: kernel-p2pdma, section 5.1 and vectors L01 to L12. */
export interface ExporterKind {
  readonly name: 'vfio' | 'gpu' | 'uverbs';
  /** There is nothing behind the BAR: importers that cannot reach it are refused. */
  readonly peerOnly: boolean;
  /** Attachments must be told when the memory goes. */
  readonly revocable: boolean;
  /** The memory can move between the device and the system. */
  readonly movable: boolean;
  readonly pins: boolean;
}

export const EXPORTER_KINDS: Readonly<Record<ExporterKind['name'], ExporterKind>> = {
  vfio: { name: 'vfio', peerOnly: true, revocable: true, movable: false, pins: true },
  gpu: { name: 'gpu', peerOnly: false, revocable: false, movable: true, pins: true },
  uverbs: { name: 'uverbs', peerOnly: true, revocable: true, movable: false, pins: false },
};
