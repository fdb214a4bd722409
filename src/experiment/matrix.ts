import { type FlowSpec, flowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import { type Bytes, bytes } from '../units.ts';
import { modelUses } from './model-uses.ts';
import type { FlowResult, ModelUse } from './run-result.ts';
import type { Runner } from './runner.ts';

/** A value, why there is none, or null on the diagonal. */
export type Cell = number | { readonly refused: string } | null;

/** `cells[i][j]`: device i issues the transfers, to or from device j. */
export type Cells = readonly (readonly Cell[])[];

export interface MatrixRequest {
  readonly system: System;
  readonly profile: KernelProfile;
  readonly seed: string;
  readonly devices: readonly string[];
  readonly op: 'write' | 'read';
  /** Of the one copy that a device of a pair makes. */
  readonly size: Bytes;
}

/** All ordered pairs of devices, one after the other: plain data, the JSON of `hairpin matrix`. */
export interface MatrixResult {
  readonly system: string;
  readonly kernel: string;
  readonly seed: string;
  readonly op: 'write' | 'read';
  readonly bytes: number;
  readonly devices: readonly string[];
  readonly unidirectional_GBps: Cells;
  /** Bytes of both directions by the time until both have ended. */
  readonly bidirectional_GBps: Cells;
  /** Of one read of 128 B with nothing else under way: from its issue to its last completion. */
  readonly read128_latency_ns: Cells;
  readonly models: readonly ModelUse[];
}

/** What p2pBandwidthLatencyTest writes or polls is smaller; a read's round trip of one cache line is what hardware has. */
const PROBE = bytes(128);

type Direction = readonly [device: string, peer: string];

/** The value of a flow that ran; a run without until ends with all its bytes delivered, so that there is one. */
function cell(flow: FlowResult | undefined, value: number | null | undefined): Cell {
  if (flow?.refused !== undefined) return { refused: flow.refused };
  if (value === null || value === undefined) throw new Error(`flow ${flow?.id} has run without a result`);
  return value;
}

class PairRuns {
  private readonly request: MatrixRequest;
  private readonly runner: Runner;

  constructor(request: MatrixRequest, runner: Runner) {
    this.request = request;
    this.runner = runner;
  }

  one(pair: Direction): Cell {
    const [flow] = this.copies([pair]);
    return cell(flow, flow?.goodput_GBps);
  }

  both([a, b]: Direction): Cell {
    const flows = this.copies([
      [a, b],
      [b, a],
    ]);
    const refused = flows.find((flow) => flow.refused !== undefined)?.refused;
    if (refused !== undefined) return { refused };
    return flows.length * Math.min(...flows.map(({ goodput_GBps }) => goodput_GBps ?? 0));
  }

  probe(pair: Direction): Cell {
    const [flow] = this.run([this.flow(pair, 'read', PROBE)]);
    return cell(flow, flow?.latency_ns?.mean);
  }

  private copies(pairs: readonly Direction[]): readonly FlowResult[] {
    const { op, size } = this.request;
    return this.run(pairs.map((pair) => this.flow(pair, op, size)));
  }

  private flow([device, peer]: Direction, op: 'write' | 'read', size: Bytes): FlowSpec {
    const [from, to] = op === 'write' ? [[device], [peer]] : [[peer], [device]];
    return flowSpec({ from, to, op, size, transfers: 1 });
  }

  private run(flows: readonly FlowSpec[]): readonly FlowResult[] {
    const { system, profile, seed } = this.request;
    return this.runner.run({ system, profile, flows, seed, until: null }).flows;
  }
}

/** Counts what passes it. */
function counter(of: number, progress: (done: number, of: number) => void): (cell: Cell) => Cell {
  let done = 0;
  return (measured) => {
    progress(++done, of);
    return measured;
  };
}

const cells = (devices: readonly string[], measure: (pair: Direction) => Cell): Cells =>
  devices.map((device) => devices.map((peer) => (device === peer ? null : measure([device, peer]))));

/** As `cells` where both orders of a pair are the same experiment. */
function mirrored(devices: readonly string[], measure: (pair: Direction) => Cell): Cells {
  const half = devices.map((device, i) => devices.slice(i + 1).map((peer) => measure([device, peer])));
  const at = (i: number, j: number): Cell => half[i]?.[j - i - 1] ?? null;
  return devices.map((_, i) => devices.map((__, j) => (i === j ? null : at(Math.min(i, j), Math.max(i, j)))));
}

/**
 * Bandwidth and latency of all ordered pairs of devices, each pair alone in the machine. `progress` is told after each pair.
 * Throws RangeError for devices that the system does not have.
 */
export function matrix(
  request: MatrixRequest,
  runner: Runner,
  progress: (done: number, of: number) => void = () => {},
): MatrixResult {
  const { system, profile, seed, devices, op, size } = request;
  const runs = new PairRuns(request, runner);
  const steps = counter(2.5 * devices.length * (devices.length - 1), progress);
  return {
    system: system.name,
    kernel: profile.name,
    seed,
    op,
    bytes: size,
    devices,
    unidirectional_GBps: cells(devices, (pair) => steps(runs.one(pair))),
    bidirectional_GBps: mirrored(devices, (pair) => steps(runs.both(pair))),
    read128_latency_ns: cells(devices, (pair) => steps(runs.probe(pair))),
    models: modelUses(system),
  };
}
