import { type EntryPoint, type MappingError, mappingError } from './entry-point.ts';
import type { DmaDevice } from './entry-point-answer.ts';
import {
  iovaBytes,
  isBusFlagged,
  type MappedEntry,
  mappedEntries,
  type TreatedSegment,
} from './scatter-list-entries.ts';
import { type ListSegment, type ProviderState, segmentTreatment } from './scatter-list-segment.ts';

/** A list to be mapped for one device. */
export interface ScatterListQuestion {
  readonly entryPoint: Extract<EntryPoint, 'dma_map_sgtable' | 'dma_map_sg'>;
  readonly device: DmaDevice;
  readonly segments: readonly ListSegment[];
  /** The policy's answer about a provider for this device. */
  stateOf(provider: string): ProviderState;
}

interface Evaluated {
  /** Providers in the order in which the policy was asked: again whenever the provider changes. */
  readonly evaluated: readonly string[];
}

/** The mapped list; or that one segment was refused, and so the whole list. */
export type ScatterListAnswer = Evaluated &
  (
    | {
        readonly kind: 'MAPPED';
        readonly entries: readonly MappedEntry[];
        /** Bytes of the one IOVA allocation, to be unmapped with IOTLB work; 0 without one. */
        readonly iovaBytes: number;
      }
    | {
        readonly kind: 'REFUSED';
        /** Index of the segment that cannot be mapped. */
        readonly segment: number;
        readonly error: MappingError;
        /** What had been mapped and was unmapped again; bus addresses need nothing. */
        readonly undone: readonly MappedEntry[];
      }
  );

/** Segments up to and with the first refused one; ordinary memory in between does not change the provider. */
function treat({ device, segments, stateOf }: ScatterListQuestion) {
  const [list, evaluated]: [TreatedSegment[], string[]] = [[], []];
  let state: ProviderState | null = null;
  for (const segment of segments) {
    const { provider } = segment;
    if (provider !== null && provider !== evaluated.at(-1)) {
      state = stateOf(provider);
      evaluated.push(provider);
    }
    const treatment = segmentTreatment(device, segment, provider === null ? null : state);
    list.push({ segment, treatment });
    if (treatment.kind === 'ERROR') break;
  }
  return { list, evaluated };
}

/** With an IOMMU, all segments are evaluated before any is mapped. */
function undone(device: DmaDevice, before: readonly TreatedSegment[]): readonly MappedEntry[] {
  if (device.iommu === 'translate') return [];
  return mappedEntries(before).filter((entry) => !isBusFlagged(entry));
}

/**
 * Maps a list of ordinary memory and of memory of peers, mixed at will: `{provider, map type}` is evaluated when the provider
 * changes, all segments that are no bus addresses share one IOVA allocation, and one refused segment fails the list.
 * Source: kernel-p2pdma, section 2 (Linux `dma_direct_map_sg`, `iommu_dma_map_sg`).
 */
export function mapScatterList(question: ScatterListQuestion): ScatterListAnswer {
  const { list, evaluated } = treat(question);
  const last = list.at(-1)?.treatment;
  if (last?.kind !== 'ERROR')
    return { kind: 'MAPPED', entries: mappedEntries(list), iovaBytes: iovaBytes(list), evaluated };
  const error = mappingError(question.entryPoint, last.cause);
  const before = list.slice(0, -1);
  return {
    kind: 'REFUSED',
    segment: before.length,
    error,
    undone: undone(question.device, before),
    evaluated,
  };
}
