import { halfWidth95 } from './statistics.ts';

const MOST_POINTS = 256;
const BATCHES = 20;

/**
 * Bytes delivered over time as at most 256 points, thinned by two whenever they are full, so that a run of any length keeps
 * the same number. From them come batch means.
 */
export class ProgressCurve {
  private readonly times = new Float64Array(MOST_POINTS);
  private readonly bytes = new Float64Array(MOST_POINTS);
  private points = 0;
  private stride = 1;
  private skipped = 0;

  add(time: number, bytes: number): void {
    if (++this.skipped < this.stride) return;
    this.skipped = 0;
    if (this.points === MOST_POINTS) this.thin();
    this.times[this.points] = time;
    this.bytes[this.points++] = bytes;
  }

  /** Half-width, in bytes per second, of the 95 % confidence interval of the rate from 20 batch means; NaN if too short. */
  rateHalfWidth(): number {
    const width = Math.floor((this.points - 1) / BATCHES);
    if (width < 1) return Number.NaN;
    const rates: number[] = [];
    for (let batch = 0; batch < BATCHES; batch++) {
      const from = batch * width;
      const elapsed = (this.times[from + width] as number) - (this.times[from] as number);
      const bytes = (this.bytes[from + width] as number) - (this.bytes[from] as number);
      if (elapsed > 0) rates.push((bytes * 1e12) / elapsed);
    }
    return halfWidth95(rates);
  }

  private thin(): void {
    for (let i = 0; i < MOST_POINTS / 2; i++) {
      this.times[i] = this.times[2 * i + 1] as number;
      this.bytes[i] = this.bytes[2 * i + 1] as number;
    }
    this.points = MOST_POINTS / 2;
    this.stride *= 2;
  }
}
