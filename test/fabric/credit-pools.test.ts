import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CreditPools, type PoolSize } from '../../src/fabric/credit-pools.ts';
import { picoseconds } from '../../src/units.ts';

const TAKER = 4;

function pool(headers: number, data: number): CreditPools {
  const pools = new CreditPools();
  pools.reset([
    { headers: 99, data: 99 },
    { headers, data },
  ]);
  return pools;
}

/** When pool 1 can give one header and so many data units: now, or later. */
const ask = (pools: CreditPools, data: number, now: number): number =>
  pools.available(1, data, now, TAKER) ? now : pools.availableAt;

const giveBack = (pools: CreditPools, data: number, time: number): number =>
  pools.giveBack(1, data, picoseconds(time));

describe('a pool of credits', () => {
  it('gives at once what it has, without waiting for anything', () => {
    const pools = pool(2, 10);
    expect(ask(pools, 10, 7)).toBe(7);
    pools.take(1, 4);
    expect(ask(pools, 6, 8)).toBe(8);
    expect(pools.satisfiedAt).toBe(0);
    expect(pools.freeAt(1, picoseconds(8))).toEqual({ headers: 1, data: 6 });
    expect(pools.freeAt(0, picoseconds(8))).toEqual({ headers: 99, data: 99 });
  });

  it('gives later what is on its way, when the last of what is needed comes', () => {
    const pools = pool(1, 4);
    pools.take(1, 4);
    for (const time of [50, 30, 40]) giveBack(pools, 2, time);
    expect(ask(pools, 2, 10)).toBe(30);
    expect(ask(pools, 3, 10)).toBe(40);
    expect(ask(pools, 6, 10)).toBe(50);
    expect(pools.freeAt(1, picoseconds(40))).toEqual({ headers: 2, data: 4 });
  });

  it('tells when the credit came that was enough, however late it is asked', () => {
    const pools = pool(1, 4);
    pools.take(1, 4);
    for (const time of [30, 40, 50]) giveBack(pools, 2, time);
    expect(ask(pools, 3, 60)).toBe(60);
    expect(pools.satisfiedAt).toBe(40);
    pools.take(1, 3);
    expect([ask(pools, 1, 60), pools.satisfiedAt]).toEqual([60, 0]);
  });

  it('tells whether headers or data are short', () => {
    const pools = pool(2, 4);
    pools.take(1, 3);
    expect([ask(pools, 2, 0), pools.shortOfData]).toEqual([Infinity, true]);
    pools.take(1, 0);
    expect([ask(pools, 1, 0), pools.shortOfData]).toEqual([Infinity, false]);
  });

  it('parks who finds too little on its way, and the next return wakes it', () => {
    const pools = pool(1, 4);
    pools.take(1, 4);
    expect(giveBack(pools, 1, 30)).toBe(-1);
    expect(ask(pools, 4, 10)).toBe(Infinity);
    expect(giveBack(pools, 1, 50)).toBe(TAKER);
    expect(ask(pools, 4, 50)).toBe(Infinity);
    expect(giveBack(pools, 2, 70)).toBe(TAKER);
    expect([ask(pools, 4, 70), pools.satisfiedAt]).toEqual([70, 70]);
  });

  it('wakes who waits for a return when another comes earlier, and not for one that comes later', () => {
    const pools = pool(1, 4);
    pools.take(1, 4);
    giveBack(pools, 4, 90);
    expect(ask(pools, 2, 10)).toBe(90);
    expect(giveBack(pools, 2, 95)).toBe(-1);
    expect(giveBack(pools, 2, 40)).toBe(TAKER);
    expect(giveBack(pools, 2, 60)).toBe(-1);
    expect([ask(pools, 2, 40), pools.satisfiedAt]).toEqual([40, 40]);
  });

  it('wakes nobody, and is as full as it was, after a reset', () => {
    const pools = pool(1, 4);
    pools.take(1, 4);
    giveBack(pools, 1, 30);
    ask(pools, 4, 10);
    pools.reset([
      { headers: 1, data: 1 },
      { headers: 3, data: 5 },
    ]);
    expect(pools.freeAt(1, picoseconds(100))).toEqual({ headers: 3, data: 5 });
    expect(giveBack(pools, 1, 50)).toBe(-1);
  });

  it('without limit never waits, wakes nobody and keeps no record of what comes back', () => {
    const pools = pool(Infinity, Infinity);
    for (let now = 0; now < 100; now++) {
      expect(ask(pools, 1e9, now)).toBe(now);
      pools.take(1, 1e9);
      expect(giveBack(pools, 1e9, now + 5)).toBe(-1);
    }
    expect(pools['returns'].start(1)).toBe(-1);
    expect(pools.freeAt(1, picoseconds(1000))).toEqual({ headers: Infinity, data: Infinity });
  });

  it.each<[PoolSize, boolean]>([
    [{ headers: 1, data: Infinity }, false],
    [{ headers: Infinity, data: 4 }, true],
  ])('of %o waits for what it has a limit of', ({ headers, data }, shortOfData) => {
    const pools = pool(headers, data);
    expect(ask(pools, 4, 0)).toBe(0);
    pools.take(1, 4);
    expect([ask(pools, 4, 0), pools.shortOfData]).toEqual([Infinity, shortOfData]);
    expect(giveBack(pools, 4, 20)).toBe(TAKER);
    expect(ask(pools, 4, 20)).toBe(20);
  });
});

/** The plain form: all that has been taken and has come or will come back, added up anew for each question. */
class PlainPool {
  private free: PoolSize;
  private readonly returns: { readonly time: number; readonly data: number }[] = [];

  constructor(size: PoolSize) {
    this.free = size;
  }

  take(data: number): void {
    this.free = { headers: this.free.headers - 1, data: this.free.data - data };
  }

  giveBack(data: number, time: number): void {
    this.returns.push({ time, data });
  }

  freeAt(time: number): PoolSize {
    const back = this.returns.filter((one) => one.time <= time);
    return {
      headers: this.free.headers + back.length,
      data: this.free.data + back.reduce((sum, one) => sum + one.data, 0),
    };
  }

  /** First of the times from `now` on at which there is enough. */
  availableAt(data: number, now: number): number {
    const times = [now, ...this.returns.map(({ time }) => time).filter((time) => time > now)];
    const enough = times.filter((time) => {
      const free = this.freeAt(time);
      return free.headers >= 1 && free.data >= data;
    });
    return Math.min(Infinity, ...enough);
  }
}

const size = fc.record({ headers: fc.integer({ min: 1, max: 4 }), data: fc.integer({ min: 0, max: 12 }) });
const step = fc.record({
  wait: fc.nat(5),
  back: fc.option(fc.record({ data: fc.nat(6), after: fc.nat(15) })),
});

test('a taker that sleeps until it is told to, or woken, never oversleeps, and finds what plain adding up finds', () => {
  const wishes = fc.array(fc.nat(8), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(size, wishes, fc.array(step, { maxLength: 60 }), (of, wanted, steps) => {
      const [pools, plain] = [pool(of.headers, of.data), new PlainPool(of)];
      let [now, wake, taken] = [0, 0, 0];
      const wish = () => wanted[taken % wanted.length] as number;
      for (const { wait, back } of steps) {
        for (now += wait; wake <= now; ) {
          const at = ask(pools, wish(), wake);
          expect(at).toBe(plain.availableAt(wish(), wake));
          if (at === wake) {
            pools.take(1, wish());
            plain.take(wish());
            taken++;
          }
          wake = at;
        }
        if (back) {
          const time = now + back.after;
          plain.giveBack(back.data, time);
          if (giveBack(pools, back.data, time) === TAKER) wake = Math.min(wake, time);
        }
        expect(wake).toBeLessThanOrEqual(plain.availableAt(wish(), now));
        expect(pools.freeAt(1, picoseconds(now))).toEqual(plain.freeAt(now));
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
