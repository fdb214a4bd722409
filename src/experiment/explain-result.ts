import type { AddressKind } from '../pcie/address-kind.ts';
import type { KernelStatus } from '../policy/kernel-status.ts';
import type { MapType } from '../policy/map-type.ts';
import type { Verdict } from '../policy/verdict.ts';
import type { Turn } from '../routing/route.ts';
import type { OtherAccounting } from './accounting.ts';
import type { ModelUse } from './run-result.ts';
import type { StagedExplanation } from './staged-explanation.ts';

/** What arithmetic says of a transfer that may run, alone in the machine. */
export interface Expectation {
  /** What each resource allows in the long run, the tightest first. */
  readonly constraints: readonly { readonly resource: string; readonly rate_GBps: number }[];
  readonly goodput_GBps: number;
  readonly limitedBy: string;
  /** From the first issue to the arrival of the first request's data, unhindered. */
  readonly unloaded_latency_ns: number;
  /** What other models say of the same way, in GB/s; null where they say nothing. */
  readonly accounts: Readonly<Record<OtherAccounting, number | null>>;
}

/**
 * Why a transfer goes the way it goes and how fast it can be: plain data, the JSON of `hairpin explain`. Fields that
 * `hairpin p2p` has, too, mean the same.
 */
export interface Explanation {
  readonly system: string;
  readonly kernel: string;
  readonly kernelStatus: KernelStatus;
  readonly from: string;
  readonly to: string;
  readonly op: 'write' | 'read';
  readonly bytes: number;
  /** The end whose memory is reached, and the device that issues the requests. */
  readonly provider: string;
  readonly client: string;
  /** Null for memory, about which Linux's P2P policy says nothing. */
  readonly mapType: MapType | null;
  readonly distance: number | null;
  readonly reason: string;
  /** Map types by class of TLPs; null of memory, and of a kernel that does not tell classes apart. */
  readonly classes: Verdict['classes'];
  /** Null for memory. */
  readonly hostBridges: Verdict['hostBridges'] | null;
  /** What the kernel prints when asked verbosely. */
  readonly kernelLog: readonly string[];
  readonly address: AddressKind | null;
  readonly requestRoute: readonly string[] | null;
  /** Where requests turn, and completions. */
  readonly turn: Turn;
  /** Of a read. */
  readonly completionRoute: readonly string[] | null;
  readonly completionTurn: Turn;
  /** Null where refused. */
  readonly expected: Expectation | null;
  /** Why there is nothing to expect. */
  readonly refused?: string;
  /** By way of system memory: where that was asked, and where a pair of devices is refused. */
  readonly staged?: StagedExplanation;
  /** Parts on the way. */
  readonly models: readonly ModelUse[];
  /** What the model leaves out that matters here. */
  readonly caveats: readonly string[];
}
