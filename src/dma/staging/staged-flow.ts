import type { Condition, Processes, Program } from '../../engine/processes.ts';
import type { Picoseconds } from '../../units.ts';
import type { DrivenFlow } from '../driven-flow.ts';
import type { Host } from '../software.ts';
import { LegClock } from './leg-clock.ts';
import { inFlow, outFlow } from './staging-flows.ts';
import type { StagingSpec } from './staging-spec.ts';

/** Time from the end of a DMA to the driver that acts on it, at either device. */
export interface StagingLatencies {
  readonly in: Picoseconds;
  readonly out: Picoseconds;
}

/**
 * The driver that copies by way of staging buffers: a free buffer is filled by the source; when the host has been told so the
 * destination reads it; when the host has been told of that, too, the buffer is free again. DMAs of a device are taken to end
 * in the order in which they began.
 */
export class StagedFlow {
  readonly spec: StagingSpec;
  readonly clocks = { in: new LegClock(), out: new LegClock() };
  /** Of whole transfers, in ps, from the wish to the last byte at the destination. */
  readonly latencies: number[] = [];
  private taken = 0;
  /** Transfers of whose end the host has been told. */
  private done = 0;
  private readonly wished: number[] = [];
  private readonly processes: Processes;
  private readonly changed: Condition;
  private readonly legs: { readonly in: DrivenFlow; readonly out: DrivenFlow };
  private readonly latency: StagingLatencies;

  constructor(spec: StagingSpec, host: Host, latency: StagingLatencies) {
    this.spec = spec;
    this.latency = latency;
    this.processes = host.processes;
    this.changed = host.processes.condition();
    this.legs = { in: host.flow(inFlow(spec.id)), out: host.flow(outFlow(spec.id)) };
    for (const leg of [this.legs.in, this.legs.out]) leg.changed = this.changed;
  }

  start(): void {
    this.processes.start(this.fill());
    this.processes.start(this.watch('in'));
    this.processes.start(this.watch('out'));
  }

  get isDone(): boolean {
    return this.done >= (this.spec.transfers ?? Number.POSITIVE_INFINITY);
  }

  private get chunks(): number {
    return this.spec.size / this.spec.chunk;
  }

  /** Wishes transfers, so many at a time, and has their chunks written into buffers as these get free. */
  private *fill(): Program {
    const { transfers, depth, buffers, start } = this.spec;
    yield start;
    for (let wishes = 0; wishes < (transfers ?? Number.POSITIVE_INFINITY); wishes++) {
      while (wishes - this.done >= depth) yield this.changed;
      this.wished.push(this.processes.now);
      for (let chunk = 0; chunk < this.chunks; chunk++) {
        while (this.taken >= buffers) yield this.changed;
        this.taken++;
        this.post('in');
      }
    }
  }

  private post(leg: 'in' | 'out'): void {
    this.clocks[leg].begin(this.processes.now);
    this.legs[leg].post();
  }

  /** Sees each DMA of a leg end, of which the host is told later. */
  private *watch(leg: 'in' | 'out'): Program {
    const { processes, clocks } = this;
    const flow = this.legs[leg];
    for (let seen = 0; ; ) {
      while (flow.ended === seen) yield this.changed;
      if (flow.ended === flow.posted) clocks[leg].end(processes.now);
      for (; seen < flow.ended; seen++) {
        if (leg === 'out') this.arrived(seen + 1);
        processes.start(leg === 'in' ? this.filled() : this.emptied(seen + 1));
      }
    }
  }

  private arrived(chunks: number): void {
    if (chunks % this.chunks !== 0) return;
    this.latencies.push(this.processes.now - (this.wished[chunks / this.chunks - 1] as number));
  }

  /** The host is told that a buffer is full, and has it read. */
  private *filled(): Program {
    yield this.latency.in;
    this.post('out');
  }

  /** The host is told that a buffer, one after so many, has been read, and frees it. */
  private *emptied(chunks: number): Program {
    yield this.latency.out;
    this.taken--;
    if (chunks % this.chunks === 0) this.done++;
    this.changed.wake();
  }
}
