import type { StagedExplanation } from '../experiment/staged-explanation.ts';
import { bytes, formatBytes } from '../units.ts';
import { barText } from './bar-text.ts';
import type { Column } from './column.ts';
import { definitionList } from './definition-list.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

type Expected = NonNullable<StagedExplanation['expected']>;

const BAR = 30;
/** Constraints that are printed; looser ones are many and far from binding. */
const MOST_ROWS = 6;
const LEGS = { in: 'in', out: 'out', both: 'in and out' } as const;

const rate = (gb: number, by: string): string => `at most ${gb.toFixed(2)} GB/s of payload, limited by ${by}`;
const us = (ns: number): string => `${(ns / 1e3).toFixed(1)} us`;

const COLUMNS: readonly Column[] = [
  { field: 'resource' },
  { field: 'leg', title: 'DMA' },
  { field: 'rate_GBps', title: 'allows GB/s', digits: 2 },
  { field: 'busy', title: '  busy' },
  { field: 'bar', title: ' ' },
];

function constraintTable({ constraints, goodput_GBps }: Expected, width: number): string {
  const rows = constraints.slice(0, MOST_ROWS).map((each) => {
    const busy = goodput_GBps / each.rate_GBps;
    const share = `${(busy * 100).toFixed(0).padStart(4)} %`;
    return { ...each, leg: LEGS[each.leg], busy: share, bar: barText(busy, BAR) };
  });
  const more = constraints.length - rows.length;
  return textTable(rows, COLUMNS, width) + (more > 0 ? `and ${more} more that allow more\n` : '');
}

/** The two DMAs, the buffers between them, and what comes of it. */
function facts(
  { via, interrupt_ns, ...staged }: StagedExplanation,
  { legs, goodput_GBps, limitedBy, unloaded_latency_ns }: Expected,
  { from, to }: { readonly from: string; readonly to: string },
): readonly (readonly [string, string])[] {
  const [chunk, buffer] = [staged.chunk_bytes, staged.buffer_bytes].map((size) => formatBytes(bytes(size)));
  const told = [...new Set([interrupt_ns.in, interrupt_ns.out])].map(us).join(' or ');
  const completions = legs.out.completionRoute ?? [];
  return [
    ['goodput', rate(goodput_GBps, limitedBy)],
    [
      'in',
      `${from} writes ${via}, ${legs.in.requestRoute.join(' → ')}: ${rate(legs.in.goodput_GBps, legs.in.limitedBy)}`,
    ],
    [
      'out',
      `${to} reads ${via}, ${completions.join(' → ')}: ${rate(legs.out.goodput_GBps, legs.out.limitedBy)}`,
    ],
    [
      'buffers',
      `${staged.buffers} of ${buffer} (assumed), ${chunk} in each at a time; the host is told ${told} after the end of either DMA`,
    ],
    [
      'latency    ',
      `at least ${us(unloaded_latency_ns)} for ${chunk} alone, from the first write to the last byte read`,
    ],
  ];
}

/** A staged copy as `hairpin explain` prints it: its two DMAs, and what they and the buffers allow together. */
export function stagedText(
  report: StagedExplanation,
  ends: { readonly from: string; readonly to: string },
  width: number,
): string {
  const { expected, via, refused = '' } = report;
  if (expected === null)
    return `${wrapText(`Nothing can be staged through ${via}, either: ${refused}`, width).join('\n')}\n`;
  const note =
    'Bounds by arithmetic, for this copy alone in the machine. A flow of a scenario with via and staging is simulated so, with buffers to choose.';
  return [
    definitionList(facts(report, expected, ends), width),
    constraintTable(expected, width),
    `${wrapText(note, width).join('\n')}\n`,
  ].join('\n');
}
