import { dataCredits } from '../pcie/credits.ts';
import type { TlpClass } from '../pcie/tlp-class.ts';
import type { Channel } from './channel.ts';
import type { Demand } from './demand.ts';
import type { FlowWays } from './flow-ways.ts';
import { type StageUse, stageUses } from './stage-uses.ts';
import type { Timed } from './timed.ts';
import type { TlpCount } from './transfer-shape.ts';

interface Pool {
  readonly resource: string;
  readonly capacity: number | null;
  /** Units that a TLP takes. */
  readonly units: (use: StageUse) => number;
}

/** A buffer that ports share may hold any number of TLPs more, so that a class's own credits limit nothing. */
const poolsOf = ({ id, credits, sharedBuffer }: Channel, tlpClass: TlpClass): readonly Pool[] => {
  if (sharedBuffer !== null) return [];
  const { headers, data } = credits[tlpClass];
  return [
    { resource: `credits:${id}:${tlpClass}-headers`, capacity: headers, units: () => 1 },
    {
      resource: `credits:${id}:${tlpClass}-data`,
      capacity: data,
      units: ({ payload }) => dataCredits(payload),
    },
  ];
};

/** Each TLP holds its credits from its start until their return: so many units x time, of as many units as there are. */
function demandOn(
  pool: Pool,
  creditReturn: number,
  uses: readonly StageUse[],
  lead: number,
): readonly Demand[] {
  const { resource, capacity, units } = pool;
  const held = uses.reduce(
    (sum, use) => sum + use.count * units(use) * (use.release + creditReturn - use.start),
    0,
  );
  if (capacity === null || held === 0) return [];
  return [
    {
      resource,
      busy: held / capacity,
      before: lead + Math.min(...uses.map(({ start }) => start)),
      after: Math.min(...uses.map(({ release, done }) => done - release)) - creditReturn,
    },
  ];
}

/** The sender's own copy of each TLP, kept until its Ack has come. */
function replayDemand({ id, carrier, replay }: Channel, uses: readonly StageUse[]): readonly Demand[] {
  if (carrier.kind !== 'link' || replay.buffer === null) return [];
  const bytes = ({ bytes: own }: StageUse): number => own + carrier.framing;
  const held = uses.map((use) => use.count * bytes(use) * (use.end + replay.ackReturn - use.start));
  return [
    {
      resource: `replay-buffer:${id}`,
      busy: held.reduce((sum, each) => sum + each, 0) / replay.buffer,
      before: Math.min(...uses.map(({ start }) => start)),
      after: Math.min(...uses.map(({ end, done }) => done - end)) - replay.ackReturn,
    },
  ];
}

function demandsOn(
  channels: readonly Channel[],
  tlps: readonly Timed<TlpCount>[],
  { tlpClass, lead }: { tlpClass: TlpClass; lead: number },
): readonly Demand[] {
  return channels.flatMap((channel, i) => {
    const uses = stageUses(tlps, i);
    return [
      ...poolsOf(channel, tlpClass).flatMap((pool) => demandOn(pool, channel.creditReturn, uses, lead)),
      ...replayDemand(channel, uses).map((demand) => ({ ...demand, before: demand.before + lead })),
    ];
  });
}

/**
 * What a transfer asks of the credits (inside a root complex: slots) behind each channel, and of the replay buffer before it. The loop is serialisation, flight,
 * the far end's latency, serialisation onwards, flight back and the UpdateFC's latency. Source: pcie-facts, section 2.
 */
export function creditDemands(ways: FlowWays): readonly Demand[] {
  const { requestChannels, completionChannels, requestUses, completions, firstAnswer } = ways;
  const tlpClass = completionChannels.length > 0 ? 'nonposted' : 'posted';
  return [
    ...demandsOn(requestChannels, requestUses, { tlpClass, lead: 0 }),
    ...demandsOn(completionChannels, completions, { tlpClass: 'completion', lead: firstAnswer }),
  ];
}
