const hex = (value: number): string => value.toString(16).padStart(4, '0');

/** `8086:09a2`, as the kernel prints vendor and device. */
export const pciId = (vendor: number, device: number): string => `${hex(vendor)}:${hex(device)}`;
