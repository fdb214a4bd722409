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
 * What decides about P2P in one kernel release, as data: `models/kernels/<name>.yaml`. The walk itself (`path`) is the same
 * in every release so far. Source: kernel-p2pdma, section 1.
 */
export interface KernelProfile {
  /** `linux-7.3` */
  readonly name: string;
  /** `7.3` */
  readonly release: string;
  readonly about: string;
  readonly algorithm: 'path';
  readonly cpuCheck: CpuCheck;
  /** In the order of scanning: the first entry that matches decides. */
  readonly allowList: readonly AllowListEntry[];
}
