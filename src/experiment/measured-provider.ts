import { distanceMany } from '../policy/distance-many.ts';
import { P2pMemory } from '../policy/p2p-memory.ts';
import { type MapType, type Verdict, verdict } from '../policy/verdict.ts';
import { type ProviderRate, providerRates, type ProviderTraffic } from './provider-rates.ts';
import type { ModelUse } from './run-result.ts';
import type { Runner } from './runner.ts';

/** A provider as the kernel sees it, and what it gives in the simulation. */
export interface MeasuredProvider {
  readonly provider: string;
  readonly verdicts: readonly {
    readonly client: string;
    readonly mapType: MapType;
    readonly distance: number;
  }[];
  /** Sum over the clients, in hops as the kernel counts them; null where a client is refused. */
  readonly distance: number | null;
  readonly write: ProviderRate | null;
  readonly read: ProviderRate | null;
  /** The slowest client's goodput in the slower direction; null where one is refused. */
  readonly rate_GBps: number | null;
  /** The smaller of the closed-form bounds of both directions; null where there is none. */
  readonly bound_GBps: number | null;
  /** What limits the slowest client in the slower direction. */
  readonly limitedBy: string | null;
  /** Why it has no rate: the first refused client's reason, of the kernel or of the hardware. */
  readonly refused?: string;
}

/** A provider, and the parts that its rates rest on. */
interface Measurement {
  readonly measured: MeasuredProvider;
  readonly models: readonly ModelUse[];
}

const NO_RATE = { write: null, read: null, rate_GBps: null, bound_GBps: null, limitedBy: null } as const;

function slower(write: ProviderRate, read: ProviderRate) {
  const { least_GBps: rate_GBps, limitedBy } = write.least_GBps < read.least_GBps ? write : read;
  const bounds = [write, read].flatMap(({ bound_GBps }) => bound_GBps ?? []);
  return { rate_GBps, limitedBy, bound_GBps: bounds.length < 2 ? null : Math.min(...bounds) };
}

function sumOf(provider: string, { system, profile, clients }: ProviderTraffic): number | null {
  const memory = new P2pMemory(profile).register(provider, { published: true });
  const sum = distanceMany(memory, system, { provider, clients });
  return sum < 0 ? null : sum;
}

const brief = ({ client, mapType, distance }: Verdict) => ({ client, mapType, distance });

/**
 * Asks the kernel about a provider for the clients of a traffic and simulates what it gives them, unless it refuses. Throws
 * RangeError for functions that the system does not have, and for a provider that is the only client.
 */
export function measureProvider(traffic: ProviderTraffic, provider: string, runner: Runner): Measurement {
  const { system, profile, clients } = traffic;
  const answers = clients.map((client) => verdict(system, provider, client, profile));
  const seen = { provider, verdicts: answers.map(brief), distance: sumOf(provider, traffic) };
  const refused = answers.find(({ mapType }) => mapType === 'NOT_SUPPORTED')?.reason;
  if (refused !== undefined) return { measured: { ...seen, ...NO_RATE, refused }, models: [] };
  const { write, read, models } = providerRates(traffic, provider, runner);
  if ('refused' in write) return { measured: { ...seen, ...NO_RATE, refused: write.refused }, models };
  if ('refused' in read) return { measured: { ...seen, ...NO_RATE, write, refused: read.refused }, models };
  return { measured: { ...seen, write, read, ...slower(write, read) }, models };
}
