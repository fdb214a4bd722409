import type * as z from 'zod';
import { formatBdf, parseBdf } from '../pcie/bdf.ts';
import { GENERATIONS, type Generation, type Width, WIDTHS } from '../pcie/generation.ts';
import { leaf } from './leaf.ts';

/** Vendor and device number of a function. */
export interface PciId {
  readonly vendor: number;
  readonly device: number;
}

const PCI_ID = /^([0-9a-f]{4}):([0-9a-f]{4})$/i;
/** SV, TB, RR, CR, UF, EC and DT. */
const ACS_BITS = 0x7f;

const integer = (value: unknown, least: number, most: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : undefined;

/** `8086:09a2` as `lspci -n` prints it. */
export const pciId: z.ZodType<PciId> = leaf<PciId>({
  expected: 'vendor:device in hexadecimal',
  remedy: 'write it like "8086:09a2"',
  schema: { type: 'string', pattern: '^[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$', description: 'vendor:device' },
  read(value) {
    const match = typeof value === 'string' ? PCI_ID.exec(value) : null;
    return match ? { vendor: parseInt(match[1] ?? '', 16), device: parseInt(match[2] ?? '', 16) } : undefined;
  },
});

/** `dddd:bb:dd.f`, or `bb:dd.f` in domain 0; read as `dddd:bb:dd.f` in lower case. */
export const bdf = leaf<string>({
  expected: 'an address dddd:bb:dd.f in hexadecimal (domain, bus, device up to 1f, function up to 7)',
  remedy: 'write it like "0000:20:01.1"',
  schema: {
    type: 'string',
    pattern: '^([0-9a-fA-F]{4,8}:)?[0-9a-fA-F]{2}:[01][0-9a-fA-F]\\.[0-7]$',
    description: 'dddd:bb:dd.f',
  },
  read: (value) => (typeof value === 'string' ? formatBdf(parseBdf(value)) : undefined),
});

export const generation = leaf<Generation>({
  expected: `a PCIe generation, one of ${GENERATIONS.join(', ')}`,
  remedy: 'write the number alone',
  schema: { enum: GENERATIONS, description: 'PCIe generation' },
  read: (value) => GENERATIONS.find((known) => known === value),
});

export const width = leaf<Width>({
  expected: `one of ${WIDTHS.join(', ')}`,
  remedy: 'write the number of lanes alone',
  schema: { enum: WIDTHS, description: 'lanes' },
  read: (value) => WIDTHS.find((known) => known === value),
});

/** An ACS register: SV 0x01, TB 0x02, RR 0x04, CR 0x08, UF 0x10, EC 0x20, DT 0x40. */
export const acsRegister = leaf<number>({
  expected: 'ACS bits from 0x00 to 0x7f (SV 0x01, TB 0x02, RR 0x04, CR 0x08, UF 0x10, EC 0x20, DT 0x40)',
  remedy: 'write it like 0x1d',
  schema: { type: 'integer', minimum: 0, maximum: ACS_BITS, description: 'ACS bits' },
  read: (value) => integer(value, 0, ACS_BITS),
});

export const domain = leaf<number>({
  expected: 'a PCI domain from 0 to 0xffffffff',
  remedy: 'write it like 0 or 0x10000',
  schema: { type: 'integer', minimum: 0, maximum: 0xffffffff, description: 'PCI domain (segment)' },
  read: (value) => integer(value, 0, 0xffffffff),
});
