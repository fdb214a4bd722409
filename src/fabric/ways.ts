import type { TlpClass } from '../pcie/tlp-class.ts';
import { channelsOf } from '../routing/channels-of.ts';
import type { Route } from '../routing/route.ts';
import { quadrantFor } from '../routing/scope-channels.ts';
import { chain, socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { atsRootPort, translationAgent } from './assemble-ats.ts';
import { agentChannel, memoryEndpoint } from './assemble-root-complex.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Outputs on the way from a device to its translation agent, and of the answers back; number of the agent. */
export interface AtsWays {
  readonly requestWay: readonly number[];
  readonly answerWay: readonly number[];
  readonly agent: number;
}

/** Translates routes into the outputs of a plan that a TLP passes one after the other. */
export class Ways {
  private readonly system: System;
  private readonly builder: PlanBuilder;

  constructor(system: System, builder: PlanBuilder) {
    this.system = system;
    this.builder = builder;
  }

  /** Outputs on a route for TLPs of a class; RangeError for ways inside a device or over conventional PCI. */
  of(route: Route, tlpClass: TlpClass): readonly number[] {
    const channels = channelsOf(this.system, route, tlpClass).map(({ id }) => id);
    if (channels.length === 0) {
      throw new RangeError(
        `the way ${route.hops.join(' - ')} stays inside one device, which is not simulated; name two devices`,
      );
    }
    const way = [...this.agent(route.hops[0], 'up'), ...channels, ...this.agent(route.hops.at(-1), 'down')];
    return way.map((id) => this.builder.output(id));
  }

  /** Number of an endpoint of the plan; for `mem:<socket>` as the device `peer` reaches it. */
  endpoint(id: string, peer: string): number {
    if (!id.startsWith('mem:')) return this.builder.endpoint(id);
    const socket = socketOf(this.system, id).id;
    return this.builder.endpoint(memoryEndpoint(socket, quadrantFor(this.system, id, peer)));
  }

  /** The ways between a device and the agent that translates for it; null where the device has no ATS. */
  translations(device: string): AtsWays | null {
    const rootPort = atsRootPort(this.system, device);
    if (rootPort === null) return null;
    const hops = chain(this.system, device).map(({ id }) => id);
    const agent = translationAgent(rootPort);
    return {
      requestWay: [
        ...this.of({ hops, turn: 'none' }, 'nonposted'),
        this.builder.output(agentChannel(agent, 'down')),
      ],
      answerWay: this.of({ hops: hops.toReversed(), turn: 'none' }, 'completion'),
      agent: this.builder.endpoint(agent),
    };
  }

  private agent(end: string | undefined, direction: 'up' | 'down'): readonly string[] {
    return end !== undefined && this.system.nodes[end]?.kind === 'rciep'
      ? [agentChannel(end, direction)]
      : [];
  }
}
