const RELEASE = /^linux-(\d+)\.(\d+)$/;

/** Major and minor number of `linux-6.19`; null of a kernel with another name, which is no release. */
function releaseOf(name: string): readonly [number, number] | null {
  const match = RELEASE.exec(name);
  return match === null ? null : [Number(match[1]), Number(match[2])];
}

/** By release, as numbers: 6.9 is older than 6.19. What is no release comes last, by name. */
function byRelease(a: string, b: string): number {
  const [first, second] = [releaseOf(a), releaseOf(b)];
  if (first === null || second === null) {
    return Number(first === null) - Number(second === null) || (a < b ? -1 : Number(a > b));
  }
  return first[0] - second[0] || first[1] - second[1];
}

/** Names of kernel profiles: releases from the oldest to the newest, then those that are no release, such as proposals. */
export const sortKernels = (names: readonly string[]): string[] => [...names].sort(byRelease);

/** The name of the newest release, which is the default; null where there is none. */
export const newestKernel = (names: readonly string[]): string | null =>
  sortKernels(names).findLast((name) => releaseOf(name) !== null) ?? null;
