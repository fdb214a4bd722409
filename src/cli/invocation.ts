import type { Io } from './io.ts';

/** A command line once it has been understood. */
export interface Invocation {
  /** The arguments behind the command's name; those that must be there are. */
  readonly args: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  /** The value of an option such as `kernel`; null where it is not given. */
  value(option: string): string | null;
  /** Whether an option without a value is on: one like `--sensitivity` when it is given, one like `--no-sensitivity` unless it is. */
  flag(option: string): boolean;
  readonly io: Io;
}
