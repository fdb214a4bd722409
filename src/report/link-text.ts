import type { Link, LinkSpeed } from '../system/system.ts';

/** `Gen5 x16`. */
export const speedText = ({ generation, width }: LinkSpeed): string => `Gen${generation} x${width}`;

/** Whether a link runs slower or narrower than both its ends can. */
export const isDegraded = ({ capability, current }: Link): boolean =>
  current.generation < capability.generation || current.width < capability.width;

/** `Gen5 x16`, or `Gen2 x16 of Gen5 x16 (degraded)`; with bit errors `Gen5 x16, bit errors 1e-9`. */
export function linkText(link: Link): string {
  const { capability, current, bitErrorRate } = link;
  const speed = isDegraded(link)
    ? `${speedText(current)} of ${speedText(capability)} (degraded)`
    : speedText(current);
  return bitErrorRate > 0 ? `${speed}, bit errors ${bitErrorRate}` : speed;
}
