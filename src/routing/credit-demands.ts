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

const poolsOf = ({ id, credits }: Channel, tlpClass: TlpClass): readonly Pool[] => [
  { resource: `credits:${id}:${tlpClass}-headers`, capacity: credits[tlpClass].headers, units: () => 1 },
  {
    resource: `credits:${id}:${tlpClass}-data`,
    capacity: credits[tlpClass].data,
    units: ({ payload }) => dataCredits(payload),
  },
];

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

function demandsOn(
  channels: readonly Channel[],
  tlps: readonly Timed<TlpCount>[],
  { tlpClass, lead }: { tlpClass: TlpClass; lead: number },
): readonly Demand[] {
  return channels.flatMap((channel, i) =>
    poolsOf(channel, tlpClass).flatMap((pool) =>
      demandOn(pool, channel.creditReturn, stageUses(tlps, i), lead),
    ),
  );
}

/**
 * What a transfer asks of the credits (inside a root complex: slots) behind each channel. The loop is serialisation, flight,
 * the far end's latency, serialisation onwards, flight back and the UpdateFC's latency. Source: pcie-facts, section 2.
 */
export function creditDemands(ways: FlowWays): readonly Demand[] {
  const { requestChannels, completionChannels, requests, completions, firstAnswer } = ways;
  const tlpClass = completionChannels.length > 0 ? 'nonposted' : 'posted';
  return [
    ...demandsOn(requestChannels, requests, { tlpClass, lead: 0 }),
    ...demandsOn(completionChannels, completions, { tlpClass: 'completion', lead: firstAnswer }),
  ];
}
