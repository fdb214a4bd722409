const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;

/**
 * Natural logarithm of a positive normal number, from + - * / alone, so that it is the same on every JavaScript engine.
 * Source: x = m 2^k with m near 1, ln m = 2 artanh((m-1)/(m+1)) by its series (Abramowitz and Stegun 4.1.27), ln 2 in two
 * parts as in fdlibm. Relative error below 1e-15. Throws RangeError outside the domain.
 */
export function logarithm(x: number): number {
  if (!(x > 0) || !Number.isFinite(x))
    throw new RangeError(`logarithm of ${x}; expected a positive finite number`);
  let m = x;
  let k = 0;
  while (m >= Math.SQRT2) {
    m /= 2;
    k++;
  }
  while (m < Math.SQRT1_2) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let series = 0;
  for (let n = 23; n >= 1; n -= 2) series = series * square + 1 / n;
  return k * LN2_HIGH + (k * LN2_LOW + 2 * s * series);
}
