/** Who does something to a buffer: the exporter, an importer, their helpers. The same actor is the same object. */
export interface Actor {
  readonly name: string;
}

/** What must always hold of a buffer. Source: kernel-p2pdma, section 5.1. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10';

const SHOWN = 30;
const KEPT = 1000;

/** An invariant of a buffer's life has been violated: a defect of whoever did it, with the steps that led to it. */
export class InvariantError extends Error {
  readonly invariant: Invariant;
  readonly trace: readonly string[];

  constructor(invariant: Invariant, text: string, trace: readonly string[]) {
    super([`${invariant} violated: ${text}`, ...trace.slice(-SHOWN)].join('\n  '));
    this.name = 'InvariantError';
    this.invariant = invariant;
    this.trace = trace;
  }
}

/** What has happened to a buffer, step by step; of a long life the end. */
export class LifeTrace {
  /** Steps taken since the beginning. */
  count = 0;
  private steps: { readonly time: number; readonly text: string }[] = [];
  private readonly clock: { readonly now: number };

  constructor(clock: { readonly now: number }) {
    this.clock = clock;
  }

  add({ name }: Actor, text: string): void {
    if (this.steps.length >= 2 * KEPT) this.steps = this.steps.slice(KEPT);
    this.count++;
    this.steps.push({ time: this.clock.now, text: `${name} ${text}` });
  }

  /** Lines like `12.500 us nic0 maps`. */
  lines(): readonly string[] {
    return this.steps.map(({ time, text }) => `${(time / 1e6).toFixed(3)} us ${text}`);
  }

  /** Throws InvariantError unless `holds`. */
  check(holds: boolean, invariant: Invariant, text: string): void {
    if (!holds) throw new InvariantError(invariant, text, this.lines());
  }
}
