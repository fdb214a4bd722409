import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { chain, endpoints, hostBridgeOf, linkOf } from '../../src/system/ancestry.ts';
import { parseSystem } from '../../src/system/parse-system.ts';
import { parsePart } from '../../src/system/parse-part.ts';
import type { Part } from '../../src/system/part.ts';

const parts = new Map<string, Part>();
const partOf = (name: string): Part => {
  const part = parts.get(name) ?? loadPart(name);
  parts.set(name, part);
  return part;
};

type Tree = { readonly [key: string]: unknown };

/** Each id of a random tree is `?`; the numbering makes them unique. */
const id = fc.constant('?');
const acs = fc.constantFrom(undefined, null, { capability: 0x5f, control: 0x1d }, { control: 0 });
const speed = { gen: fc.constantFrom(1, 2, 3, 4, 5, 6, 7), width: fc.constantFrom(1, 2, 4, 8, 16, 32) };
const link = fc.record({
  ...speed,
  current: fc.constantFrom(undefined, { gen: 1, width: 1 }),
  bit_error_rate: fc.constantFrom(undefined, 0, 1e-12, 1e-4),
});
const kind = fc.constantFrom('gpu', 'nic', 'nvme', 'cxl', 'fpga', 'other');

const { child } = fc.letrec<{ child: Tree | null; port: Tree }>((tie) => ({
  port: fc.record({ id, acs, link, child: tie('child') }),
  child: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.record({ kind, id, acs, mps: fc.constantFrom(undefined, '128 B', '256 B') }),
    fc.record({
      kind: fc.constant('nic'),
      id,
      virtual_functions: fc.constantFrom(1, 3),
      functions: fc.array(fc.record({ id, kind }), { maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant('switch'),
      id,
      acs: fc.constantFrom(undefined, { redirect: 'all' }, { redirect: [] }),
      ports: fc.array(tie('port'), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('pci_bridge'),
      id,
      children: fc.array(fc.record({ kind, id }), { maxLength: 2 }),
    }),
  ),
}));

const rootPort = fc.record({ id, acs, link, child });
const hostBridge = fc.record({
  id,
  pci_id: fc.constantFrom(undefined, '8086:09a2'),
  devices: fc.array(fc.record({ kind, id }), { maxLength: 2 }),
  root_ports: fc.array(rootPort, { maxLength: 3 }),
});
const system = fc.record({
  system: fc.constant('random'),
  iommu: fc.record({ mode: fc.constantFrom('off', 'passthrough', 'translate') }),
  sockets: fc.array(fc.record({ id, host_bridges: fc.array(hostBridge, { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 1,
  }),
});

/** The system's file, and how many ids it gave. */
function fileOf(tree: unknown): { readonly text: string; readonly ids: number } {
  let ids = 0;
  const text = JSON.stringify(tree, (key, value: unknown) => (key === 'id' ? `n${ids++}` : value));
  return { text, ids };
}

describe('any valid system', () => {
  it('is read, and the chain of each of its nodes ends at a function of a root bus', () => {
    const property = fc.property(system, (tree) => {
      const read = parseSystem(fileOf(tree).text, 'random.yaml', partOf);
      for (const node of Object.values(read.nodes)) {
        const top = chain(read, node.id).at(-1);
        expect(hostBridgeOf(read, node.id).rootBus).toContain(top?.id);
        expect(linkOf(read, node.id) === null).toBe(
          top?.kind === 'rciep' || top?.kind === 'host_bridge_device',
        );
      }
      const bridges = Object.values(read.nodes).filter(
        ({ kind: each }) => each !== 'endpoint' && each !== 'rciep',
      );
      expect(bridges.length + endpoints(read).length).toBe(Object.keys(read.nodes).length);
    });
    fc.assert(property, { numRuns: 300, seed: 1 });
  });

  it('has a node for each id in the file, and those in the order of the file', () => {
    const property = fc.property(system, (tree) => {
      const { text, ids } = fileOf(tree);
      const read = parseSystem(text, 'random.yaml', partOf);
      const named = Object.keys(read.nodes).filter((each) => /^n\d+$/.test(each));
      expect(named.length).toBe(ids - read.sockets.length - read.hostBridges.length);
      expect(named.map((each) => Number(each.slice(1)))).toEqual(
        named.map((each) => Number(each.slice(1))).sort((a, b) => a - b),
      );
    });
    fc.assert(property, { numRuns: 200, seed: 2 });
  });
});

describe('any text', () => {
  it('is read or refused with a ModelError in one line', () => {
    const words = fc.constantFrom(
      'system: x\n',
      'sockets:',
      ' [',
      ']',
      '{',
      '}',
      '- ',
      'id: s0',
      '\n',
      '  ',
      '&a ',
      '*a',
      '"',
      ',',
      '!x ',
      '|',
      '\t',
      '? ',
      '\u0000',
    );
    const property = fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words).map((each) => each.join('')),
      ),
      (text) => {
        for (const parse of [() => parseSystem(text, 'x.yaml', partOf), () => parsePart(text, 'x.yaml')]) {
          try {
            parse();
          } catch (error) {
            expect((error as Error).name).toBe('ModelError');
            expect((error as Error).message).not.toContain('\n');
          }
        }
      },
    );
    fc.assert(property, { numRuns: 2000, seed: 3 });
  });
});
