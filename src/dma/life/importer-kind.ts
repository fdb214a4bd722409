/** How a driver uses a buffer of another one. Source: kernel-p2pdma, section 5.1. */
export interface ImporterKind {
  readonly name: 'page-fault' | 'iommufd' | 'gpu' | 'pinned' | 'static';
  /** Static: without importer operations; dynamic: may use peer memory; revocable: is told when it goes. */
  readonly attaches: 'static' | 'dynamic' | 'revocable';
  readonly pins: boolean;
  /** When told: stops and unmaps within the callback, or lets the job under way end behind a fence. */
  readonly stops: 'at-once' | 'behind-fence';
  /** The device has a table of its own, which is zapped; and the next access faults. */
  readonly faults: boolean;
  /** All buffers of the driver are unmapped under one mutex. */
  readonly mutex: boolean;
}

export const IMPORTER_KINDS: Readonly<Record<ImporterKind['name'], ImporterKind>> = {
  'page-fault': {
    name: 'page-fault',
    attaches: 'revocable',
    pins: false,
    stops: 'at-once',
    faults: true,
    mutex: false,
  },
  iommufd: {
    name: 'iommufd',
    attaches: 'revocable',
    pins: true,
    stops: 'at-once',
    faults: false,
    mutex: true,
  },
  gpu: {
    name: 'gpu',
    attaches: 'revocable',
    pins: false,
    stops: 'behind-fence',
    faults: false,
    mutex: false,
  },
  pinned: { name: 'pinned', attaches: 'dynamic', pins: true, stops: 'at-once', faults: false, mutex: false },
  static: { name: 'static', attaches: 'static', pins: false, stops: 'at-once', faults: false, mutex: false },
};
