import type { AcsRules } from './acs-rules.ts';
import type { KernelStatus } from './kernel-status.ts';

/** One line of a kernel's list of host bridges that are known to forward between their ports. */
export interface AllowListEntry {
  readonly vendor: number;
  readonly device: number | 'any';
  /** `REQ_SAME_HOST_BRIDGE`: not for two devices under different host bridges. */
  readonly sameHostBridgeOnly: boolean;
  readonly name: string;
  /** Release, and where the release is inferred, from what. */
  readonly since: string;
  readonly source: string;
}

/** Processors whose every host bridge is trusted. */
export interface CpuCheck {
  readonly vendor: string;
  readonly arch: string;
  readonly minFamily: number;
  readonly source: string;
}

/**
 * How a kernel decides. `path`: a redirect anywhere on the way to the nearest common bridge leads to the host bridge. Sources:
 * kernel-p2pdma, sections 1.2, 8 (legacy profile) and 1.7.
 *
 * `common-bridge-only`: the same walk, but no host bridge is ever allowed. `divergence`: only the two functions where the
 * ways part matter, each for the TLPs that enter it, and classes of TLPs are told apart.
 */
export type Algorithm = 'path' | 'common-bridge-only' | 'divergence';

/** What decides about P2P in one kernel, as data: `models/kernels/<name>.yaml`. Source: kernel-p2pdma, section 1. */
export interface KernelProfile {
  /** `linux-7.3` */
  readonly name: string;
  /** `7.3`; of a kernel with another name, the release that it builds on. */
  readonly release: string;
  readonly about: string;
  readonly status: KernelStatus;
  readonly algorithm: Algorithm;
  readonly acs: AcsRules;
  /** Null where no processor is trusted as such. */
  readonly cpuCheck: CpuCheck | null;
  /** In the order of scanning: the first entry that matches decides. */
  readonly allowList: readonly AllowListEntry[];
}
