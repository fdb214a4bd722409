import type { PlannedFlows } from '../dma/plan-flows.ts';
import type { RingDevice } from '../dma/ring/ring-device.ts';
import { edgeFlows } from '../dma/ring/ring-flows.ts';
import type { RingSoftware } from '../dma/ring/ring-software.ts';
import type { RingSpec } from '../dma/ring/ring-spec.ts';
import type { FlowRecorder } from '../observe/flow-recorder.ts';
import type { FlowResult, LimitShare } from './run-result.ts';

interface Run {
  readonly planned: PlannedFlows;
  readonly flows: FlowRecorder;
  readonly software: RingSoftware | null;
}

/** What an edge waited for; when it waited for nothing it had, for a part, nothing to send, or no slot to send to. */
function limits(
  { from, to, limitedBy }: FlowResult,
  { waited }: RingDevice,
  span: number,
): readonly LimitShare[] {
  const none = limitedBy.find(({ resource }) => resource === 'none')?.share ?? 0;
  const data = Math.min(none, waited.data / span);
  const slots = Math.min(none - data, waited.slot / span);
  return [
    ...limitedBy.filter(({ resource }) => resource !== 'none'),
    { resource: `ring-data:${from}`, share: data },
    { resource: `ring-slots:${to}`, share: slots },
    { resource: 'none', share: none - data - slots },
  ]
    .filter(({ resource, share }) => share > 0 || resource === 'none')
    .sort((a, b) => b.share - a.share);
}

/** The results of a run's flows, in which those that are edges of rings say so, and what of the ring they waited for. */
export function ringLegs(
  rings: readonly RingSpec[],
  results: readonly FlowResult[],
  { planned, flows, software }: Run,
): readonly FlowResult[] {
  const legOf = new Map(rings.flatMap((spec) => edgeFlows(spec).map((id) => [id, spec.id] as const)));
  const devices = new Map(
    software?.rings.flatMap((ring) =>
      edgeFlows(ring.spec).map((id, i) => [id, ring.devices[i] as RingDevice] as const),
    ),
  );
  const numbers = new Map(planned.accepted.map(({ spec }, i) => [spec.id, i]));
  return results.map((result) => {
    const ring = legOf.get(result.id);
    if (ring === undefined) return result;
    const device = devices.get(result.id);
    if (device === undefined || result.bytes === 0) return { ...result, legOf: ring };
    const { firstIssue, lastArrival } = flows.summary(numbers.get(result.id) as number);
    return { ...result, legOf: ring, limitedBy: limits(result, device, lastArrival - firstIssue) };
  });
}
