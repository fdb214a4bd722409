import { bytes } from '../../units.ts';
import { type FlowSpec, flowSpec } from '../flow-spec.ts';
import type { StagingSpec } from './staging-spec.ts';

/** Ids of the two DMAs of a staged flow: into the buffers, and out of them. */
export const inFlow = (id: string): string => `${id}/in`;
export const outFlow = (id: string): string => `${id}/out`;

/** Chunks in all; Infinity where the run has an end of its own. */
export const chunksOf = ({ size, chunk, transfers }: StagingSpec): number =>
  (size / chunk) * (transfers ?? Number.POSITIVE_INFINITY);

/** The two DMAs of a staged flow, whose transfers are chunks; the buffers are used one after the other. */
export function stagingFlows(spec: StagingSpec): readonly [FlowSpec, FlowSpec] {
  const { id, from, to, via, chunk, buffers, start, cached, relaxedOrdering, idBasedOrdering } = spec;
  const chunks = chunksOf(spec);
  const common = {
    size: chunk,
    region: bytes(chunk * Math.min(buffers, chunks)),
    transfers: Number.isFinite(chunks) ? chunks : null,
    driven: true,
    start,
    relaxedOrdering,
    idBasedOrdering,
  };
  return [
    flowSpec({ ...common, id: inFlow(id), from: [from], to: [via] }),
    flowSpec({ ...common, id: outFlow(id), from: [via], to: [to], op: 'read', cached }),
  ];
}
