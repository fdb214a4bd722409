/** A number that a result is read for, such as a flow's goodput. */
export interface Figure {
  /** In words, with the unit. */
  readonly name: string;
  /** Null where there is none, such as of a refused flow. */
  readonly value: number | null;
}
