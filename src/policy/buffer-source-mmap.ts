import { bufferSource, type SourceAnswer } from './buffer-source.ts';

/** An mmap of `p2pmem/allocate` in sysfs. */
export interface AllocateMmap {
  readonly shared: boolean;
  /** Bytes into the file. */
  readonly offset: number;
}

/**
 * Whether Linux lets a process map a provider's pool: shared and at offset 0 only, else -EINVAL. Source: kernel-p2pdma,
 * section 5.2 (Linux `p2pmem_alloc_mmap`).
 */
export function allocateMmap({ shared, offset }: AllocateMmap): SourceAnswer {
  if (!shared) return bufferSource('private mmap of sysfs allocate', 'paged');
  if (offset === 0) return bufferSource('shared mmap of sysfs allocate', 'paged');
  const reason = `-EINVAL: each mapping allocates memory of its own from offset 0, got offset ${offset}; map at offset 0`;
  return { allowed: false, reason };
}
