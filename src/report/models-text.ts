import { definitionList } from './definition-list.ts';
import { textTable } from './text-table.ts';
import { wrapText } from './wrap-text.ts';

/** A part's line in the list. */
export interface PartLine {
  readonly name: string;
  readonly about: string;
  readonly numbers: Readonly<Record<'stated' | 'measured' | 'inferred' | 'assumed', number>>;
}

/** What `hairpin models` lists. */
export interface ModelList {
  readonly systems: readonly { readonly name: string; readonly about: string }[];
  readonly parts: readonly PartLine[];
  readonly kernels: readonly { readonly name: string; readonly about: string }[];
}

/** What `hairpin models PART` prints. */
export interface PartReport {
  readonly part: string;
  readonly kind: string;
  readonly about: string;
  readonly numbers: readonly {
    readonly path: string;
    readonly value: string;
    readonly kind: string;
    readonly source: string;
    /** Rows of published measurements that a free number was fixed from. */
    readonly fixed_by?: readonly string[];
  }[];
}

/** One line of prose. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Of prose, the first sentence. */
const firstSentence = (text: string): string =>
  oneLine(text)
    .replace(/([.;]) .*$/, '$1')
    .replace(/;$/, '.');

/** All systems, parts and kernel profiles; of the parts, how many numbers are of each kind. */
export function modelsText({ systems, parts, kernels }: ModelList, width: number): string {
  const entries = (list: ModelList['systems']) =>
    list.map(({ name, about }) => [name, firstSentence(about)] as const);
  const partRows = parts.map(({ name, numbers }) => ({ name, ...numbers }));
  const partColumns = ['name', 'stated', 'measured', 'inferred', 'assumed'].map((field) => ({
    field,
    title: field === 'name' ? 'numbers by kind' : field,
  }));
  return [
    `Systems (hairpin show NAME)\n${definitionList(entries(systems), width)}`,
    `Parts (hairpin models NAME)\n${textTable(partRows, partColumns, width)}`,
    `Kernel profiles (--kernel NAME)\n${definitionList(entries(kernels), width)}`,
  ].join('\n');
}

const INDENT = '    ';

type ReportedNumber = PartReport['numbers'][number];

/** What stands below a number; numbers in a row for which it is the same share it. */
function originOf({ source, fixed_by: rows = [] }: ReportedNumber): readonly string[] {
  const fixed = rows.length === 0 ? [] : [`fixed by ${rows.join(', ')}`];
  return [oneLine(source), ...fixed];
}

const sharesOrigin = (a: ReportedNumber, b: ReportedNumber | undefined): boolean =>
  b !== undefined && a.kind === b.kind && originOf(a).join('\n') === originOf(b).join('\n');

/**
 * A part with each of its numbers: value, kind and, below, the source and the rows that it was fixed from. Numbers with the
 * same origin share it.
 */
export function partText({ part, kind, about, numbers }: PartReport, width: number): string {
  const nameWidth = Math.max(...numbers.map(({ path }) => path.length));
  const valueWidth = Math.max(...numbers.map(({ value }) => value.length));
  const lines = numbers.flatMap((number, i) => {
    const { path, value, kind: sort } = number;
    const line = `${path.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${sort}`;
    if (sharesOrigin(number, numbers[i + 1])) return [line];
    const below = originOf(number).flatMap((text) => wrapText(text, width - INDENT.length));
    return [line, ...below.map((text) => INDENT + text)];
  });
  return `${[...wrapText(`${part} (${kind}): ${oneLine(about)}`, width), '', ...lines].join('\n')}\n`;
}
