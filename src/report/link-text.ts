import type { Link, LinkSpeed } from '../system/system.ts';

/** `Gen5 x16`. */
export const speedText = ({ generation, width }: LinkSpeed): string => `Gen${generation} x${width}`;

/** Whether a link runs slower or narrower than both its ends can. */
export const isDegraded = ({ capability, current }: Link): boolean =>
  current.generation < capability.generation || current.width < capability.width;

/** `Gen5 x16`, or `Gen2 x16 of Gen5 x16 (degraded)`. */
export const linkText = (link: Link): string =>
  isDegraded(link)
    ? `${speedText(link.current)} of ${speedText(link.capability)} (degraded)`
    : speedText(link.current);
