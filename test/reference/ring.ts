import type { Copy } from './copy.ts';

/** The copies of one engine and direction that still have requests to give; they do so by turns. */
export class Ring {
  /** The copy in turn first, then in the order of their turns. */
  private readonly copies: Copy[] = [];
  private readonly granularity: number;
  /** Bytes until the turn goes on. */
  private budget: number;

  /** `granularity`: bytes that a copy may issue in its turn. */
  constructor(granularity: number) {
    this.granularity = granularity;
    this.budget = granularity;
  }

  get current(): Copy | undefined {
    return this.copies[0];
  }

  /** A copy joins, behind all others. */
  join(copy: Copy): void {
    this.copies.push(copy);
  }

  /** Whether the turn of the copy is over after so many bytes. */
  endsWith(bytes: number): boolean {
    return this.copies[0]?.toIssue === bytes || this.budget <= bytes;
  }

  /** The copy in turn has issued so many bytes: it may have done all that it had to do, or its turn may be over. */
  spend(bytes: number): void {
    this.budget -= bytes;
    const copy = this.copies[0] as Copy;
    if (copy.toIssue > 0 && this.budget > 0) return;
    this.copies.shift();
    if (copy.toIssue > 0) this.copies.push(copy);
    this.budget = this.granularity;
  }
}
