import type { System } from '../system/system.ts';
import type { Channel } from './channel.ts';
import { channelsOf } from './channels-of.ts';
import { completionTime, timedCompletions } from './completion-time.ts';
import { type Passing, passings } from './passage.ts';
import { type FlowRoutes, flowRoutes, type NoRoutes } from './flow-routes.ts';
import type { Timed } from './timed.ts';
import { type RequestCount, type TlpCount, transferShape } from './transfer-shape.ts';
import type { TransferSpec } from './transfer-spec.ts';

/** All that the bound of a transfer is made of: its routes and channels, and the passages of its TLPs. */
export interface FlowWays {
  readonly routes: FlowRoutes;
  readonly requestChannels: readonly Channel[];
  readonly completionChannels: readonly Channel[];
  readonly requests: readonly Timed<RequestCount>[];
  /** The requests as they use their channels: on some whole, behind others in pieces. */
  readonly requestUses: readonly Timed<TlpCount>[];
  readonly completions: readonly Timed<TlpCount>[];
  /** Least time in ps from a request's issue to its first completion's start. */
  readonly firstAnswer: number;
}

/** The ways of a transfer; a reason where a port blocks them, or where they stay inside one device. Throws RangeError. */
export function flowWays(system: System, spec: TransferSpec): FlowWays | NoRoutes {
  const routes = flowRoutes(system, spec);
  if ('reason' in routes) return routes;
  const { request, completion } = routes;
  const requestChannels = channelsOf(system, request, completion ? 'nonposted' : 'posted');
  const completionChannels = completion ? channelsOf(system, completion, 'completion') : [];
  if (requestChannels.length === 0 || (completion && completionChannels.length === 0)) {
    return {
      reason: `the way ${request.hops.join(' - ')} stays inside one device, for which no bound is known`,
    };
  }
  const { requests, completerLatency } = transferShape(system, spec);
  const timed = requests.map((tlp) => {
    const uses = passings(requestChannels, tlp);
    const back = completionTime(completionChannels, tlp.completions);
    const { passage } = uses[0] as Passing;
    const done = passage.arrival + completerLatency + back;
    return { whole: { tlp, passage, done }, uses: uses.map((use) => ({ ...use, done })) };
  });
  return {
    routes,
    requestChannels,
    completionChannels,
    requests: timed.map(({ whole }) => whole),
    requestUses: timed.flatMap(({ uses }) => uses),
    completions: requests.flatMap(({ count, completions }) =>
      timedCompletions(completionChannels, completions).map((one) => times(one, count)),
    ),
    firstAnswer: Math.min(...timed.map(({ whole }) => whole.passage.arrival + completerLatency)),
  };
}

const times = (one: Timed<TlpCount>, count: number): Timed<TlpCount> => ({
  ...one,
  tlp: { ...one.tlp, count: one.tlp.count * count },
});
