import type { Io } from './io.ts';

/** A command line once it has been understood. */
export interface Invocation {
  /** The arguments behind the command's name; those that must be there are. */
  readonly args: readonly string[];
  readonly json: boolean;
  readonly quiet: boolean;
  /** The value of an option such as `kernel`; null where it is not given. */
  value(option: string): string | null;
  readonly io: Io;
}
