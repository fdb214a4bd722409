import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/engine/random-stream.ts';

const draws = (stream: RandomStream, count: number) =>
  Array.from({ length: count }, () => stream.below(1000));

describe('a stream of random numbers', () => {
  test('has the same digits in every version of Node', () => {
    expect(draws(new RandomStream('1', 'engine:gpu0'), 12)).toEqual([
      624, 212, 683, 912, 143, 875, 398, 518, 80, 968, 604, 432,
    ]);
    const gaps = new RandomStream('1', 'flow:there');
    expect(Array.from({ length: 5 }, () => gaps.exponential(1e6))).toEqual([
      313226.92355247185, 1737280.7891626053, 1514057.171686412, 1116465.3240659372, 424915.535787726,
    ]);
  });

  test('is its own: what others draw in between shifts nothing', () => {
    const alone = draws(new RandomStream('7', 'gpu1'), 100);
    const [mine, other] = [new RandomStream('7', 'gpu1'), new RandomStream('7', 'gpu2')];
    const among = alone.map(() => {
      other.below(10);
      const [draw] = draws(mine, 1);
      other.exponential(5);
      return draw;
    });
    expect(among).toEqual(alone);
  });

  test('differs by seed and by component', () => {
    const first = draws(new RandomStream('1', 'a'), 20);
    const others = [new RandomStream('2', 'a'), new RandomStream('1', 'b')];
    for (const other of others) expect(draws(other, 20)).not.toEqual(first);
    const [one, two] = [new RandomStream('1', 'a'), new RandomStream('1', 'b')];
    const together = Array.from({ length: 20_000 }, () => (one.below(2) === two.below(2) ? 1 : 0));
    const agree = together.reduce((sum: number, each) => sum + each, 0) / 20_000;
    expect(Math.abs(agree - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 20_000));
  });

  test('draws all whole numbers below a bound about equally often', () => {
    const stream = new RandomStream('1', 'x');
    const counts = new Int32Array(7);
    for (let i = 0; i < 70_000; i++) {
      const draw = stream.below(7);
      counts[draw] = (counts[draw] as number) + 1;
    }
    const deviation = Math.sqrt((70_000 * 6) / 49);
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * deviation);
    expect(stream.below(1)).toBe(0);
  });

  test('draws exponential gaps with the mean asked for, and e^-1 of them longer than it', () => {
    const stream = new RandomStream('1', 'x');
    const gaps = Array.from({ length: 100_000 }, () => stream.exponential(81_920));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(Math.abs(mean / 81_920 - 1)).toBeLessThan(4 / Math.sqrt(gaps.length));
    const longer = gaps.filter((gap) => gap > 81_920).length / gaps.length;
    expect(Math.abs(longer - Math.exp(-1))).toBeLessThan(4 * Math.sqrt((0.37 * 0.63) / gaps.length));
    expect(Math.min(...gaps.slice(0, 1000))).toBeGreaterThanOrEqual(0);
  });
});
