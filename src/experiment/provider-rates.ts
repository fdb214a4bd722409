import { type FlowSpec, flowSpec } from '../dma/flow-spec.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Bytes } from '../units.ts';
import { boundOfRun } from './bound-of-run.ts';
import { mainLimits } from './compare-limits.ts';
import type { FlowResult, ModelUse } from './run-result.ts';
import type { Runner } from './runner.ts';

/** What the clients of a provider do with its memory all at once. */
export interface ProviderTraffic {
  readonly system: System;
  readonly profile: KernelProfile;
  readonly seed: string;
  readonly clients: readonly string[];
  /** Of one copy. */
  readonly size: Bytes;
  /** Copies of each client, two of which are under way. */
  readonly copies: number;
}

/** How fast the clients are in one direction; rates are of payload. */
export interface ProviderRate {
  /** Goodput of the slowest client, and of all together. */
  readonly least_GBps: number;
  readonly sum_GBps: number;
  /** Closed-form bound of the slowest client's goodput; null where there is none. */
  readonly bound_GBps: number | null;
  /** What the slowest client's copies waited for longest, and its share of the time in which they were under way. */
  readonly limitedBy: string;
  readonly share: number;
}

/** Both directions, or why a client cannot. */
export interface ProviderRates {
  readonly write: ProviderRate | { readonly refused: string };
  readonly read: ProviderRate | { readonly refused: string };
  readonly models: readonly ModelUse[];
}

const goodput = ({ goodput_GBps }: FlowResult): number => goodput_GBps ?? 0;

/** A client that owns the memory itself reaches it without PCIe, and has no flow. */
function flowsOf(traffic: ProviderTraffic, provider: string, op: 'write' | 'read'): readonly FlowSpec[] {
  const { clients, size, copies } = traffic;
  return clients
    .filter((client) => client !== provider)
    .map((client) => {
      const [from, to] = op === 'write' ? [[client], [provider]] : [[provider], [client]];
      return flowSpec({ from, to, op, size, transfers: copies, depth: Math.min(2, copies) });
    });
}

function rateOf(flows: readonly FlowResult[], { system }: ProviderTraffic, together: number | null) {
  const slowest = flows.reduce((least, flow) => (goodput(flow) < goodput(least) ? flow : least));
  const limit = mainLimits(system, [slowest]).find(({ resource }) => resource !== 'none');
  return {
    least_GBps: goodput(slowest),
    sum_GBps: flows.reduce((sum, flow) => sum + goodput(flow), 0),
    bound_GBps: together && together / flows.length,
    limitedBy: limit?.most ?? 'none',
    share: limit?.share ?? 0,
  };
}

/**
 * Simulates all clients at once that write to a provider's memory, and in a second run read from it, each with the same number of
 * bytes. Throws RangeError where the provider is the only client or the system lacks one of them.
 */
export function providerRates(traffic: ProviderTraffic, provider: string, runner: Runner): ProviderRates {
  const { system, profile, seed } = traffic;
  const run = (op: 'write' | 'read') => {
    const flows = flowsOf(traffic, provider, op);
    if (flows.length === 0) {
      throw new RangeError(
        `${provider} is the only client of its own memory; name another client or provider`,
      );
    }
    const result = runner.run({ system, profile, flows, seed, until: null });
    const refused = result.flows.find((flow) => flow.refused !== undefined)?.refused;
    const bound = refused === undefined ? boundOfRun(system, profile, flows) : null;
    const rate = refused === undefined ? rateOf(result.flows, traffic, bound) : { refused };
    return { rate, models: result.models };
  };
  const [write, read] = [run('write'), run('read')];
  return { write: write.rate, read: read.rate, models: write.models };
}
