import { bytes, formatBytes } from '../units.ts';
import { barText } from './bar-text.ts';
import type { Column } from './column.ts';
import { definitionList } from './definition-list.ts';
import { modelsNote, type PartUse } from './models-note.ts';
import type { StagedExplanation } from '../experiment/staged-explanation.ts';
import { stagedText } from './staged-text.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

/** What `hairpin explain` prints. */
export interface ExplainReport {
  readonly system: string;
  readonly kernel: string;
  readonly from: string;
  readonly to: string;
  readonly op: 'write' | 'read';
  readonly bytes: number;
  readonly client: string;
  readonly mapType: string | null;
  readonly distance: number | null;
  readonly reason: string;
  readonly address: string | null;
  readonly requestRoute: readonly string[] | null;
  readonly turn: string;
  readonly completionRoute: readonly string[] | null;
  readonly completionTurn: string;
  readonly expected: {
    readonly constraints: readonly { readonly resource: string; readonly rate_GBps: number }[];
    readonly goodput_GBps: number;
    readonly limitedBy: string;
    readonly unloaded_latency_ns: number;
    readonly accounts: Readonly<Record<'pcie-bench' | 'nccl', number | null>>;
  } | null;
  readonly refused?: string;
  readonly staged?: StagedExplanation;
  readonly models: readonly PartUse[];
  readonly caveats: readonly string[];
}

const BAR = 30;
/** Width of the names of facts, so that both lists stand in line. */
const NAMES = 'completions'.length;
/** Constraints that are printed; looser ones are many and far from binding. */
const MOST_ROWS = 10;

const ADDRESS: Readonly<Record<string, string>> = {
  BUS: 'BUS, a PCI bus address',
  IOVA: 'IOVA, an address that the IOMMU translates',
  PHYS: 'PHYS, a CPU physical address',
};

type Entry = readonly [name: string, meaning: string];

const paragraph = (text: string, width: number): string => `${wrapText(text, width).join('\n')}\n`;

function head({ from, to, op, bytes: size, system, kernel, client }: ExplainReport): string {
  const deed = op === 'write' ? `${client} writes it` : `${client} reads it`;
  return `${from} → ${to} on ${system}, ${kernel}: ${formatBytes(bytes(size))} at a time, ${deed}\n`;
}

const way = (name: string, hops: readonly string[] | null, turn: string): readonly Entry[] =>
  hops ? [[name, `${hops.join(' → ')} (${turn})`]] : [];

function facts(report: ExplainReport, width: number): string {
  const { mapType, distance, reason, address } = report;
  const entries: readonly Entry[] = [
    ['verdict'.padEnd(NAMES), mapType === null ? 'none' : `${mapType}, distance ${distance}`],
    ['because', reason],
    ['address', address === null ? 'none' : (ADDRESS[address] ?? address)],
    ...way('requests', report.requestRoute, report.turn),
    ...way('completions', report.completionRoute, report.completionTurn),
  ];
  return definitionList(entries, width);
}

const COLUMNS: readonly Column[] = [
  { field: 'resource' },
  { field: 'rate_GBps', title: 'allows GB/s', digits: 2 },
  { field: 'busy', title: '  busy' },
  { field: 'bar', title: ' ' },
];

function constraintTable(
  { constraints, goodput_GBps }: NonNullable<ExplainReport['expected']>,
  width: number,
): string {
  const shown = constraints.slice(0, MOST_ROWS);
  const rows = shown.map((each) => {
    const busy = goodput_GBps / each.rate_GBps;
    return { ...each, busy: `${(busy * 100).toFixed(0).padStart(4)} %`, bar: barText(busy, BAR) };
  });
  const more = constraints.length - shown.length;
  return textTable(rows, COLUMNS, width) + (more > 0 ? `and ${more} more that allow more\n` : '');
}

/** Why the figures of other models for the same way differ. */
const ACCOUNTS: Readonly<Record<'pcie-bench' | 'nccl', string>> = {
  'pcie-bench':
    'counts Acks and UpdateFCs as if a link had one lane, in either direction, and takes each link as if it were alone',
  nccl: "takes three quarters of a link for its payload, Intel's root complex for 6/5 of the bytes, and one constant between sockets",
};

function accounts(expected: NonNullable<ExplainReport['expected']>, width: number): string {
  const entries = (['pcie-bench', 'nccl'] as const).flatMap((name): Entry[] => {
    const rate = expected.accounts[name];
    return rate === null ? [] : [[name.padEnd(NAMES), `${rate.toFixed(2)} GB/s: ${ACCOUNTS[name]}`]];
  });
  return `What other models say of the same way:\n${definitionList(entries, width)}`;
}

function expectation(expected: NonNullable<ExplainReport['expected']>, width: number): string {
  const { goodput_GBps, limitedBy, unloaded_latency_ns } = expected;
  return [
    definitionList(
      [
        [
          'goodput'.padEnd(NAMES),
          `at most ${goodput_GBps.toFixed(2)} GB/s of payload, limited by ${limitedBy}`,
        ],
        [
          'latency',
          `at least ${unloaded_latency_ns.toFixed(1)} ns, from the issue of the first request to its last byte`,
        ],
      ],
      width,
    ),
    constraintTable(expected, width),
    paragraph(
      'Bounds by arithmetic, for this transfer alone in the machine: DLLPs, queueing and other traffic only make it slower. `hairpin run` simulates.',
      width,
    ),
    accounts(expected, width),
  ].join('\n');
}

function refusal({ from, to, refused, reason }: ExplainReport, width: number): string {
  const why = refused === undefined || refused === reason ? 'Refused' : `No such transfer: ${refused}`;
  return paragraph(
    `${why}: there is no rate from ${from} to ${to}. What users get instead is a copy staged through system memory:`,
    width,
  );
}

/** Asked for a staged copy, people want to know what it costs against a direct one, in one line. */
function body(report: ExplainReport, width: number): readonly string[] {
  const { expected, staged } = report;
  if (staged === undefined) return expected ? [expectation(expected, width)] : [refusal(report, width)];
  const direct = expected
    ? paragraph(
        `Directly: at most ${expected.goodput_GBps.toFixed(2)} GB/s of payload, limited by ${expected.limitedBy}. Staged through ${staged.via}:`,
        width,
      )
    : refusal(report, width);
  return [direct, stagedText(staged, report, width)];
}

/** One transfer as `hairpin explain` prints it: verdict, ways, what each resource allows, and what the numbers rest on. */
export function explainText(report: ExplainReport, width: number): string {
  const rests = report.models.length === 0 ? [] : [modelsNote(report.models)];
  const notes = [...report.caveats, ...rests].map((note) => paragraph(note, width));
  return [head(report), facts(report, width), ...body(report, width), ...notes].join('\n');
}
