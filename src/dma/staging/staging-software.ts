import type { Host, Software } from '../software.ts';
import { StagedFlow, type StagingLatencies } from './staged-flow.ts';
import type { StagingSpec } from './staging-spec.ts';

/** What the software of a run with staged flows is made from. */
export interface StagingSetting {
  /** Those of which the plan has both DMAs. */
  readonly staged: readonly StagingSpec[];
  latencies(spec: StagingSpec): StagingLatencies;
}

/** The drivers of all staged flows of a run. */
export class StagingSoftware implements Software {
  flows: readonly StagedFlow[] = [];
  private readonly setting: StagingSetting;

  constructor(setting: StagingSetting) {
    this.setting = setting;
  }

  start(host: Host): void {
    const { staged, latencies } = this.setting;
    this.flows = staged.map((spec) => new StagedFlow(spec, host, latencies(spec)));
    for (const flow of this.flows) flow.start();
  }

  unfinished(): readonly string[] {
    return this.flows
      .filter(({ isDone }) => !isDone)
      .map(({ spec }) => `staged flow ${spec.id} has transfers left`);
  }
}
