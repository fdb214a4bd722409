/** What a request may come from: where a buffer of a peer's memory meets the kernel. */
export const BUFFER_SOURCES = [
  'O_DIRECT',
  'O_DIRECT with FOLL_LONGTERM',
  'nvmet',
  'block layer',
  'scatterlist',
  'shared mmap of sysfs allocate',
  'private mmap of sysfs allocate',
  'DMABUF',
  'read() and write()',
  'CPU memcpy',
] as const;

export type BufferSource = (typeof BUFFER_SOURCES)[number];

/** Whether the memory has a `struct page` (ZONE_DEVICE), or is MMIO without one. */
export type Backing = 'paged' | 'pageless';

/** Whether a source may use a buffer, and why not. */
export type SourceAnswer =
  | { readonly allowed: true; readonly condition: string }
  | { readonly allowed: false; readonly reason: string };

const allow = (condition: string): SourceAnswer => ({ allowed: true, condition });
const refuse = (reason: string): SourceAnswer => ({ allowed: false, reason });

const COPY = refuse('the CPU must not copy from or to memory of a peer: its pages are not cache coherent');
const FILE = refuse('read() and write() copy by the CPU, and a buffer of a peer is no target for that');
const NO_PAGE = refuse('the memory has no struct page, which this source hands on; export it as a DMABUF');
const NO_FILE = refuse('the sysfs file hands out pages of a pool, and this memory has none');
const PRIVATE = refuse('-EINVAL: a private mapping would copy pages on write; map it shared');
const LONGTERM = refuse('FOLL_LONGTERM would hold pages for as long as a process likes, and unbinding waits');

const PAGED: Readonly<Record<BufferSource, SourceAnswer>> = {
  O_DIRECT: allow('with FOLL_PCI_P2PDMA'),
  'O_DIRECT with FOLL_LONGTERM': LONGTERM,
  nvmet: allow('from published p2pmem, else it uses system memory'),
  'block layer': allow('on queues that take P2P pages'),
  scatterlist: allow('mapped with dma_map_sgtable or dma_map_sg'),
  'shared mmap of sysfs allocate': allow('at offset 0'),
  'private mmap of sysfs allocate': PRIVATE,
  DMABUF: allow('by an exporter that hands out addresses'),
  'read() and write()': FILE,
  'CPU memcpy': COPY,
};

const PAGELESS: Readonly<Record<BufferSource, SourceAnswer>> = {
  O_DIRECT: NO_PAGE,
  'O_DIRECT with FOLL_LONGTERM': NO_PAGE,
  nvmet: NO_PAGE,
  'block layer': NO_PAGE,
  scatterlist: NO_PAGE,
  'shared mmap of sysfs allocate': NO_FILE,
  'private mmap of sysfs allocate': NO_FILE,
  DMABUF: allow('with an importer that takes peer memory'),
  'read() and write()': FILE,
  'CPU memcpy': COPY,
};

/**
 * Whether requests of a source may use a buffer in a peer's memory: page-backed memory goes through most of the kernel,
 * MMIO without pages through DMABUF alone, and neither through the CPU. Source: kernel-p2pdma, sections 5.2 and 8.
 */
export function bufferSource(source: BufferSource, backing: Backing): SourceAnswer {
  switch (backing) {
    case 'paged':
      return PAGED[source];
    case 'pageless':
      return PAGELESS[source];
  }
}
