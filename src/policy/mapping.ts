import type { AddressKind } from '../pcie/address-kind.ts';
import { hostBridgeOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { BUFFER_SOURCES, type BufferSource, bufferSource, type SourceAnswer } from './buffer-source.ts';
import { ENTRY_POINTS, type EntryPoint } from './entry-point.ts';
import { type DmaAnswer, entryPointAnswer } from './entry-point-answer.ts';
import type { KernelProfile } from './kernel-profile.ts';
import { type ProviderMemory, providerMemory } from './provider-memory.ts';
import { verdict } from './verdict.ts';

/** Whether a source of requests may use the provider's memory, by whether that has pages. */
export interface MappingSource {
  readonly source: BufferSource;
  readonly paged: SourceAnswer;
  readonly pageless: SourceAnswer;
}

/** What a client is given for the whole memory BAR of a provider. */
export interface Mapping {
  readonly provider: string;
  readonly client: string;
  /** Null where the pair is refused. */
  readonly kind: AddressKind | null;
  /** Bus or physical address; null where the BAR's is not stated, for an IOVA, and where the pair is refused. */
  readonly address: number | null;
  readonly memory: ProviderMemory;
  readonly entryPoints: Readonly<Record<EntryPoint, DmaAnswer>>;
  /** None where the pair is refused. */
  readonly sources: readonly MappingSource[];
}

/** A client of today's usual kind; its mask and its bounce buffers are not in a system file (assumed). */
const USUAL_DEVICE = { dmaMaskBits: 64, swiotlbForced: false, archDmaOps: false } as const;

const SOURCES: readonly MappingSource[] = BUFFER_SOURCES.map((source) => ({
  source,
  paged: bufferSource(source, 'paged'),
  pageless: bufferSource(source, 'pageless'),
}));

function addressOf(answer: DmaAnswer): number | null {
  const first = answer.kind === 'ERROR' ? undefined : answer.entries[0];
  return first === undefined || first.kind === 'IOVA' ? null : first.address;
}

/**
 * What `client` is given for the memory of `provider` by each entry point of the kernel, from the verdict, the provider's BAR,
 * its host bridge's offset and the IOMMU. Refusal is an answer; RangeError where an id is not a function of the system or the
 * provider has no memory BAR. Source: kernel-p2pdma, section 2.
 */
export function mappingOf(system: System, provider: string, client: string, profile: KernelProfile): Mapping {
  const memory = providerMemory(system, provider);
  const { mapType } = verdict(system, provider, client, profile);
  const question = {
    device: { ...USUAL_DEVICE, iommu: system.iommu.mode },
    mapType,
    busOffset: hostBridgeOf(system, provider).busOffset,
    ranges: [memory],
  };
  const answers = ENTRY_POINTS.map((point) => [point, entryPointAnswer(point, question)] as const);
  const entryPoints = Object.fromEntries(answers) as Record<EntryPoint, DmaAnswer>;
  const { kind } = entryPoints.dmabuf;
  return {
    provider,
    client,
    kind: kind === 'ERROR' ? null : kind,
    address: addressOf(entryPoints.dmabuf),
    memory,
    entryPoints,
    sources: kind === 'ERROR' ? [] : SOURCES,
  };
}
