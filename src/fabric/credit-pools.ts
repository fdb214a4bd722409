import { TimeLists } from '../engine/time-lists.ts';
import type { Picoseconds } from '../units.ts';

/** Capacity of a pool: headers (or tags) and data units (16 B credits, or bytes); Infinity is allowed. */
export interface PoolSize {
  readonly headers: number;
  readonly data: number;
}

/**
 * Pools of what is taken and comes back at a known time: flow-control credits, headers and data apart; tags and
 * outstanding bytes. A return is written down when it is decided and read when a taker needs it: no event is spent on it.
 * A taker that finds too little, and too little on its way, parks; the next return wakes it.
 */
export class CreditPools {
  private headers = new Float64Array(0);
  private data = new Float64Array(0);
  private parked = new Int32Array(0);
  /** By pool: when the parked taker will look again by itself; Infinity: not before it is woken. */
  private parkedUntil = new Float64Array(0);
  private readonly returns = new TimeLists();

  /** When the last `available` that found enough found it (0: nothing had to come back), and whether data was short, not headers. */
  satisfiedAt = 0;
  shortOfData = false;
  /** When there will be enough for the last that did not find it: Infinity if not enough is on its way. */
  availableAt = 0;

  reset(pools: readonly PoolSize[]): void {
    this.headers = Float64Array.from(pools, (pool) => pool.headers);
    this.data = Float64Array.from(pools, (pool) => pool.data);
    this.parked = new Int32Array(pools.length).fill(-1);
    this.parkedUntil = new Float64Array(pools.length);
    this.returns.reset(pools.length);
  }

  /** Whether one header and `data` units can be had now. If not, `taker` is parked, and `availableAt` says when they can. */
  available(pool: number, data: number, now: number, taker: number): boolean {
    this.satisfiedAt = 0;
    if (this.has(pool, data)) return true;
    this.shortOfData = (this.headers[pool] as number) >= 1;
    const { returns } = this;
    let entry = returns.start(pool);
    while (entry >= 0 && returns.time(entry) <= now) {
      this.headers[pool] = (this.headers[pool] as number) + 1;
      this.data[pool] = (this.data[pool] as number) + returns.amount(entry);
      this.satisfiedAt = returns.time(entry);
      returns.removeFirst(pool);
      if (this.has(pool, data)) return true;
      entry = returns.start(pool);
    }
    this.lookAhead(pool, data, taker);
    return false;
  }

  take(pool: number, data: number): void {
    this.headers[pool] = (this.headers[pool] as number) - 1;
    this.data[pool] = (this.data[pool] as number) - data;
  }

  /** Gives one header and `data` units back at `time`; answers the parked taker, which must be woken then, or -1. */
  giveBack(pool: number, data: number, time: number): number {
    const endless = this.headers[pool] === Number.POSITIVE_INFINITY;
    if (endless && (data === 0 || this.data[pool] === Number.POSITIVE_INFINITY)) return -1;
    this.returns.insert(pool, time, data);
    if (time >= (this.parkedUntil[pool] as number)) return -1;
    this.parkedUntil[pool] = time;
    return this.parked[pool] as number;
  }

  /** Headers and data that are free at `time`, returns up to then included. */
  freeAt(pool: number, time: Picoseconds): PoolSize {
    let headers = this.headers[pool] as number;
    let data = this.data[pool] as number;
    const { returns } = this;
    for (let e = returns.start(pool); e >= 0 && returns.time(e) <= time; e = returns.after(e)) {
      headers++;
      data += returns.amount(e);
    }
    return { headers, data };
  }

  private has(pool: number, data: number): boolean {
    return (this.headers[pool] as number) >= 1 && (this.data[pool] as number) >= data;
  }

  private lookAhead(pool: number, data: number, taker: number): void {
    const { returns } = this;
    let headers = this.headers[pool] as number;
    let units = this.data[pool] as number;
    let until = Number.POSITIVE_INFINITY;
    for (
      let entry = returns.start(pool);
      entry >= 0 && until === Number.POSITIVE_INFINITY;
      entry = returns.after(entry)
    ) {
      headers++;
      units += returns.amount(entry);
      if (headers >= 1 && units >= data) until = returns.time(entry);
    }
    this.parked[pool] = taker;
    this.parkedUntil[pool] = until;
    this.availableAt = until;
  }
}
