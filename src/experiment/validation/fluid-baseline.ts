import { boundTime } from '../../routing/bound-time.ts';
import { boundOf } from '../../routing/bound.ts';
import { fluidDemand, sharedBy } from '../../routing/fluid-demand.ts';
import { fluidEnds } from '../../routing/fluid-ends.ts';
import { type SharedResources, maxMinFair } from '../../routing/max-min-fair.ts';
import { rolesOf, type TransferSpec } from '../../routing/transfer-spec.ts';
import type { System } from '../../system/system.ts';
import type { DeviceCaps } from '../benchmarks/device-caps.ts';
import type { Ends, MeasuredRow } from './measured-row.ts';
import { rowTransfers } from './row-transfers.ts';

/** A row on its machine, with the rates that its tree states of media and networks. */
export interface BaselineCase {
  readonly row: MeasuredRow;
  readonly system: System;
  readonly caps: DeviceCaps;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** What drives and networks take and give, in B/s: each direction apart. */
function capacitiesOf(caps: DeviceCaps): Readonly<Record<string, number>> {
  const entries = [...caps].flatMap(([id, { gives, takes }]) => [
    [`gives:${id}`, gives * 1e9],
    [`takes:${id}`, takes * 1e9],
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, number>>;
}

const usesOfEnds = ({ from, to }: TransferSpec) =>
  [`gives:${from}`, `takes:${to}`].map((resource) => ({ resource, perByte: 1 }));

/** The demands of all flows with the caps of their NICs and drives; null where a flow has no way. */
function demandsOf({ system, caps }: BaselineCase, specs: readonly TransferSpec[]): SharedResources | null {
  const demands = specs.map((spec) => fluidDemand(system, spec));
  const possible = demands.filter((demand) => 'uses' in demand);
  if (possible.length < demands.length) return null;
  const { flows, capacities } = sharedBy(possible);
  return {
    flows: flows.map((uses, i) => [...uses, ...usesOfEnds(specs[i] as TransferSpec)]),
    capacities: { ...capacities, ...capacitiesOf(caps) },
  };
}

/** Steady rates in GB/s of the flows that count while those in the background run. */
function steadyRates(of: BaselineCase, flows: readonly Ends[]): readonly number[] | null {
  const { row } = of;
  const specs = rowTransfers(row, [...flows, ...(row.background_flows ?? [])]);
  const shared = demandsOf(of, specs);
  if (shared === null || specs.length < flows.length) return null;
  return maxMinFair(shared)
    .slice(0, flows.length)
    .map((rate) => rate / 1e9);
}

function steadyValue(of: BaselineCase): number | null {
  const { row } = of;
  const rates = steadyRates(of, row.flows);
  if (rates === null) return null;
  return row.mode === 'per_flow_mean' ? sum(rates) / rates.length : sum(rates);
}

/** Bytes of a flow where all move as many; the value does not depend on it. */
const EQUAL_BYTES = 1e9;

/** Times in ps at which flows of equal bytes end; null where a flow has no way. */
function endsOf({ row, system }: BaselineCase, specs: readonly TransferSpec[]): readonly number[] | null {
  const others = rowTransfers(row, row.background_flows ?? []);
  const flows = [...specs, ...others].map((spec) => ({ spec, bytes: EQUAL_BYTES }));
  const ends = fluidEnds(system, flows).slice(0, specs.length);
  return ends.some((end) => end === null) ? null : ends.map(Number);
}

/** All bytes by the time until every flow has ended. */
function wallClock(of: BaselineCase): number | null {
  const specs = rowTransfers(of.row, of.row.flows);
  const ends = endsOf(of, specs);
  return ends && (EQUAL_BYTES * ends.length * 1e3) / Math.max(...ends);
}

/** The sum over the devices of their bytes by the time of their slowest stream. */
function bySlowest(of: BaselineCase): number | null {
  const specs = rowTransfers(of.row, of.row.flows);
  const ends = endsOf(of, specs);
  if (ends === null) return null;
  const devices = specs.map((spec) => rolesOf(spec).initiator);
  const rates = [...new Set(devices)].map((device) => {
    const own = ends.filter((_, i) => devices[i] === device);
    return (EQUAL_BYTES * own.length * 1e3) / Math.max(...own);
  });
  return sum(rates);
}

/** What latency is measured with where a row does not say: one TLP. */
const SMALL = 128;

/** Unloaded times in ns, the mean over flows: a read's round trip, a write's way. */
function unloaded({ row, system }: BaselineCase): number | null {
  const flags = row.protocol === 'flag_ping_pong' ? row.flows.map(([a, b]): Ends => [b, a]) : [];
  const sized = { ...row, transfer_bytes: row.transfer_bytes ?? SMALL };
  const results = rowTransfers(sized, [...row.flows, ...flags]).map((spec) => boundOf(system, spec));
  const times = results.flatMap((result) => (result.kind === 'bound' ? [boundTime(result.bound) / 1e3] : []));
  return times.length === 0 || times.length < results.length ? null : sum(times) / times.length;
}

/** Of a row that has only the sender's side, the slower of the two hosts. */
function rdma(of: BaselineCase): number | null {
  const { row } = of;
  const { flows } = row;
  const isNic = (id: string): boolean => {
    const node = of.system.nodes[id];
    return node?.kind === 'endpoint' && node.deviceKind === 'nic';
  };
  const as = (op: 'read' | 'write', own: readonly Ends[]) =>
    steadyValue({ ...of, row: { ...row, op, flows: own } });
  const [first] = flows;
  if (first === undefined) return null;
  const [from, to] = first;
  if (flows.length > 1 || !isNic(to)) return as(isNic(from) ? 'write' : 'read', flows);
  const sides = [as('read', flows), as('write', [[to, from]])];
  return sides.some((side) => side === null) ? null : Math.min(...sides.map(Number));
}

/**
 * What the fluid baseline says of a row, in the row's unit; null of kernel verdicts, and where a flow has no way. Source:
 * measurements, `_schema.scoring` (fluid baseline).
 */
export function fluidBaseline(of: BaselineCase): number | null {
  const { unit, op, protocol } = of.row;
  if (unit === 'enum' || unit === 'count') return null;
  if (unit === 'ns') return unloaded(of);
  if (op === 'rdma') return rdma(of);
  if (protocol === 'p2pmark_all_to_all') return bySlowest(of);
  return protocol === 'torch_copy_script' ? wallClock(of) : steadyValue(of);
}
