/** Two-sided 95 % quantiles of Student's t by degrees of freedom, from 1 on (Abramowitz and Stegun, table 26.10). */
const T95 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093,
];

/** The value below which the share `q` of sorted numbers lies (nearest rank); NaN for none. */
export function quantile(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] as number;
}

export function mean(values: Iterable<number>): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    sum += value;
    count++;
  }
  return sum / count;
}

/** Half-width of the 95 % confidence interval of the mean of up to 20 batch means; NaN for fewer than two. */
export function halfWidth95(batches: readonly number[]): number {
  const n = batches.length;
  if (n < 2) return Number.NaN;
  const centre = mean(batches);
  const squares = batches.map((value) => (value - centre) * (value - centre));
  const variance = (mean(squares) * n) / (n - 1);
  return (T95[Math.min(n, T95.length + 1) - 2] as number) * Math.sqrt(variance / n);
}

/** Jain's fairness index: 1 where all shares are equal, 1/n where one has all (Jain, Chiu, Hawe 1984). */
export function jainIndex(shares: readonly number[]): number {
  const sum = mean(shares) * shares.length;
  const squares = mean(shares.map((share) => share * share)) * shares.length;
  return (sum * sum) / (shares.length * squares);
}
