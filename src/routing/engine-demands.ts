import type { DmaFunction } from '../system/ancestry.ts';
import type { Demand } from './demand.ts';
import type { FlowWays } from './flow-ways.ts';

/** A number of places, each of which a request (or each of its bytes) holds for as long as the request is under way. */
function heldPlaces(resource: string, places: number | null, held: number): readonly Demand[] {
  return places === null || held === 0 ? [] : [{ resource, busy: held / places, before: 0, after: 0 }];
}

function issueGaps({ id, part }: DmaFunction, { requests, completionChannels }: FlowWays): readonly Demand[] {
  const { issueGap, writeGap } = part.dma;
  const gap = completionChannels.length > 0 ? issueGap : Math.max(issueGap, writeGap);
  if (gap === 0) return [];
  const count = requests.reduce((sum, { tlp }) => sum + tlp.count, 0);
  const last = Math.min(...requests.map(({ done }) => done));
  return [{ resource: `issue-gap:${id}`, busy: count * gap, before: 0, after: last - gap }];
}

/** What a transfer asks of the engine that issues it: the gaps between its requests; tags and bytes under way of its reads. */
export function engineDemands(device: DmaFunction, ways: FlowWays): readonly Demand[] {
  const { tags, outstandingBytes } = device.part.dma;
  const reads = ways.completionChannels.length > 0 ? ways.requests : [];
  const held = reads.reduce((sum, { tlp, done }) => sum + tlp.count * done, 0);
  const heldBytes = reads.reduce((sum, { tlp, done }) => sum + tlp.count * tlp.moves * done, 0);
  return [
    ...issueGaps(device, ways),
    ...heldPlaces(`tags:${device.id}`, tags, held),
    ...heldPlaces(`outstanding:${device.id}`, outstandingBytes, heldBytes),
  ];
}
