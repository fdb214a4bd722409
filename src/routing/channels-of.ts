import type { TlpClass } from '../pcie/tlp-class.ts';
import type { System, SystemNode } from '../system/system.ts';
import type { Channel } from './channel.ts';
import { linkChannel } from './link-channel.ts';
import type { Route } from './route.ts';
import { scopeChannels } from './scope-channels.ts';

/** The link between two neighbours of a route; null inside a switch, a chip or a device. */
function linkBetween(system: System, from: SystemNode, to: SystemNode): Channel | null {
  if ((to.kind === 'root_port' || to.kind === 'switch_down') && linksTo(system, from, to.id)) {
    return linkChannel(system, { port: to, child: from }, 'up');
  }
  if ((from.kind === 'root_port' || from.kind === 'switch_down') && linksTo(system, to, from.id)) {
    return linkChannel(system, { port: from, child: to }, 'down');
  }
  return null;
}

/** A virtual function sits below the port of its physical one. */
function linksTo(system: System, child: SystemNode, port: string): boolean {
  if (child.kind !== 'endpoint' || child.physicalFunction === null) return child.parent === port;
  return system.nodes[child.physicalFunction]?.parent === port;
}

const isRootComplex = (hop: string | undefined): boolean => hop?.startsWith('rc:') ?? false;

/** Where a way entered the root complexes that it leaves at hop `i`. */
function entryBefore({ hops }: Route, i: number): string {
  return hops[hops.findLastIndex((hop, at) => at < i && !isRootComplex(hop))] as string;
}

/** Where a way leads through root complexes: the ports, devices or memories at which it enters and leaves them. */
export function crossingsOf(route: Route): readonly { readonly entry: string; readonly exit: string }[] {
  const { hops } = route;
  return hops.flatMap((exit, i) => {
    const crosses = i > 0 && isRootComplex(hops[i - 1]) && !isRootComplex(exit);
    return crosses ? [{ entry: entryBefore(route, i - 1), exit }] : [];
  });
}

/**
 * The channels that a TLP of a class passes on its route, in order; none for a way inside one device. RangeError where the
 * way leads over conventional PCI, which has none.
 */
export function channelsOf(system: System, route: Route, tlpClass: TlpClass): readonly Channel[] {
  const channels: Channel[] = [];
  for (const [i, from] of route.hops.entries()) {
    const to = route.hops[i + 1];
    if (to === undefined) break;
    const [here, there] = [system.nodes[from], system.nodes[to]];
    const link = here && there ? linkBetween(system, here, there) : null;
    if (link) channels.push(link);
    if (isRootComplex(from) && !isRootComplex(to)) {
      const entry = entryBefore(route, i);
      channels.push(...scopeChannels(system, { entry, exit: to, class: tlpClass }));
    }
  }
  return channels;
}
