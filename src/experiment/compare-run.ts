import type { FlowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import { LastArrivals, rateBySlowest } from './compare-rate.ts';
import type { BenchmarkContext } from './benchmarks/protocol.ts';
import type { RunResult } from './run-result.ts';
import type { Runner } from './runner.ts';

/** A system and what is to run on it. */
export interface Contestant {
  readonly system: System;
  readonly profile: KernelProfile;
  /** Each has a number of transfers, unless they are those of a benchmark. */
  readonly flows: readonly FlowSpec[];
  /** Replays a benchmark instead; its value is the rate. */
  readonly replay?: (context: BenchmarkContext) => RunResult;
}

export interface ContestantRun {
  readonly result: RunResult;
  /** In GB/s; null where a flow is refused. */
  readonly rate: number | null;
}

/** Runs a contestant once. Throws RangeError for flows that its system cannot have, and StuckError. */
export function runContestant(contestant: Contestant, seed: string, runner: Runner): ContestantRun {
  const { system, profile, replay } = contestant;
  if (replay !== undefined) {
    const result = replay({ system, profile, seed, runner });
    return { result, rate: result.benchmark?.value ?? null };
  }
  const arrivals = new LastArrivals();
  const result = runner.run({ ...contestant, seed, until: null, recorders: { deliveries: [arrivals] } });
  const whole = result.flows.every(({ refused }) => refused === undefined);
  return { result, rate: whole ? rateBySlowest(contestant.flows, arrivals) : null };
}
