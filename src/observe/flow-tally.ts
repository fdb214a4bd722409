import { GrowingColumn } from './growing-column.ts';
import { ProgressCurve } from './progress-curve.ts';
import { mean, quantile } from './statistics.ts';

/** What one flow has delivered; times in ps, rates in bytes per second. NaN where nothing was. */
export interface FlowSummary {
  readonly bytes: number;
  readonly tlps: number;
  readonly transfers: number;
  readonly firstIssue: number;
  readonly lastArrival: number;
  /** bytes / (last arrival - first issue) */
  readonly goodput: number;
  /** Half-width of its 95 % confidence interval, from batch means. */
  readonly goodputHalfWidth: number;
  /** Of whole transfers, from the wish to the last byte. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly mean: number };
}

/** Counts the deliveries of one flow. */
export class FlowTally {
  private bytes = 0;
  private tlps = 0;
  private firstIssue = Number.POSITIVE_INFINITY;
  private lastArrival = 0;
  private readonly latencies = new GrowingColumn();
  private readonly curve = new ProgressCurve();
  private marked = { bytes: 0, tlps: 0, transfers: 0 };

  add(payload: number, issued: number, time: number): void {
    this.bytes += payload;
    this.tlps++;
    if (issued < this.firstIssue) this.firstIssue = issued;
    if (time > this.lastArrival) this.lastArrival = time;
    this.curve.add(time, this.bytes);
  }

  addTransfer(latency: number): void {
    this.latencies.push(latency);
  }

  mark(): void {
    const { bytes, tlps, latencies } = this;
    this.marked = { bytes, tlps, transfers: latencies.length };
  }

  repeat(delta: number, times: number): void {
    const { marked } = this;
    if (this.tlps === marked.tlps) return;
    const latencies = this.latencies.values().slice(marked.transfers);
    const [bytes, tlps] = [this.bytes - marked.bytes, this.tlps - marked.tlps];
    for (let cycle = 0; cycle < times; cycle++) {
      for (const latency of latencies) this.latencies.push(latency);
      this.bytes += bytes;
      this.tlps += tlps;
      this.lastArrival += delta;
      this.curve.add(this.lastArrival, this.bytes);
    }
  }

  summary(): FlowSummary {
    const { bytes, tlps, firstIssue, lastArrival } = this;
    const sorted = this.latencies.values().toSorted();
    return {
      bytes,
      tlps,
      transfers: sorted.length,
      firstIssue,
      lastArrival,
      goodput: bytes === 0 ? Number.NaN : (bytes * 1e12) / (lastArrival - firstIssue),
      goodputHalfWidth: this.curve.rateHalfWidth(),
      latency: { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), mean: mean(sorted) },
    };
  }
}
