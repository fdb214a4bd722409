import type { RepeatingRecorder } from '../engine/probe.ts';
import type { WaitFact } from '../fabric/facts.ts';
import { StageWaits } from './stage-waits.ts';

export interface WaitShare {
  readonly resource: number;
  readonly share: number;
}

/**
 * What each flow waits for. Within a stage older TLPs go first, so a younger one's wait counts only from where the older
 * one's ended; between stages the one further on is the older. So at each instant the oldest TLP that waits is charged.
 */
export class WaitRecorder implements RepeatingRecorder<WaitFact> {
  private readonly flows: StageWaits[][];

  constructor(flows: number) {
    this.flows = Array.from({ length: flows }, () => []);
  }

  add(fact: WaitFact): void {
    const stages = this.flows[fact.flow] as StageWaits[];
    let waits = stages[fact.stage];
    if (waits === undefined) {
      waits = new StageWaits();
      stages[fact.stage] = waits;
    }
    waits.add(fact.from, fact.to, fact.resource);
  }

  mark(): void {
    for (const stages of this.flows) for (const stage of stages) stage?.mark();
  }

  repeat(delta: number, times: number): void {
    for (const stages of this.flows) for (const stage of stages) stage?.repeat(delta, times);
  }

  /** Shares of the time from `from` to `to` charged to each resource, largest first; the rest waited for nothing. */
  shares(flow: number, from: number, to: number): readonly WaitShare[] {
    const charged = new Map<number, number>();
    for (const { begin, end, resource } of oldestWaits(this.flows[flow] as StageWaits[])) {
      const time = Math.min(end, to) - Math.max(begin, from);
      if (time > 0) charged.set(resource, (charged.get(resource) ?? 0) + time);
    }
    return [...charged]
      .map(([resource, time]) => ({ resource, share: time / (to - from) }))
      .sort((a, b) => b.share - a.share || a.resource - b.resource);
  }
}

interface Wait {
  readonly begin: number;
  readonly end: number;
  readonly resource: number;
}

/** The waits of all stages laid over each other, a later stage hiding an earlier one. */
function oldestWaits(stages: readonly (StageWaits | undefined)[]): readonly Wait[] {
  let visible: Wait[] = [];
  for (const stage of stages.toReversed()) if (stage) visible = overlay(visible, stage);
  return visible;
}

/** Adds what of a stage's waits is not hidden by `above`; both, and the result, are disjoint and in order. */
function overlay(above: readonly Wait[], below: StageWaits): Wait[] {
  below.close();
  const [from, to, resource] = [below.from.values(), below.to.values(), below.resource.values()];
  const result: Wait[] = [];
  let next = 0;
  for (let i = 0; i < from.length; i++) {
    let begin = from[i] as number;
    const end = to[i] as number;
    const what = resource[i] as number;
    for (let hidden = above[next]; hidden && hidden.begin < end; hidden = above[next]) {
      if (begin < hidden.begin) result.push({ begin, end: hidden.begin, resource: what });
      begin = Math.max(begin, hidden.end);
      if (hidden.end > end) break;
      result.push(hidden);
      next++;
    }
    if (begin < end) result.push({ begin, end, resource: what });
  }
  for (; next < above.length; next++) result.push(above[next] as Wait);
  return result;
}
