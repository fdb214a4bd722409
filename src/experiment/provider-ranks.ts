import { RandomStream } from '../engine/random-stream.ts';
import { P2pMemory } from '../policy/p2p-memory.ts';
import { chooseProvider, type ProviderChoice } from '../policy/provider-choice.ts';
import { type MeasuredProvider, measureProvider } from './measured-provider.ts';
import { type Disagreement, disagreements } from './provider-disagreements.ts';
import type { ProviderTraffic } from './provider-rates.ts';
import { ranksOf } from './ranks-of.ts';
import type { ModelUse } from './run-result.ts';
import type { Runner } from './runner.ts';

/** A provider with its places in both orders. */
export interface RankedProvider extends MeasuredProvider {
  /** 1 for the nearest; equals have the same rank, and the next one counts them all. Null where a client is refused. */
  readonly distanceRank: number | null;
  /** 1 for the fastest; rates within 1 % of the first of a rank share it. Null without a rate. */
  readonly rateRank: number | null;
}

/** Providers for some clients by the kernel's distance and by simulated bandwidth: plain data, the JSON of `hairpin providers`. */
export interface ProviderRanks {
  readonly system: string;
  readonly kernel: string;
  readonly seed: string;
  /** Of one copy. */
  readonly bytes: number;
  /** Copies of each client. */
  readonly copies: number;
  readonly clients: readonly string[];
  /** From the nearest on, equals from the fastest on, refused ones last. */
  readonly providers: readonly RankedProvider[];
  readonly kernelChoice: ProviderChoice;
  /** Providers of the first rank by rate. */
  readonly best: readonly string[];
  readonly disagreements: readonly Disagreement[];
  readonly models: readonly ModelUse[];
}

export interface RankSettings {
  /** One resident engine for all runs. */
  readonly runner: Runner;
  /** Told after each provider. */
  progress?(done: number, of: number): void;
}

/** How near two rates are that count as the same. */
const SAME_RATE = 0.01;

function ranked(providers: readonly MeasuredProvider[]): readonly RankedProvider[] {
  const distances = ranksOf(
    providers.map(({ distance }) => distance),
    (first, next) => next === first,
  );
  const rates = ranksOf(
    providers.map(({ rate_GBps }) => (rate_GBps === null ? null : -rate_GBps)),
    (first, next) => next <= first * (1 - SAME_RATE),
  );
  return providers.map((each, i) => ({
    ...each,
    distanceRank: distances[i] ?? null,
    rateRank: rates[i] ?? null,
  }));
}

const LAST = Number.MAX_SAFE_INTEGER;

const inOrder = (providers: readonly RankedProvider[]): readonly RankedProvider[] =>
  providers.toSorted(
    (a, b) =>
      (a.distanceRank ?? LAST) - (b.distanceRank ?? LAST) || (a.rateRank ?? LAST) - (b.rateRank ?? LAST),
  );

function kernelChoice(
  { system, profile, seed, clients }: ProviderTraffic,
  candidates: readonly string[],
): ProviderChoice {
  const memory = new P2pMemory(profile);
  for (const id of candidates) memory.register(id, { published: true });
  const stream = new RandomStream(seed, 'provider-choice');
  return chooseProvider(memory, system, { clients, draw: (count) => stream.below(count) });
}

const eachOnce = (models: readonly ModelUse[]): readonly ModelUse[] => [
  ...new Map(models.map((use) => [use.part, use])).values(),
];

/**
 * Ranks candidate providers for clients by the kernel's sum of distances and, beside it, by simulated bandwidth: all clients at
 * once write to the provider's memory and, in a second run, read from it, and the slowest client's goodput in the slower
 * direction counts. The kernel's draw among equals is seeded; all candidates count as published. Throws RangeError for
 * functions that the system does not have, and for a provider that is the only client. Source: kernel-p2pdma, sections 1.6
 * and 1.7.
 */
export function providerRanks(
  traffic: ProviderTraffic,
  candidates: readonly string[],
  { runner, progress }: RankSettings,
): ProviderRanks {
  const { system, profile, seed, clients, size, copies } = traffic;
  const results = candidates.map((provider, i) => {
    const result = measureProvider(traffic, provider, runner);
    progress?.(i + 1, candidates.length);
    return result;
  });
  const providers = inOrder(ranked(results.map(({ measured }) => measured)));
  return {
    system: system.name,
    kernel: profile.name,
    seed,
    bytes: size,
    copies,
    clients,
    providers,
    kernelChoice: kernelChoice(traffic, candidates),
    best: providers.flatMap(({ provider, rateRank }) => (rateRank === 1 ? [provider] : [])),
    disagreements: disagreements(providers),
    models: eachOnce(results.flatMap(({ models }) => models)),
  };
}
