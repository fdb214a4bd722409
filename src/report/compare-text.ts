import type { Column, TableRow } from './column.ts';
import { modelsNote, type PartUse } from './models-note.ts';
import { type SensitivityReport, sensitivityText } from './sensitivity-text.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

interface Contestant {
  readonly system: string;
  readonly devices: number;
  readonly flows: number;
  readonly rate_GBps: number | null;
  readonly ci95_GBps: readonly [number, number] | null;
  readonly limitedBy: readonly { readonly resource: string; readonly share: number }[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
  readonly models: readonly PartUse[];
}

/** What `hairpin compare` prints. */
export interface CompareReport {
  readonly traffic: string;
  readonly measure: string;
  readonly seed: string;
  readonly runs: number;
  readonly systems: readonly Contestant[];
  readonly better: {
    readonly system: string;
    readonly than: string;
    readonly percent: number;
    readonly intervalsOverlap: boolean | null;
    readonly survives?: {
      readonly changes: number;
      readonly flips: readonly { readonly part: string; readonly path: string; readonly factor: number }[];
    };
  } | null;
  readonly undecided?: string;
  readonly sensitivity?: SensitivityReport;
}

/** Limits of a system that are printed: the first, and others of a tenth or more. */
const MOST_LIMITS = 3;

const COLUMNS: readonly Column[] = [
  { field: 'system' },
  { field: 'devices', title: 'devices' },
  { field: 'rate', title: 'GB/s', digits: 1 },
  { field: 'half', title: '±', digits: 1 },
  { field: 'limit', title: ' share  limited by' },
];

const BLANK = { system: '', devices: '', rate: '', half: '' };

function rowsOf({ system, devices, rate_GBps, ci95_GBps, limitedBy }: Contestant): readonly TableRow[] {
  const waits = limitedBy.filter(
    ({ resource, share }, i) => resource !== 'none' && (i === 0 || share >= 0.1),
  );
  const lines = waits
    .slice(0, MOST_LIMITS)
    .map(({ resource, share }) => `${(share * 100).toFixed(0).padStart(4)} %  ${resource}`);
  const [limit = rate_GBps === null ? '        refused, see below' : '        nothing', ...rest] = lines;
  const half = ci95_GBps ? (ci95_GBps[1] - ci95_GBps[0]) / 2 : null;
  return [
    { system, devices, rate: rate_GBps, half, limit },
    ...rest.map((more) => ({ ...BLANK, limit: more })),
  ];
}

function judgement({ better, undecided, systems }: CompareReport): string {
  if (better === null) return `No system is named the better one: ${undecided ?? 'rates are missing'}.`;
  const intervals =
    better.intervalsOverlap === null
      ? 'a single run has no interval (--runs 4)'
      : `the 95 % intervals ${better.intervalsOverlap ? 'overlap, more --runs may tell' : 'do not overlap'}`;
  const name = systems.length > 2 ? 'the best' : 'better';
  return `${better.system} is ${name}, by ${better.percent.toFixed(1)} % over ${better.than}; ${intervals}.`;
}

/** Whether the order stands when numbers that nobody knows are others. */
function survival({ better, seed, sensitivity }: CompareReport): readonly string[] {
  if (better === null) return [];
  if (better.survives === undefined)
    return ['Whether the order survives a change of each assumed number was not tried (--no-sensitivity).'];
  const { changes, flips } = better.survives;
  const each = `of each assumed number by ${sensitivity?.change_pct} % down and up, one at a time`;
  const runs = `${changes} changes, one run of each system for each, seed ${seed}`;
  if (flips.length === 0) return [`The order survives a change ${each} (${runs}).`];
  const list = flips.map(
    ({ part, path, factor }) => `${part} ${path} ${factor > 1 ? '+' : '-'}${sensitivity?.change_pct} %`,
  );
  return [
    `The order does not survive a change ${each} (${runs}): ${flips.length} turn it, ${list.join('; ')}.`,
  ];
}

function refusals({ system, flows, refused }: Contestant): readonly string[] {
  const [first] = refused;
  return first ? [`${system} refuses ${refused.length} of ${flows} flows; ${first.id}: ${first.reason}`] : [];
}

/** Several systems side by side as `hairpin compare` prints them, and the judgement with its grounds. */
export function compareText(report: CompareReport, width: number): string {
  const { traffic, runs, seed, systems } = report;
  const paragraph = (text: string): string => `${wrapText(text, width).join('\n')}\n`;
  const models = new Map(systems.flatMap((system) => system.models).map((use) => [use.part, use]));
  const notes = [
    judgement(report),
    ...survival(report),
    ...systems.flatMap(refusals),
    `GB/s: ${report.measure}. Shares are of the time in which copies were under way; <root port> and the like stand for all of them.`,
    modelsNote([...models.values()]),
  ];
  return [
    paragraph(`${traffic}; ${runs} ${runs === 1 ? 'run' : 'runs'} of each system, seed ${seed}`),
    textTable(systems.flatMap(rowsOf), COLUMNS, width),
    ...notes.map(paragraph),
    ...(report.sensitivity ? [sensitivityText(report.sensitivity, width)] : []),
  ].join('\n');
}
