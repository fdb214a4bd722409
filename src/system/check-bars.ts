import type { DocumentPath } from './model-error.ts';
import type { Placed } from './placed.ts';
import type { TypedDocument } from './read-document.ts';
import type { Bar, HostBridge } from './system.ts';

/** A function has six registers. Source: PCIe Base Specification 5.0, section 7.5.1.2.1. */
const MOST_BARS = 6;

type Document = TypedDocument<unknown>;

/** A BAR whose address is known, and where it stands. */
interface Located {
  readonly owner: string;
  readonly path: DocumentPath;
  readonly bar: Bar & { readonly address: number };
}

const hex = (value: number): string => `${value < 0 ? '-' : ''}0x${Math.abs(value).toString(16)}`;

const last = ({ bar }: Located): number => bar.address + bar.size - 1;

function barsOf({ node }: Placed): readonly Bar[] {
  return node.kind === 'endpoint' || node.kind === 'rciep' ? (node.bars ?? []) : [];
}

function locatedBars(placed: Placed): readonly Located[] {
  return barsOf(placed).flatMap((bar, i) => {
    const { address } = bar;
    const path = [...placed.path, 'bars', i, 'address'];
    return address === null ? [] : [{ owner: placed.node.id, path, bar: { ...bar, address } }];
  });
}

function checkCount(placed: Placed, document: Document): void {
  const { length } = barsOf(placed);
  if (length <= MOST_BARS) return;
  const remedy = 'a function has no more registers; remove the others';
  const expected = `at most ${MOST_BARS} BARs`;
  throw document.problem([...placed.path, 'bars'], { expected, got: `${length}`, remedy });
}

function checkAligned({ bar, path }: Located, document: Document): void {
  if (bar.address % bar.size === 0) return;
  const expected = `a multiple of the BAR's size, ${hex(bar.size)}`;
  const remedy = 'BARs are aligned to their size; correct address or size';
  throw document.problem(path, { expected, got: hex(bar.address), remedy });
}

function checkBusAddress(located: Located, busOffset: number, document: Document): void {
  const [first, end] = [located.bar.address + busOffset, last(located) + busOffset];
  if (first >= 0 && Number.isSafeInteger(end) && Number.isSafeInteger(last(located))) return;
  const expected = `an address that lies with its end from 0 to 2^53 - 1, also with the host bridge's bus_offset of ${hex(busOffset)}`;
  const remedy = 'correct address, size or bus_offset';
  throw document.problem(located.path, { expected, got: hex(located.bar.address), remedy });
}

/** Of BARs by address, each must begin after the one before ends. */
function checkApart(located: readonly Located[], document: Document): void {
  const sorted = [...located].sort((a, b) => a.bar.address - b.bar.address);
  for (const [i, one] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before === undefined || one.bar.address > last(before)) continue;
    const expected = 'memory BARs that do not overlap';
    const got = `${hex(one.bar.address)} inside ${hex(before.bar.address)} to ${hex(last(before))} of ${before.owner}`;
    throw document.problem(one.path, { expected, got, remedy: 'correct one of the two addresses' });
  }
}

/**
 * Checks that BARs are no more than a function has registers, aligned to their size, addressable on the bus, and, those of
 * memory, apart from each other in the whole system. Throws ModelError.
 */
export function checkBars(
  placed: readonly Placed[],
  bridges: readonly HostBridge[],
  document: Document,
): void {
  const offsets = new Map(bridges.map(({ id, busOffset }) => [id, busOffset]));
  const memory: Located[] = [];
  for (const each of placed) {
    const offset = offsets.get(each.node.parent) ?? 0;
    offsets.set(each.node.id, offset);
    checkCount(each, document);
    for (const located of locatedBars(each)) {
      checkAligned(located, document);
      if (located.bar.kind === 'io') continue;
      checkBusAddress(located, offset, document);
      memory.push(located);
    }
  }
  checkApart(memory, document);
}
