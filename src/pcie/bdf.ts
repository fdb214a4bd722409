/** Address of a PCI function: domain (segment), bus, device, function. */
export interface Bdf {
  /** 0 to 0xffffffff; Linux numbers those of VMD and Hyper-V above 0xffff. */
  readonly domain: number;
  /** 0 to 0xff. */
  readonly bus: number;
  /** 0 to 0x1f. */
  readonly device: number;
  /** 0 to 7. */
  readonly function: number;
}

const PATTERN = /^(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-9a-f])$/i;
const LARGEST: Bdf = { domain: 0xffffffff, bus: 0xff, device: 0x1f, function: 7 };
const PARTS = ['domain', 'bus', 'device', 'function'] as const;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

function checkRanges(bdf: Bdf, shown: string): Bdf {
  for (const part of PARTS) {
    const value = bdf[part];
    if (!Number.isInteger(value) || value < 0 || value > LARGEST[part]) {
      throw new RangeError(
        `${shown} has ${part} ${value}; expected 0 to 0x${LARGEST[part].toString(16)}; give the address that lspci -D prints`,
      );
    }
  }
  return bdf;
}

/**
 * Reads `dddd:bb:dd.f` as `lspci -D` prints it, or `bb:dd.f` in domain 0; hexadecimal, domains of 4 to 8 digits. Throws
 * RangeError. Source: PCIe Base Specification 5.0, section 2.2.4.2 (bus 8 bits, device 5, function 3).
 */
export function parseBdf(text: string): Bdf {
  const match = PATTERN.exec(text);
  if (!match) {
    throw new RangeError(
      `"${text}" is no PCI address; expected dddd:bb:dd.f or bb:dd.f in hexadecimal; write it like "0000:20:01.1"`,
    );
  }
  const field = (index: number): number => parseInt(match[index] ?? '0', 16);
  return checkRanges({ domain: field(1), bus: field(2), device: field(3), function: field(4) }, `"${text}"`);
}

/** Prints `dddd:bb:dd.f` in lower case, the domain with at least four digits. Throws RangeError for a field out of range. */
export function formatBdf(bdf: Bdf): string {
  const { domain, bus, device, function: fn } = checkRanges(bdf, 'a PCI address');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(device, 2)}.${fn}`;
}
