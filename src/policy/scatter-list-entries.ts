import { type DmaEntry, iovaEntries, placedEntries } from './entry-point-entries.ts';
import type { ListSegment, SegmentTreatment } from './scatter-list-segment.ts';

/** An entry of a mapped list; a bounced one is a copy in memory that the device reaches. */
export type MappedEntry = DmaEntry | { readonly kind: 'BOUNCED'; readonly bytes: number };

/** A segment and what becomes of it. */
export interface TreatedSegment {
  readonly segment: ListSegment;
  readonly treatment: SegmentTreatment;
}

/** Whether unmapping passes over an entry: the kernel flags bus addresses, which own nothing. */
export const isBusFlagged = ({ kind }: MappedEntry): boolean => kind === 'BUS';

/** Bytes of the one IOVA allocation that all segments which need one share. */
export const iovaBytes = (list: readonly TreatedSegment[]): number =>
  list.reduce((sum, { segment, treatment }) => sum + (treatment.kind === 'IOVA' ? segment.bytes : 0), 0);

/**
 * The entries of a list without a refused segment. IOVA segments beside each other make one entry, up to its greatest
 * length; any other between them separates the entries, not the allocation. Source: kernel-p2pdma, section 2.
 */
export function mappedEntries(list: readonly TreatedSegment[]): readonly MappedEntry[] {
  const entries: MappedEntry[] = [];
  let [begin, end] = [0, 0];
  const closeRun = (): void => {
    if (end > begin) entries.push(...iovaEntries(begin, end - begin));
    begin = end;
  };
  for (const { segment, treatment } of list) {
    if (treatment.kind === 'IOVA') {
      end += segment.bytes;
      continue;
    }
    closeRun();
    if (treatment.kind === 'BOUNCED') entries.push({ kind: 'BOUNCED', bytes: segment.bytes });
    if ('offset' in treatment) entries.push(...placedEntries(treatment.kind, segment, treatment.offset));
  }
  closeRun();
  return entries;
}
