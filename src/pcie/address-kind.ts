/**
 * What kind of address a device was given for a peer's memory: a PCI bus address, an I/O virtual address that only the
 * IOMMU can resolve, or a CPU physical address. Source: kernel-p2pdma, section 2.
 */
export type AddressKind = 'BUS' | 'IOVA' | 'PHYS';

/** The AT field of a memory request: whether the address has already been translated by ATS. */
export type AddressType = 'untranslated' | 'translated';
