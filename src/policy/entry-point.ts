/**
 * The ways by which a driver has a buffer mapped: `dma_map_sgtable`, `dma_map_sg`, DMABUF (`dma_buf_phys_vec_to_sgt`) and the
 * block layer's iterator. Source: kernel-p2pdma, section 2.
 */
export const ENTRY_POINTS = ['dma_map_sgtable', 'dma_map_sg', 'dmabuf', 'block_layer'] as const;

export type EntryPoint = (typeof ENTRY_POINTS)[number];

/**
 * Why nothing is mapped: the map type refuses it; a map type that allows it meets a device mask that is too small, or bounce
 * buffers that are forced; or the architecture's own DMA operations know no P2P memory.
 */
export type MappingCause = 'NOT_SUPPORTED' | 'DMA_MAPPING_ERROR' | 'P2P_UNSUPPORTED';

/** A mapping that failed. */
export interface MappingError {
  readonly kind: 'ERROR';
  readonly cause: MappingCause;
  /** What the caller sees: the entry point's own error, or what `cause` is where that is not known to differ. */
  readonly returns: string | 0;
  /** Whether trying again is of no use. */
  readonly final: boolean;
}

const REFUSED: Readonly<Record<EntryPoint, string | 0>> = {
  dma_map_sgtable: '-EREMOTEIO',
  dma_map_sg: 0,
  dmabuf: '-EINVAL',
  block_layer: 'BLK_STS_INVAL',
};

/** The error of an entry point. Source: kernel-p2pdma, section 2 (vectors D05 to D08). */
export function mappingError(entryPoint: EntryPoint, cause: MappingCause): MappingError {
  switch (cause) {
    case 'NOT_SUPPORTED':
      return { kind: 'ERROR', cause, returns: REFUSED[entryPoint], final: true };
    case 'DMA_MAPPING_ERROR':
      return { kind: 'ERROR', cause, returns: cause, final: true };
    case 'P2P_UNSUPPORTED':
      return { kind: 'ERROR', cause, returns: 'dma_pci_p2pdma_supported() is false', final: true };
  }
}
