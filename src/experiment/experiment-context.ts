import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { Column, TableRow } from '../report/column.ts';
import type { renderSvg } from '../report/svg.ts';
import type { Part } from '../system/part.ts';
import type { System } from '../system/system.ts';
import type { Runner } from './runner.ts';

/** What the charts of `report/` make: a specification for vega-lite. */
export type ChartSpec = Parameters<typeof renderSvg>[0];

/** Where an experiment leaves what it has found. Files appear when the experiment has ended, all of them or none. */
export interface ExperimentOutput {
  /** Folder of the files; null where none was asked for: then files and charts are dropped, and charts not drawn. */
  readonly dir: string | null;
  /** For the terminal, or the JSON document. */
  table(rows: readonly TableRow[], columns: readonly Column[], title?: string): void;
  /** A file of the folder. */
  write(name: string, content: string | Uint8Array): void;
  /** A chart as `name.svg` and `name.png`. */
  chart(name: string, spec: ChartSpec): Promise<void>;
}

/** What a script of `experiments/` works with. */
export interface ExperimentContext {
  /** One resident engine for all runs. */
  readonly runner: Runner;
  /** By name or by path; throws ModelError. */
  loadSystem(nameOrPath: string): System;
  /** All parts of this package. */
  loadParts(): readonly Part[];
  readonly profile: KernelProfile;
  readonly seed: string;
  readonly output: ExperimentOutput;
  /** For the progress bar: how many of how many steps are done. */
  progress(done: number, of: number): void;
}

/** A script of `experiments/`: one file, whose name is the experiment's. */
export interface Experiment {
  /** What it answers, in one sentence. */
  readonly question: string;
  run(context: ExperimentContext): Promise<void>;
}
