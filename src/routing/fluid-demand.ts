import { COMPLETION_HEADER_BYTES, requestHeaderBytes } from '../pcie/wire.ts';
import { payloadLimits } from '../system/payload-limits.ts';
import type { System } from '../system/system.ts';
import type { Channel } from './channel.ts';
import { completerRule } from './completer-rule.ts';
import { deviceOf, payloadLimit } from './ends.ts';
import { flowWays } from './flow-ways.ts';
import type { SharedResources, Use } from './max-min-fair.ts';
import { rolesOf, type TransferSpec } from './transfer-spec.ts';

/** A flow's uses, and the capacities that they are shares of; the reason where the flow has no way. */
export type FluidDemand =
  | { readonly uses: readonly Use[]; readonly capacities: Readonly<Record<string, number>> }
  | { readonly reason: string };

interface Packet {
  readonly payload: number;
  readonly header: number;
}

/** A flow's payload in one packet, and the header that goes with it: completions have 12 B, writes 16 B. */
function packetOf(system: System, spec: TransferSpec): Packet {
  const limit = Math.min(payloadLimit(system, spec.from), payloadLimit(system, spec.to));
  const [header, largest] =
    spec.op === 'write'
      ? [requestHeaderBytes(4), limit]
      : [COMPLETION_HEADER_BYTES, completerRule(system, spec).chunk];
  return { payload: Math.min(spec.size, largest), header };
}

/** Links carry headers and, without flits, framing, at their rate without SKP; channels inside a root complex carry payload. */
function channelUse(
  { id, carrier }: Channel,
  { payload, header }: Packet,
): readonly (Use & { readonly capacity: number })[] {
  switch (carrier.kind) {
    case 'link':
      return [
        { resource: id, perByte: (payload + carrier.framing + header) / payload, capacity: carrier.rate },
      ];
    case 'scope':
      return carrier.rate === null ? [] : [{ resource: id, perByte: 1, capacity: carrier.rate }];
  }
}

/** The rate of an engine that must keep a gap between requests, as a cap on reads and on writes; slow media are described so. */
function engineUse(system: System, spec: TransferSpec): readonly (Use & { readonly capacity: number })[] {
  const device = deviceOf(system, rolesOf(spec).initiator);
  const { issueGap, writeGap, writeChunk } = device.part.dma;
  const gap = spec.op === 'write' ? Math.max(issueGap, writeGap) : issueGap;
  if (gap === 0) return [];
  const { mps, mrrs } = payloadLimits(device);
  const request = Math.min(spec.size, spec.op === 'write' ? Math.min(writeChunk, mps) : mrrs);
  return [{ resource: `issue-gap:${device.id}:${spec.op}`, perByte: 1, capacity: (request * 1e12) / gap }];
}

/** What the fluid baseline says that a flow uses: the channels that its data crosses, and its engine. Throws RangeError. */
export function fluidDemand(system: System, spec: TransferSpec): FluidDemand {
  const ways = flowWays(system, spec);
  if ('reason' in ways) return ways;
  const channels = spec.op === 'write' ? ways.requestChannels : ways.completionChannels;
  const packet = packetOf(system, spec);
  const uses = [...channels.flatMap((channel) => channelUse(channel, packet)), ...engineUse(system, spec)];
  return {
    uses: uses.map(({ resource, perByte }) => ({ resource, perByte })),
    capacities: Object.fromEntries(uses.map(({ resource, capacity }) => [resource, capacity])),
  };
}

/** All flows' demands together. */
export function sharedBy(demands: readonly Exclude<FluidDemand, { reason: string }>[]): SharedResources {
  return {
    flows: demands.map(({ uses }) => uses),
    capacities: Object.assign({}, ...demands.map(({ capacities }) => capacities)),
  };
}
