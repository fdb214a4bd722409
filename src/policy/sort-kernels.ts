/** Compares `linux-6.19` and `linux-7.3` by release, as numbers: 6.9 is older than 6.19. */
function byRelease(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.replace('linux-', '').split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.replace('linux-', '').split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

/** Names of kernel profiles from the oldest release to the newest; the last is the default. */
export const sortKernels = (names: readonly string[]): string[] => [...names].sort(byRelease);
