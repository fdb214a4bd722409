import { bytes } from '../units.ts';
import { applyRedirects } from './apply-redirects.ts';
import { checkBars } from './check-bars.ts';
import { checkFunctions, checkSocketLinks, checkUnique, type Name } from './check-tree.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type PartOf, partLookup } from './part-lookup.ts';
import type { Placed } from './placed.ts';
import type { Placing } from './placing.ts';
import { placeHostBridge } from './place-host-bridge.ts';
import { readDocument, type TypedDocument } from './read-document.ts';
import type { HostBridge, Socket, System } from './system.ts';
import { type SystemEntry, systemSchema } from './system-schema.ts';

const USUAL_PAGE = bytes(4096);

function nameOf({ node, path }: Placed): Name {
  return { name: node.id, path: node.kind === 'host_bridge_device' ? path : [...path, 'id'] };
}

function namesOfSockets(entry: SystemEntry): Name[] {
  return entry.sockets.flatMap((socket, i) => [
    { name: socket.id, path: ['sockets', i, 'id'] },
    ...socket.host_bridges.map((bridge, j) => ({
      name: bridge.id,
      path: ['sockets', i, 'host_bridges', j, 'id'],
    })),
  ]);
}

function checkNames(document: TypedDocument<SystemEntry>, placed: readonly Placed[]): void {
  checkUnique([...namesOfSockets(document.value), ...placed.map(nameOf)], 'a name', document);
  const addresses = placed.flatMap(({ node, path }) =>
    node.bdf ? [{ name: node.bdf, path: [...path, 'bdf'] }] : [],
  );
  checkUnique(addresses, 'an address (bdf)', document);
}

function placeAll(entry: SystemEntry, to: Placing): { sockets: Socket[]; hostBridges: HostBridge[] } {
  const hostBridges: HostBridge[] = [];
  const sockets = entry.sockets.map((socket, i) => {
    const part = to.parts.cpu(socket.part, ['sockets', i]);
    for (const [j, bridge] of socket.host_bridges.entries()) {
      hostBridges.push(placeHostBridge(bridge, socket.id, ['sockets', i, 'host_bridges', j], to));
    }
    return { id: socket.id, part };
  });
  return { sockets, hostBridges };
}

/**
 * Reads a system file (DESIGN, section 7) into a frozen System. `partOf` finds the parts it names and throws RangeError
 * for those that do not exist. Throws ModelError, with line and column, for whatever is wrong with the file.
 */
export function parseSystem(text: string, fileName: string, partOf: PartOf): System {
  const document = readDocument(text, fileName, systemSchema, 'a system');
  const entry = document.value;
  const placing: Placing = { parts: partLookup(document, partOf), placed: [], rules: [] };
  const { sockets, hostBridges } = placeAll(entry, placing);
  if (entry.acs !== undefined) {
    placing.rules.push({ owner: null, ports: entry.acs.redirect, path: ['acs', 'redirect'] });
  }
  const socketLinks = entry.socket_links ?? [];
  checkNames(document, placing.placed);
  checkFunctions(placing.placed, hostBridges, document);
  checkBars(placing.placed, hostBridges, document);
  checkSocketLinks({ sockets, socketLinks }, document);
  const nodes = applyRedirects(document, placing.placed, placing.rules);
  return deepFreeze({
    name: entry.system,
    about: entry.about ?? '',
    kernel: entry.kernel ?? null,
    iommu: { mode: entry.iommu?.mode ?? 'off', pageBytes: entry.iommu?.page_bytes ?? USUAL_PAGE },
    sockets,
    socketLinks,
    hostBridges,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  });
}
