import type { Eligibility } from './eligibility.ts';
import type { Outputs } from './outputs.ts';
import type { Queues } from './queues.ts';

/** Makes all ranks up to the one granted last come behind those above it. */
const ROUND = 1e9;

/**
 * Which queue an output grants: round robin by rank among those whose heads can leave now, in which a queue may send as many
 * TLPs one after the other as its port's weight says.
 */
export class Arbiter {
  /** When an output that found none may find one. */
  due = 0;
  /** Whether the head that was chosen takes from a shared buffer; when its credits had come, and which they are. */
  shared = 0;
  creditTime = 0;
  creditKind = 0;
  private readonly outputs: Outputs;
  private readonly queues: Queues;
  private readonly eligibility: Eligibility;

  constructor(outputs: Outputs, queues: Queues, eligibility: Eligibility) {
    this.outputs = outputs;
    this.queues = queues;
    this.eligibility = eligibility;
  }

  /** The queue whose head leaves through the output now, or -1. */
  choose(output: number): number {
    const { outputs, eligibility } = this;
    const first = output * outputs.stride;
    const end = first + (outputs.waitingCount[output] as number);
    this.due = Number.POSITIVE_INFINITY;
    if (end - first === 1) return this.chooseOnly(outputs.waiting[first] as number, output);
    let best = -1;
    let bestTurn = Number.POSITIVE_INFINITY;
    for (let i = first; i < end; i++) {
      const queue = outputs.waiting[i] as number;
      if (!eligibility.check(queue, output)) {
        if (eligibility.at < this.due) this.due = eligibility.at;
        continue;
      }
      const turn = this.turn(queue, output);
      if (turn >= bestTurn) continue;
      best = queue;
      bestTurn = turn;
      this.note();
    }
    return best;
  }

  private chooseOnly(queue: number, output: number): number {
    if (this.eligibility.check(queue, output)) {
      this.note();
      return queue;
    }
    this.due = this.eligibility.at;
    return -1;
  }

  private note(): void {
    const { eligibility } = this;
    this.shared = eligibility.shared;
    this.creditTime = eligibility.creditTime;
    this.creditKind = eligibility.creditKind;
  }

  /** Place of a queue in the round; the lower goes first. */
  private turn(queue: number, output: number): number {
    const { outputs, queues } = this;
    const rank = queues.rank[queue] as number;
    const last = outputs.lastGranted[output] as number;
    if (rank !== last) return rank > last ? rank - ROUND : rank;
    const weight = queues.weight[queues.port[queue] as number] as number;
    return outputs.isInTurn(output, weight) ? -2 * ROUND : rank;
  }
}
