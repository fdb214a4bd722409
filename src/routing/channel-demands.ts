import type { Channel } from './channel.ts';
import type { Demand } from './demand.ts';
import type { FlowWays } from './flow-ways.ts';
import { stageUses } from './stage-uses.ts';
import type { Timed } from './timed.ts';
import type { TlpCount } from './transfer-shape.ts';

function demandsOn(
  channels: readonly Channel[],
  tlps: readonly Timed<TlpCount>[],
  lead: number,
): readonly Demand[] {
  return channels.map(({ id }, i) => {
    const uses = stageUses(tlps, i);
    return {
      resource: id,
      busy: uses.reduce((sum, { start, end, count }) => sum + count * (end - start), 0),
      before: lead + Math.min(...uses.map(({ start }) => start)),
      after: Math.min(...uses.map(({ end, done }) => done - end)),
    };
  });
}

/**
 * What a transfer asks of each channel: the time that its TLPs occupy it, one after the other. The DLLPs that others cause
 * there are left out.
 */
export const channelDemands = (ways: FlowWays): readonly Demand[] => [
  ...demandsOn(ways.requestChannels, ways.requestUses, 0),
  ...demandsOn(ways.completionChannels, ways.completions, ways.firstAnswer),
];
