import fixture from '../fixtures/p2p-policy.json' with { type: 'json' };
import type { VectorTopology } from './vector-system.ts';

/** A pair of functions with the kernel's expected answer and the expected routes; fields as the fixture's schema says. */
export interface MapTypeVector {
  readonly id: string;
  readonly title: string;
  readonly topology: string;
  readonly provider: string;
  readonly client: string;
  readonly profile: string;
  readonly expect: {
    readonly mapType: string;
    readonly distance: number;
    readonly redirectPorts: readonly string[];
    readonly redirectPortBdfs: readonly string[];
    readonly messagesIfVerbose: readonly string[];
    readonly dma: { readonly kind: string };
    readonly requestRoute: readonly string[] | null;
    readonly rcTurn: string;
    readonly completionRouteProxy: readonly string[] | null;
    readonly completionRoutePreserveId: readonly string[] | null;
  };
}

export const MAP_TYPE_VECTORS: readonly MapTypeVector[] = fixture.mapTypeVectors;

/** A pair with the expected map type of each class of TLPs. */
export interface TlpClassVector {
  readonly id: string;
  readonly title: string;
  readonly topology: string;
  readonly provider: string;
  readonly client: string;
  readonly profile: string;
  readonly expect: {
    readonly distance: number;
    readonly strict: string;
    readonly relaxedCompletion: string;
    readonly translated: string;
    readonly translatedRelaxed: string;
  };
}

export const TLP_CLASS_VECTORS: readonly TlpClassVector[] = fixture.tlpClassVectors;

/** A request's address and AT with the expected ways of it and of its completions. */
export interface PhysicalRouteVector {
  readonly id: string;
  readonly topology: string;
  readonly provider: string;
  readonly client: string;
  readonly addrKind: string;
  readonly at: string;
  readonly expectRequest: readonly string[];
  readonly expectCompletionStrict: readonly string[];
  readonly expectCompletionRelaxed: readonly string[];
}

export const PHYSICAL_ROUTE_VECTORS: readonly PhysicalRouteVector[] = fixture.physicalRouteVectors;

export const ACS_CONFIG_VECTORS = fixture.acsConfigVectors;
export const SELECTION_VECTORS = fixture.selectionVectors;
export const DMA_ADDRESS_VECTORS = fixture.dmaAddressVectors;
export const LIFECYCLE_VECTORS = fixture.lifecycleVectors;

export const ALLOW_LISTS = fixture.allowLists;
export const PROFILES = fixture.profiles;

/** A topology of the fixture by its name. */
export function vectorFixture(name: string): VectorTopology {
  const topologies: Readonly<Record<string, VectorTopology>> = fixture.topologies;
  const topology = topologies[name];
  if (!topology) throw new RangeError(`no topology "${name}" in test/fixtures/p2p-policy.json`);
  return topology;
}
