import type { HostBridgeSide } from '../policy/host-bridge-side.ts';
import type { MapClass } from '../policy/map-class.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { RouteResult } from '../routing/route-result.ts';
import { pairField } from './pair-field.ts';

/** The kernel's verdict on a pair with the ways that TLPs take; null where none is asked for, as with a refused pair. */
export interface PairAnswer {
  readonly verdict: Verdict;
  /** From the client to the provider. */
  readonly request: RouteResult | null;
  /** Of a read: from the provider back to the client. */
  readonly completion: RouteResult | null;
}

const ADDRESS = {
  BUS: 'BUS, a PCI bus address',
  IOVA: 'IOVA, an address that the IOMMU translates',
  PHYS: 'PHYS, a CPU physical address',
} as const;

function routeText(result: RouteResult | null): string {
  if (result === null) return 'none';
  switch (result.kind) {
    case 'route':
      return `${result.route.hops.join(' → ')} (${result.route.turn})`;
    case 'blocked':
      return `ends at ${result.port}: ${result.reason}`;
  }
}

const sideText = ({ id, device }: HostBridgeSide): string => `${id} (${device ?? 'no ids known'})`;

function hostBridgesText({ provider, client }: Verdict['hostBridges']): string {
  return provider.id === client.id
    ? `${sideText(provider)} of both`
    : `${sideText(provider)} of the provider, ${sideText(client)} of the client`;
}

const CLASSES: Readonly<Record<MapClass, string>> = {
  strict: 'strict',
  relaxedCompletion: 'relaxed completions',
  translated: 'translated requests',
  translatedRelaxed: 'translated requests with relaxed completions',
};

function classesText(classes: NonNullable<Verdict['classes']>): string {
  const names = Object.keys(CLASSES) as MapClass[];
  if (names.every((name) => classes[name] === classes.strict)) return `${classes.strict} for all TLPs`;
  return names.map((name) => `${CLASSES[name]} ${classes[name]}`).join(', ');
}

/** One pair as `hairpin p2p SYSTEM PROVIDER CLIENT` prints it. */
export function verdictText({ verdict, request, completion }: PairAnswer): string {
  const { provider, client, mapType, classes, distance, address, redirects, hostBridges, reason } = verdict;
  return [
    `${client} reaches into ${provider}: ${mapType}`,
    ...pairField('provider', `${provider}, whose memory it is`),
    ...pairField('client', `${client}, which issues the DMA`),
    ...(classes ? pairField('by class', classesText(classes)) : []),
    ...pairField('distance', String(distance)),
    ...pairField('address', address === null ? 'none' : ADDRESS[address]),
    ...pairField('requests', routeText(request)),
    ...pairField('completions', routeText(completion)),
    ...(redirects.length > 0 ? pairField('redirect at', redirects.join(', ')) : []),
    ...pairField('host bridge', hostBridgesText(hostBridges)),
    ...verdict.kernelLog.flatMap((line, i) => pairField(i === 0 ? 'kernel says' : '', line)),
    ...pairField('reason', reason),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
