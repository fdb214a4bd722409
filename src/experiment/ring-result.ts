/**
 * An all-reduce of a run, as nccl-tests states it (NVIDIA/nccl-tests, doc/PERFORMANCE.md); its edges are flows with its id as
 * `legOf`. Time and bandwidths are null where no iteration has ended.
 */
export interface RingResult {
  readonly id: string;
  /** In the order of the ring. */
  readonly devices: readonly string[];
  /** Bytes that each device has to reduce. */
  readonly size: number;
  /** Iterations that have ended. */
  readonly iterations: number;
  /** Mean of an iteration. */
  readonly time_ns: number | null;
  /** Size over time. */
  readonly algbw_GBps: number | null;
  /** 2(N-1)/N of size over time: what each device sends, and with equal links the rate of each. */
  readonly busbw_GBps: number | null;
  /** Why it did not run: the reason of its first edge that was refused. */
  readonly refused: string | null;
}
