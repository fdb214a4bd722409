import { TLP_CLASSES } from '../pcie/tlp-class.ts';
import type { PoolSize } from './credit-pools.ts';
import type { FabricPlan } from './plan.ts';

/** Numbers of the first pool of each sort; credits have three for each output, one a class, from 0 on. */
export interface PoolNumbers {
  /** One for each output: bytes of its replay buffer. */
  readonly replay: number;
  /** One for each shared buffer. */
  readonly shared: number;
  /** Those of the initiator. */
  readonly extra: number;
}

const ENDLESS = Number.POSITIVE_INFINITY;

/** All pools of a fabric in the order of their numbers, but those of the initiator. */
export function poolSizes({ outputs, sharedBuffers }: FabricPlan): readonly PoolSize[] {
  const credits = outputs.flatMap((output) =>
    TLP_CLASSES.map((name) => ({
      headers: output.credits[name].headers ?? ENDLESS,
      data: output.credits[name].data ?? ENDLESS,
    })),
  );
  const replay = outputs.map((output) => ({ headers: ENDLESS, data: output.replay.buffer ?? ENDLESS }));
  return [...credits, ...replay, ...sharedBuffers.map((data) => ({ headers: ENDLESS, data }))];
}

export function poolNumbers({ outputs, sharedBuffers }: FabricPlan): PoolNumbers {
  const replay = outputs.length * 3;
  const shared = replay + outputs.length;
  return { replay, shared, extra: shared + sharedBuffers.length };
}
