import * as z from 'zod';
import { isBitErrorRate, MOST_BIT_ERRORS } from './bit-error-rate.ts';
import { barList } from './bar-schema.ts';
import type { ChildEntry, EndpointEntry, PciBridgeEntry, RedirectEntry } from './child-entry.ts';
import { leaf, record } from './leaf.ts';
import { id, partName, text } from './names.ts';
import { acsRegister, bdf, generation, pciId, width } from './pci-values.ts';
import { payloadSize } from './quantities.ts';

export const deviceKind = z.enum(['gpu', 'nic', 'nvme', 'cxl', 'fpga', 'other']);

const place = { bdf: bdf.optional(), pci_id: pciId.optional() };
const ACS_EXAMPLE = '{ capability: 0x5f, control: 0x1d }';
const acs = record({ capability: acsRegister.optional(), control: acsRegister }, ACS_EXAMPLE).nullish();
/** Keys of any function. */
export const functionShape = { ...place, acs };

const published = leaf<number>({
  expected: 'a number above 0',
  remedy: 'write it like 7.1 (GB/s, as the key says)',
  schema: { type: 'number', exclusiveMinimum: 0 },
  read: (value) => (typeof value === 'number' && value > 0 ? value : undefined),
});

/** What published trees say of a device besides: its model and role, on which nothing depends, and what its media or network can. */
const notes = {
  model: text.optional(),
  role: text.optional(),
  media: record({ read_GBps: published.optional(), write_GBps: published.optional() }).optional(),
  network: record({ rate_GBps: published.optional() }).optional(),
};

export const bitErrorRate = leaf<number>({
  expected: 'a bit-error rate from 0 to 1e-4',
  remedy: 'write it like 1e-7; above 1e-4 no link trains (assumed)',
  schema: { type: 'number', minimum: 0, maximum: MOST_BIT_ERRORS },
  read: (value) => (typeof value === 'number' && isBitErrorRate(value) ? value : undefined),
});

const speed = { gen: generation, width };

export const linkSchema = record(
  {
    ...speed,
    current: record(speed, '{ gen: 1, width: 16 }').optional(),
    stated: z.boolean().optional(),
    bit_error_rate: bitErrorRate.optional(),
  },
  '{ gen: 5, width: 16 }',
);

/** Ports with SV, RR, CR and UF set; of the system, or of the switch that says it, all others have none. */
export const redirect = leaf<RedirectEntry>({
  expected: 'a list of port names, or all',
  remedy: 'write it like [sw1.d0, sw1.d1], [] or all',
  schema: {
    anyOf: [{ const: 'all' }, { type: 'array', items: { type: 'string' } }],
    description:
      'ports with SV, RR, CR and UF (0x1d) set, as Linux does with an IOMMU; the others have all off',
  },
  read: (value) =>
    value === 'all' || (Array.isArray(value) && value.every((each) => typeof each === 'string'))
      ? value
      : undefined,
});

const virtualFunctions = z.union([
  leaf<number>({
    expected: 'a count from 1 to 65535, or a list of virtual functions',
    remedy: 'write it like 4, or leave it away where there are none',
    schema: { type: 'integer', minimum: 1, maximum: 65535 },
    read: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535
        ? value
        : undefined,
  }),
  z.array(record({ ...functionShape, id: id.optional(), bars: barList.optional() })),
]);

const dmaShape = {
  ...functionShape,
  ...notes,
  part: partName.optional(),
  mps: payloadSize.optional(),
  mrrs: payloadSize.optional(),
  bars: barList.optional(),
  virtual_functions: virtualFunctions.optional(),
};

const endpoint = record({
  kind: deviceKind,
  id,
  ...dmaShape,
  functions: z.array(record({ ...dmaShape, id: id.optional(), kind: deviceKind.optional() })).optional(),
});

const pciBridge = record({
  kind: z.literal('pci_bridge'),
  id,
  ...place,
  get children(): z.ZodType<(EndpointEntry | PciBridgeEntry)[]> {
    return z.array(z.discriminatedUnion('kind', [endpoint, pciBridge]));
  },
});

const switchAcs = record(
  { redirect: redirect.optional(), capability: acsRegister.optional(), control: acsRegister.optional() },
  '{ redirect: all }',
);

const port = record({
  id: id.optional(),
  ...functionShape,
  link: linkSchema,
  get child(): z.ZodType<ChildEntry | null | undefined> {
    return childSchema.nullish();
  },
});

const pcieSwitch = record({
  kind: z.literal('switch'),
  id,
  ...place,
  model: text.optional(),
  role: text.optional(),
  part: partName.optional(),
  chip: id.optional(),
  acs: switchAcs.nullish(),
  ports: z.array(port),
});

/** A switch, an endpoint or a bridge to conventional PCI. */
export const childSchema: z.ZodType<ChildEntry> = z
  .lazy(() => z.discriminatedUnion('kind', [pcieSwitch, endpoint, pciBridge]))
  .meta({ id: 'child' }) as z.ZodType<ChildEntry>;
