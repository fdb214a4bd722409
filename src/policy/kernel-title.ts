import type { KernelProfile } from './kernel-profile.ts';

/** What to call a kernel in a heading: `linux-7.3`, or `linux-6.1 (inferred)` where the profile is not exact. */
export const kernelTitle = ({ name, status }: KernelProfile): string =>
  status.kind === 'exact' ? name : `${name} (${status.kind})`;
