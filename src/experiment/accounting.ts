import { pcieBenchRates } from '../pcie/pcie-bench-model.ts';
import { channelsOf, crossingsOf } from '../routing/channels-of.ts';
import { completerRule } from '../routing/completer-rule.ts';
import { deviceOf } from '../routing/ends.ts';
import type { FlowRoutes } from '../routing/flow-routes.ts';
import {
  NCCL_INTEL_P2P_COST,
  NCCL_SOCKET_BANDWIDTH,
  ncclLinkBandwidth,
  type NcclSocketLink,
} from '../routing/nccl-constants.ts';
import type { Route } from '../routing/route.ts';
import { rolesOf, type TransferSpec } from '../routing/transfer-spec.ts';
import { linkOf, socketOf } from '../system/ancestry.ts';
import { payloadLimits } from '../system/payload-limits.ts';
import type { CpuPart } from '../system/part.ts';
import type { LinkSpeed, System } from '../system/system.ts';
import type { Bytes } from '../units.ts';

/** Ways to count a path: all that the wire carries, as this simulator does; pcie-bench's model; NCCL's planner. */
export const ACCOUNTINGS = ['wire', 'pcie-bench', 'nccl'] as const;
export type Accounting = (typeof ACCOUNTINGS)[number];

/** What a model that knows neither queues nor policy says of the way of a transfer's data; null where it says nothing. */
export type OtherAccounting = Exclude<Accounting, 'wire'>;

interface Path {
  readonly system: System;
  readonly spec: TransferSpec;
  /** The way of the data. */
  readonly route: Route;
  readonly links: readonly LinkSpeed[];
}

/** Rate in GB/s that another model gives a transfer on these routes; null where it knows no such transfer. */
export function accountOf(
  accounting: OtherAccounting,
  system: System,
  spec: TransferSpec,
  { request, completion }: FlowRoutes,
): number | null {
  if (spec.op === 'atomic') return null;
  const route = completion ?? request;
  const links = linksOf(system, route, completion ? 'completion' : 'posted');
  const path: Path = { system, spec, route, links };
  const rate = accounting === 'nccl' ? ncclRate(path) : pcieBenchRate(path);
  return Number.isFinite(rate) ? rate / 1e9 : null;
}

function linksOf(system: System, route: Route, tlpClass: 'posted' | 'completion'): readonly LinkSpeed[] {
  return channelsOf(system, route, tlpClass).flatMap(({ id, carrier }) => {
    if (carrier.kind !== 'link') return [];
    const link = linkOf(system, id.split(':')[1] as string);
    return link ? [link.current] : [];
  });
}

/** Each link as if it were alone: the slowest counts. */
function pcieBenchRate({ system, spec, links }: Path): number {
  const { initiator } = rolesOf(spec);
  const device = deviceOf(system, initiator);
  const { chunk } = completerRule(system, spec);
  const common = {
    ...payloadLimits(device),
    headerDoubleWords: device.part.dma.headerDoubleWords,
    completionChunk: chunk as Bytes,
    ecrc: false,
    size: spec.size,
  };
  const rates = links.map(({ generation, width }) => pcieBenchRates({ generation, width, ...common }));
  return Math.min(...rates.map(({ write, read }) => (spec.op === 'write' ? write : read)));
}

/** The least of its constants on the way; payload, as a planner takes it. */
function ncclRate({ system, spec, route, links }: Path): number {
  const crossed = crossingsOf(route).map(({ entry, exit }) => [
    socketOf(system, entry),
    socketOf(system, exit),
  ]);
  const between = crossed.flatMap(([from, to]) =>
    from && to && from.id !== to.id ? [NCCL_SOCKET_BANDWIDTH[socketLink(from.part)]] : [],
  );
  const isPeer = !spec.from.startsWith('mem:') && !spec.to.startsWith('mem:');
  const isIntel = crossed.some(([from]) => from?.part.vendor === 'Intel');
  const cost = isPeer && isIntel ? NCCL_INTEL_P2P_COST : 1;
  const rates = links.map(({ generation, width }) => ncclLinkBandwidth(generation, width) / cost);
  return Math.min(...rates, ...between);
}

/** NCCL tells sockets apart by the maker and the model of their CPUs. */
function socketLink({ vendor, arch, name }: CpuPart): NcclSocketLink {
  if (vendor === 'Intel') {
    const known = ['sapphire-rapids', 'emerald-rapids', 'skylake'].find((model) => name.includes(model));
    return known === undefined ? 'intel-qpi' : (`intel-upi-${known}` as NcclSocketLink);
  }
  if (vendor === 'IBM') return 'power9';
  return arch === 'arm64' ? 'arm' : 'amd';
}
