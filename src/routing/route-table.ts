import type { AddressKind, AddressType } from '../pcie/address-kind.ts';
import type { TlpClass } from '../pcie/tlp-class.ts';
import type { System } from '../system/system.ts';
import { routeOf } from './route-of.ts';
import type { RouteResult } from './route-result.ts';

/** What the routes of a flow hang on; a remap makes another one of these. */
export interface RouteTableQuestion {
  readonly requester: string;
  readonly completer: string;
  readonly address: AddressKind;
  readonly addressType: AddressType;
  readonly rcKeepsRequesterId?: boolean;
}

/** The way of each class of TLP, with and without the RO attribute. */
export type RouteTable = Readonly<Record<TlpClass, Readonly<Record<'strict' | 'relaxed', RouteResult>>>>;

/** The routes between a requester and a completer, all made before the run: requests there, completions back. */
export function routeTable(system: System, question: RouteTableQuestion): RouteTable {
  const { requester, completer, ...rest } = question;
  const route = (tlpClass: TlpClass, relaxedOrdering: boolean): RouteResult => {
    const [from, to] = tlpClass === 'completion' ? [completer, requester] : [requester, completer];
    return routeOf(system, { ...rest, class: tlpClass, from, to, relaxedOrdering });
  };
  const both = (tlpClass: TlpClass) => ({ strict: route(tlpClass, false), relaxed: route(tlpClass, true) });
  return { posted: both('posted'), nonposted: both('nonposted'), completion: both('completion') };
}
