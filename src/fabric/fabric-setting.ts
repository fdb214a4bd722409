import type { PoolSize } from './credit-pools.ts';
import type { FabricPlan } from './plan.ts';

/** A machine and what is sent through it. */
export interface FabricSetting {
  readonly plan: FabricPlan;
  /** Outputs of all ways, one after the other, each way ended by -1. */
  readonly ways: Int32Array<ArrayBuffer>;
  /** Pools of the initiator, numbered from `poolNumbers(plan).extra` on. */
  readonly extraPools: readonly PoolSize[];
  readonly seed: string;
  /** For messages. */
  readonly flowNames: readonly string[];
}
