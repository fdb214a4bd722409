import type { PoolSize } from './credit-pools.ts';
import type { FabricPlan } from './plan.ts';

/** A machine and what is sent through it. */
export interface FabricSetting {
  readonly plan: FabricPlan;
  /** Outputs of all ways, one after the other, each way ended by -1. */
  readonly ways: Int32Array<ArrayBuffer>;
  /** Pools of the initiator, numbered from 3 x outputs on. */
  readonly extraPools: readonly PoolSize[];
  /** For messages. */
  readonly flowNames: readonly string[];
}
