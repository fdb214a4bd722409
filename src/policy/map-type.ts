/** `enum pci_p2pdma_map_type` of Linux, without the two values that no pair of devices gets. */
export type MapType = 'BUS_ADDR' | 'THRU_HOST_BRIDGE' | 'NOT_SUPPORTED';
