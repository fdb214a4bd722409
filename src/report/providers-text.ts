import type { Contender, Disagreement } from '../experiment/provider-disagreements.ts';
import type { ProviderRanks, RankedProvider } from '../experiment/provider-ranks.ts';
import { bytes, formatBytes } from '../units.ts';
import type { Column, TableRow } from './column.ts';
import { modelsNote } from './models-note.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

const LETTER = { BUS_ADDR: 'B', THRU_HOST_BRIDGE: 'H', NOT_SUPPORTED: 'X' } as const;

/** Disagreements and refusals that are printed; the others are counted. */
const MOST_LINES = 6;

const COLUMNS: readonly Column[] = [
  { field: 'provider' },
  { field: 'verdicts', title: 'by client' },
  { field: 'distance', title: 'hops' },
  { field: 'near', title: 'near' },
  { field: 'write', title: 'write', digits: 2 },
  { field: 'read', title: 'read', digits: 2 },
  { field: 'bound', title: 'bound', digits: 2 },
  { field: 'fast', title: 'fast' },
  { field: 'limit', title: 'limited by' },
];

const row = ({ verdicts, write, read, ...each }: RankedProvider): TableRow => ({
  provider: each.provider,
  verdicts: verdicts.map(({ mapType, distance }) => `${LETTER[mapType]}${distance}`).join(' '),
  distance: each.distance,
  near: each.distanceRank,
  write: write?.least_GBps,
  read: read?.least_GBps,
  bound: each.bound_GBps,
  fast: each.rateRank,
  limit: each.limitedBy ?? 'refused, see below',
});

function choice({
  kernelChoice: { chosen, equals, distance },
  seed,
  best,
  providers,
}: ProviderRanks): string {
  if (chosen === null || distance === null) return 'Linux finds no provider that all clients may reach.';
  const drawn =
    equals.length === 1
      ? 'which alone is nearest'
      : `drawn with seed ${seed} among ${equals.length} equals (${equals.join(', ')})`;
  const rate = (id: string | undefined) =>
    providers.find(({ provider }) => provider === id)?.rate_GBps?.toFixed(2) ?? 'no';
  const [first] = best;
  const fastest =
    first === undefined ? '' : ` Most bandwidth: ${best.join(', ')}, ${rate(first)} GB/s for each client.`;
  return `Linux takes ${chosen}, ${drawn}, at ${distance} hops: ${rate(chosen)} GB/s.${fastest}`;
}

const contender = ({ provider, distance, rate_GBps, limitedBy }: Contender): string =>
  `${provider} (${distance} hops, ${rate_GBps.toFixed(2)} GB/s, limited by ${limitedBy})`;

function dispute({ kind, slower, faster }: Disagreement): string {
  const view = kind === 'nearer' ? 'is nearer than' : 'counts as near as';
  return `${contender(slower)} ${view} ${contender(faster)}, which gives more.`;
}

function disputes({ disagreements, providers, kernelChoice: { equals } }: ProviderRanks): readonly string[] {
  const rated = providers.filter(({ rateRank }) => rateRank !== null);
  if (rated.length < 2) return [];
  if (disagreements.length === 0) return ['No provider gives more than another that is as near or nearer.'];
  const lines = disagreements
    .filter(({ slower }) => equals.includes(slower.provider))
    .slice(0, MOST_LINES)
    .map(dispute);
  const more = disagreements.length - lines.length;
  return more > 0 ? [...lines, `${more} more pairs disagree: see --json.`] : lines;
}

function refusals({ providers }: ProviderRanks): readonly string[] {
  const lines = providers.flatMap(({ provider, refused }) => (refused ? [`${provider}: ${refused}`] : []));
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `${more} more are refused: see --json.`] : lines;
}

/** Providers by distance and by simulated bandwidth as `hairpin providers` prints them, with the kernel's choice and its rivals. */
export function providersText(result: ProviderRanks, width: number): string {
  const { system, kernel, clients, copies, bytes: size, providers, models } = result;
  const paragraph = (text: string): string => `${wrapText(text, width).join('\n')}\n`;
  const load = `${copies} copies of ${formatBytes(bytes(size))}`;
  const heading = `${system} under ${kernel}: providers for ${clients.join(', ')}; each client moves ${load}, all at once`;
  const notes = [
    'write, read: simulated GB/s of the slowest client; bound: its closed-form bound in the slower direction. near: rank by hops as the kernel counts them, near to far; fast: rank by the slower direction, rates within 1 % alike. By client, in their order: B directly, H by way of the host bridge, X refused, with the hops.',
    choice(result),
    ...disputes(result),
    ...refusals(result),
    ...(models.length > 0 ? [modelsNote(models)] : []),
  ];
  return [paragraph(heading), textTable(providers.map(row), COLUMNS, width), ...notes.map(paragraph)].join(
    '\n',
  );
}
