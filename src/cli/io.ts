/** What a command line talks to: the process, or a test. */
export interface Io {
  /** Standard output: results alone. */
  readonly out: (text: string) => void;
  /** Standard error: messages. */
  readonly err: (text: string) => void;
  /** Cells of a line where standard output is a terminal; null where it is none. */
  readonly columns: number | null;
  /** Where progress bars are drawn; null where standard error is no terminal. */
  readonly terminal: NodeJS.WriteStream | null;
  readonly colors: boolean;
}
