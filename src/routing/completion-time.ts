import type { Channel } from './channel.ts';
import { passings } from './passage.ts';
import { stageUses } from './stage-uses.ts';
import type { Timed } from './timed.ts';
import type { TlpCount } from './transfer-shape.ts';

/** Completion sizes with their passages; done is from a completion's own start to its arrival. */
export const timedCompletions = (
  channels: readonly Channel[],
  completions: readonly TlpCount[],
): readonly Timed<TlpCount>[] =>
  completions.flatMap((tlp) =>
    passings(channels, tlp).map((passing) => ({ ...passing, done: passing.passage.arrival })),
  );

/** Least time in ps from the completions of one request being ready to the arrival of the last: by the slowest channel. */
export function completionTime(channels: readonly Channel[], completions: readonly TlpCount[]): number {
  const timed = timedCompletions(channels, completions);
  const through = channels.map((_, i) => {
    const uses = stageUses(timed, i);
    const busy = uses.reduce((sum, { start, end, count }) => sum + count * (end - start), 0);
    const before = Math.min(...uses.map(({ start }) => start));
    return before + busy + Math.min(...uses.map(({ end, done }) => done - end));
  });
  return Math.max(0, ...through);
}
