import type { ExitCode } from './exit-code.ts';
import type { Files } from './write-folder.ts';
import type { Invocation } from './invocation.ts';

/** An argument: `<name>` must be there, `[name]` may be, `...` stands for several. */
export interface ArgumentRule {
  readonly form: string;
  readonly about: string;
}

/** An option with a value, such as `--kernel <name>`, or without one, such as `--sensitivity`. */
export interface OptionRule {
  readonly form: string;
  readonly about: string;
  readonly choices?: readonly string[];
}

/** What a command has found out: once as a JSON document, once for people. */
export interface Answer {
  readonly document: unknown;
  /** For lines of at most `width` cells where that can be. */
  text(width: number): string;
  /** For the folder of `-o`. */
  readonly files?: Files;
  /** Where it is not 0. */
  readonly code?: ExitCode;
}

/** A command: one file in `commands/`, whose name is the command's. */
export interface CommandModule {
  readonly summary: string;
  /** A few sentences for its own help. */
  readonly about: string;
  readonly arguments: readonly ArgumentRule[];
  /** Beside `--json`, `--seed` and `--quiet`, which all have. */
  readonly options: readonly OptionRule[];
  /** Command lines without `hairpin`. */
  readonly examples: readonly string[];
  /** For the end of its help, such as a file's form. */
  readonly notes?: string;
  /** Throws UsageError, ModelError or RangeError for bad input, StuckError for a run that does not end. */
  run(invocation: Invocation): Answer | Promise<Answer>;
}
