import type { AcsSetting, Ends, MeasuredPlatform, MeasuredRow } from './measured-row.ts';

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of a tree whose texts name nothing outside it. */
const NAMES = ['id', 'chip', 'quadrant'] as const;

/** New names by old ones, in the order of the tree. */
function namesIn(node: unknown, names: Map<string, string>): void {
  if (Array.isArray(node)) for (const each of node) namesIn(each, names);
  if (!isTree(node)) return;
  for (const key of NAMES) {
    const name = node[key];
    if (typeof name === 'string' && !names.has(name)) names.set(name, `n${names.size}`);
  }
  for (const value of Object.values(node)) namesIn(value, names);
}

const MEMORY = 'mem:';

function renamer(names: ReadonlyMap<string, string>): (name: string) => string {
  const plain = (name: string): string => names.get(name) ?? name;
  return (name) => (name.startsWith(MEMORY) ? `${MEMORY}${plain(name.slice(MEMORY.length))}` : plain(name));
}

function renamed(node: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(node)) return node.map((each) => renamed(each, rename));
  if (!isTree(node)) return node;
  const entries = Object.entries(node).map(([key, value]) => {
    if (typeof value === 'string' && NAMES.some((name) => name === key)) return [key, rename(value)];
    if (key === 'between' && Array.isArray(value)) return [key, value.map((end) => rename(String(end)))];
    return [key, renamed(value, rename)];
  });
  return Object.fromEntries(entries) as Tree;
}

function acsOf(acs: AcsSetting, rename: (name: string) => string): AcsSetting {
  if (typeof acs === 'string' || acs.redirect === 'all') return acs;
  return { redirect: acs.redirect.map(rename) };
}

/** A row and its machine. */
export interface PlacedRow {
  readonly row: MeasuredRow;
  readonly platform: MeasuredPlatform;
}

/**
 * The same row on the same machine, whose sockets, ports, devices, chips and quadrants have numbers for names: no prediction can
 * depend on what something is called. Source: measurements, `_schema.about`.
 */
export function anonymousRow({ row, platform }: PlacedRow): PlacedRow {
  const names = new Map<string, string>();
  namesIn(platform.topology, names);
  const rename = renamer(names);
  const ends = ([from, to]: Ends): Ends => [rename(from), rename(to)];
  const background = row.background_flows?.map(ends);
  return {
    platform: { ...platform, topology: renamed(platform.topology, rename) as Tree | null },
    row: {
      ...row,
      id: 'row',
      platform: 'platform',
      flows: row.flows.map(ends),
      ...(background ? { background_flows: background } : {}),
      acs: acsOf(row.acs, rename),
      overrides: row.overrides.map((change) => ({ ...change, link: rename(change.link) })),
    },
  };
}
