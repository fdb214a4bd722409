import { parseBdf } from '../pcie/bdf.ts';
import type { DocumentPath } from './model-error.ts';
import type { Placed } from './placed.ts';
import type { TypedDocument } from './read-document.ts';
import type { HostBridge, Link, System } from './system.ts';

/** A name and where it stands. */
export interface Name {
  readonly name: string;
  readonly path: DocumentPath;
}

type Document = TypedDocument<unknown>;

/** Throws ModelError at the second of two equal names. */
export function checkUnique(names: readonly Name[], what: string, document: Document): void {
  const first = new Map<string, DocumentPath>();
  for (const { name, path } of names) {
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, path);
      continue;
    }
    const { line } = document.yaml.positionOf(other);
    const got = `"${name}" again (first in line ${line})`;
    throw document.problem(path, { expected: `${what} of its own`, got, remedy: 'change one of the two' });
  }
}

function checkLink(link: Link, path: DocumentPath, document: Document): void {
  const { capability, current } = link;
  if (current.generation <= capability.generation && current.width <= capability.width) return;
  const expected = `at most generation ${capability.generation} with ${capability.width} lanes`;
  const got = `generation ${current.generation} with ${current.width} lanes`;
  const remedy =
    'a link runs at or below what it is capable of; raise gen and width of the link, or lower current';
  throw document.problem([...path, 'link', 'current'], { expected, got, remedy });
}

function checkAcs({ node, path }: Placed, document: Document): void {
  if (node.acs === null || (node.acs.control & ~node.acs.capability) === 0) return;
  const capability = `0x${node.acs.capability.toString(16).padStart(2, '0')}`;
  const got = `0x${node.acs.control.toString(16).padStart(2, '0')}`;
  const remedy = 'a bit can be set only where the capability has it; state both';
  throw document.problem([...path, 'acs', 'control'], { expected: `bits of ${capability}`, got, remedy });
}

function checkDomain({ node, path }: Placed, domain: number, document: Document): void {
  if (node.bdf === null || parseBdf(node.bdf).domain === domain) return;
  const expected = `an address in domain ${domain.toString(16).padStart(4, '0')}`;
  const remedy =
    'functions below one host bridge share its domain; give the host bridge that `domain`, or correct this';
  throw document.problem([...path, 'bdf'], { expected, remedy });
}

function checkPayload({ node, path }: Placed, document: Document): void {
  if (node.kind !== 'endpoint' || node.physicalFunction !== null || node.mps === null) return;
  const { name, dma } = node.part;
  if (node.mps <= dma.mps) return;
  const expected = `at most ${dma.mps} B, the dma.mps of ${name}`;
  const remedy = 'lower it, or name a part whose dma.mps is as large';
  throw document.problem([...path, 'mps'], { expected, got: `${node.mps} B`, remedy });
}

/**
 * Checks each function by itself: its link, its ACS, its domain and its maximum payload; a virtual function has that of its
 * physical one. Throws ModelError.
 */
export function checkFunctions(
  placed: readonly Placed[],
  bridges: readonly HostBridge[],
  document: Document,
): void {
  const domains = new Map(bridges.map(({ id, domain }) => [id, domain]));
  for (const each of placed) {
    const { node, path } = each;
    const domain = domains.get(node.parent) ?? 0;
    domains.set(node.id, domain);
    if ('link' in node) checkLink(node.link, path, document);
    checkAcs(each, document);
    checkDomain(each, domain, document);
    checkPayload(each, document);
  }
}

/** Throws ModelError unless the socket links name two sockets each and join them all. */
export function checkSocketLinks(system: Pick<System, 'sockets' | 'socketLinks'>, document: Document): void {
  const ids = system.sockets.map(({ id }) => id);
  const groups = new Map(ids.map((id) => [id, id]));
  for (const [i, link] of system.socketLinks.entries()) {
    for (const [j, end] of link.between.entries()) {
      const path = ['socket_links', i, 'between', j];
      const wrong = !groups.has(end) || (j === 1 && end === link.between[0]);
      if (wrong)
        throw document.problem(path, {
          expected: 'two different sockets',
          remedy: `choose from ${ids.join(', ')}`,
        });
    }
    const [kept, joined] = [groups.get(link.between[0]) ?? '', groups.get(link.between[1]) ?? ''];
    for (const [id, group] of groups) if (group === joined) groups.set(id, kept);
  }
  const apart = ids.find((id) => groups.get(id) !== groups.get(ids[0] ?? ''));
  if (apart === undefined) return;
  const remedy = `add it like socket_links: [{ between: [${ids[0]}, ${apart}], kind: xGMI }]`;
  const got = `none that leads from ${ids[0]} to ${apart}`;
  throw document.problem(['socket_links'], { expected: 'socket_links that join all sockets', got, remedy });
}
