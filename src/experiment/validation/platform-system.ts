import { parseSystem } from '../../system/parse-system.ts';
import type { PartCatalogue } from '../../system/part-catalogue.ts';
import type { PartOf } from '../../system/part-lookup.ts';
import type { System } from '../../system/system.ts';
import type { MeasuredPlatform, MeasuredRow } from './measured-row.ts';

/** Parts by name, and which of them a published tree means. */
export interface PartLibrary {
  readonly catalogue: PartCatalogue;
  readonly partOf: PartOf;
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DEVICE_KINDS = ['switch', 'gpu', 'nic', 'nvme', 'cxl', 'fpga', 'other'];

interface Reading {
  readonly library: PartLibrary;
  readonly row: MeasuredRow;
  readonly cpu: string;
}

/** A switch whose model is not known may still be known for a chipset. */
function modelOf({ model, role }: Tree): string | undefined {
  if (typeof model === 'string') return model;
  return role === 'chipset' ? 'chipset' : undefined;
}

/** Published trees give payload sizes in bytes. */
const payloadText = (node: Tree, key: 'mps' | 'mrrs') =>
  typeof node[key] === 'number' ? { [key]: `${node[key]} B` } : {};

/** A tree's nodes with the parts that their models mean; links as the row has them. */
function withParts(node: unknown, reading: Reading): unknown {
  if (Array.isArray(node)) return node.map((each) => withParts(each, reading));
  if (!isTree(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, withParts(value, reading)]);
  const read = Object.fromEntries(entries) as Tree;
  const { kind, host_bridges: bridges } = node;
  if (bridges !== undefined) return { ...read, part: reading.cpu };
  if (typeof kind !== 'string' || !DEVICE_KINDS.includes(kind)) return read;
  const part = reading.library.catalogue.child(kind, modelOf(node));
  return { ...read, ...payloadText(node, 'mps'), ...payloadText(node, 'mrrs'), part };
}

/** Where a link is named by its child, the port above it is meant. */
function withOverrides(node: unknown, { overrides }: MeasuredRow): unknown {
  if (Array.isArray(node)) return node.map((each) => withOverrides(each, { overrides } as MeasuredRow));
  if (!isTree(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => [
    key,
    withOverrides(value, { overrides } as MeasuredRow),
  ]);
  const read = Object.fromEntries(entries) as Tree;
  const child = isTree(node.child) ? node.child.id : undefined;
  const change = overrides.find(({ link }) => link === node.id || link === child);
  if (change === undefined || !isTree(node.link)) return read;
  const { gen = node.link.gen, width = node.link.width } = change;
  return { ...read, link: { ...node.link, gen, width } };
}

const acsOf = ({ acs }: MeasuredRow) =>
  typeof acs === 'string' ? { redirect: [] } : { redirect: acs.redirect };

function iommuOf({ iommu: { mode, page_bytes: bytes } }: MeasuredRow) {
  if (mode === 'unknown') return { mode: 'off' };
  return { mode, ...(bytes ? { page_bytes: `${bytes} B` } : {}) };
}

/**
 * The machine of a row: the platform's tree with the parts that its models name, generic ones where nothing is known, and links,
 * ACS and IOMMU as in the row. Throws ModelError for a tree that is none.
 */
export function platformSystem(platform: MeasuredPlatform, row: MeasuredRow, library: PartLibrary): System {
  const { cpu, topology } = platform;
  const reading = { library, row, cpu: library.catalogue.cpu(cpu) };
  const tree = withOverrides(withParts(topology, reading), row) as Tree;
  const entry = { system: 'measured', iommu: iommuOf(row), acs: acsOf(row), ...tree };
  return parseSystem(JSON.stringify(entry), `platform of row ${row.id}`, library.partOf);
}
