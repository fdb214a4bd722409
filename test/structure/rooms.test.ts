import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/** What each room may import. A room whose imports are for types alone may name the other room as `type room`. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  units: [],
  engine: ['units'],
  pcie: ['units'],
  system: ['units', 'pcie'],
  policy: ['system', 'pcie'],
  routing: ['system', 'pcie', 'units'],
  fabric: ['engine', 'pcie', 'system', 'routing', 'units'],
  dma: ['engine', 'pcie', 'system', 'policy', 'routing', 'fabric', 'units'],
  observe: ['engine', 'units', 'type fabric', 'type dma'],
  report: ['units', 'observe', 'type system', 'type policy', 'type routing', 'type experiment'],
  import: ['system', 'pcie', 'units'],
  experiment: [
    'import',
    'units',
    'engine',
    'pcie',
    'system',
    'policy',
    'routing',
    'fabric',
    'dma',
    'observe',
    'report',
  ],
  node: ['system', 'policy', 'type import', 'experiment', 'report'],
  cli: [
    'units',
    'engine',
    'pcie',
    'system',
    'policy',
    'routing',
    'fabric',
    'dma',
    'observe',
    'report',
    'experiment',
    'node',
  ],
  index: ['units', 'engine', 'pcie', 'system', 'policy', 'routing', 'fabric', 'dma', 'observe', 'experiment'],
};

/** Rooms that may use a third-party package; policy reads kernel profiles with the schemas of system. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'heap-js': ['engine'],
  seedrandom: ['engine'],
  arquero: ['observe', 'report', 'experiment'],
  vega: ['report'],
  'vega-lite': ['report', 'type experiment', 'type cli'],
  '@resvg/resvg-js': ['report'],
  zod: ['system', 'policy', 'experiment'],
  yaml: ['system', 'experiment'],
  commander: ['cli'],
  'cli-progress': ['cli'],
  picocolors: ['cli', 'report'],
};

const BROWSER_ROOMS = ['units', 'engine', 'pcie', 'system', 'policy', 'routing', 'fabric', 'dma', 'observe'];

interface Import {
  readonly file: string;
  readonly room: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const roomOf = (path: string): string => path.split('/')[0]?.replace(/\.ts$/, '') ?? '';

function importsOf(path: string): readonly Import[] {
  const file = relative(SRC, path);
  const text = readFileSync(path, 'utf8');
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)|import '([^']+)'/g,
  );
  return [...statements].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    const target = specifier.startsWith('.') ? relative(SRC, join(dirname(path), specifier)) : specifier;
    return { file, room: roomOf(file), target, typeOnly: match[1] !== undefined };
  });
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const IMPORTS = FILES.flatMap((path) => importsOf(join(SRC, path)));
const isOwn = ({ target }: Import): boolean => target.endsWith('.ts');
const may = (allowed: readonly string[], room: string, typeOnly: boolean): boolean =>
  allowed.includes(room) || (typeOnly && allowed.includes(`type ${room}`));

const describeImport = ({ file, target }: Import): string => `${file} imports ${target}`;

describe('the rooms of src', () => {
  it('are all in the table of import rules', () => {
    expect(FILES.map(roomOf).filter((room) => !(room in ROOMS))).toEqual([]);
  });

  it('are read with their imports, those over several lines included', () => {
    const seen = IMPORTS.filter(({ file }) => file === 'fabric/assemble.ts').map(({ target }) => target);
    expect(seen).toContain('routing/link-channel.ts');
    expect(IMPORTS.filter(isOwn).length).toBeGreaterThan(300);
  });

  it('import only the rooms that they may know', () => {
    const against = IMPORTS.filter(isOwn).filter(({ room, target, typeOnly }) => {
      const other = roomOf(target);
      return other !== room && !may(ROOMS[room] ?? [], other, typeOnly);
    });
    expect(against.map(describeImport)).toEqual([]);
  });

  it('use third-party packages only where these have their room', () => {
    const against = IMPORTS.filter((one) => !isOwn(one) && !one.target.startsWith('node:')).filter(
      ({ room, target, typeOnly }) => {
        const name =
          Object.keys(PACKAGES).find((known) => target === known || target.startsWith(`${known}/`)) ?? '';
        return !may(PACKAGES[name] ?? [], room, typeOnly);
      },
    );
    expect(against.map(describeImport)).toEqual([]);
  });

  it('from units to observe need no node: module', () => {
    const against = IMPORTS.filter(
      ({ room, target }) => BROWSER_ROOMS.includes(room) && target.startsWith('node:'),
    );
    expect(against.map(describeImport)).toEqual([]);
  });

  it('give the library a face that needs no node: module, however deep', () => {
    const reached = new Set(['index.ts']);
    for (const file of reached) {
      for (const one of IMPORTS) if (one.file === file && isOwn(one)) reached.add(one.target);
    }
    expect(reached.size).toBeGreaterThan(100);
    const against = IMPORTS.filter(({ file, target }) => reached.has(file) && target.startsWith('node:'));
    expect(against.map(describeImport)).toEqual([]);
  });

  it('from engine to observe compute with no function of Math that differs between engines', () => {
    const banned = /Math\.(log\w*|exp\w*|pow|sinh?|cosh?|tanh?|a(sin|cos|tan)h?2?|cbrt|hypot|random)\b|\*\*/;
    const rooms = ['engine', 'fabric', 'dma', 'observe'];
    const against = FILES.filter((path) => rooms.includes(roomOf(path))).filter((path) =>
      banned.test(readFileSync(join(SRC, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(against).toEqual([]);
  });
});
