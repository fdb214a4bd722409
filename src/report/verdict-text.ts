import type { Verdict } from '../policy/verdict.ts';
import type { RouteResult } from '../routing/route-result.ts';
import { wrapText } from './wrap-text.ts';

/** The kernel's verdict on a pair with the ways that TLPs take; null where none is asked for, as with a refused pair. */
export interface PairAnswer {
  readonly verdict: Verdict;
  /** From the client to the provider. */
  readonly request: RouteResult | null;
  /** Of a read: from the provider back to the client. */
  readonly completion: RouteResult | null;
}

const WIDTH = 110;
const INDENT = 15;

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

function field(name: string, text: string): readonly string[] {
  const [first = '', ...rest] = wrapText(text, WIDTH - INDENT);
  return [`  ${name.padEnd(INDENT - 2)}${first}`, ...rest.map((line) => ' '.repeat(INDENT) + line)];
}

/** One pair as `hairpin p2p SYSTEM PROVIDER CLIENT` prints it. */
export function verdictText({ verdict, request, completion }: PairAnswer): string {
  const { provider, client, mapType, distance, address, redirects, messages, reason } = verdict;
  return [
    `${client} reaches into ${provider}: ${mapType}`,
    ...field('provider', `${provider}, whose memory it is`),
    ...field('client', `${client}, which issues the DMA`),
    ...field('distance', String(distance)),
    ...field('address', address === null ? 'none' : ADDRESS[address]),
    ...field('requests', routeText(request)),
    ...field('completions', routeText(completion)),
    ...(redirects.length > 0 ? field('redirect at', redirects.join(', ')) : []),
    ...(messages.length > 0 ? field('kernel says', messages.join(', ')) : []),
    ...field('reason', reason),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
