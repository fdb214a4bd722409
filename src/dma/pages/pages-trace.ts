import { type Actor, LifeTrace } from '../life/life-trace.ts';

/**
 * What must always hold of peer memory with pages: a reference for each block and each user page, none below zero (P1); blocks of
 * whole pages that do not overlap (P2); one free for each allocation (P3); no request where nothing is allocated or the
 * provider has unbound (P4); no new reference once unbinding has begun (P5); an unbind that returns without references (P6).
 * Source: kernel-p2pdma, section 5.2.
 */
export type PagesInvariant = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6';

const SHOWN = 30;

/** An invariant of peer memory with pages has been violated: a defect of whoever did it, with the steps that led to it. */
export class PagesInvariantError extends Error {
  readonly invariant: PagesInvariant;
  readonly trace: readonly string[];

  constructor(invariant: PagesInvariant, text: string, trace: readonly string[]) {
    super([`${invariant} violated: ${text}`, ...trace.slice(-SHOWN)].join('\n  '));
    this.name = 'PagesInvariantError';
    this.invariant = invariant;
    this.trace = trace;
  }
}

/** What has happened to a provider's pages, step by step; of a long life the end. */
export class PagesTrace {
  private readonly steps: LifeTrace;

  constructor(clock: { readonly now: number }) {
    this.steps = new LifeTrace(clock);
  }

  /** Steps taken since the beginning. */
  get count(): number {
    return this.steps.count;
  }

  add(actor: Actor, text: string): void {
    this.steps.add(actor, text);
  }

  /** Throws PagesInvariantError unless `holds`. */
  check(holds: boolean, invariant: PagesInvariant, text: string): void {
    if (!holds) throw new PagesInvariantError(invariant, text, this.steps.lines());
  }
}
