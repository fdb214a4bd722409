import type { DmaAnswer } from '../policy/entry-point-answer.ts';
import type { Mapping, MappingSource } from '../policy/mapping.ts';
import { bytes, formatBytes } from '../units.ts';
import { pairField } from './pair-field.ts';

const hex = (address: number): string => `0x${address.toString(16)}`;

function memoryText({ provider, memory }: Mapping): string {
  const { bar, address, bytes: size } = memory;
  if (bar === null || size === null) return `of ${provider}, whose BARs are not stated`;
  const place = address === null ? 'at an address that is not stated' : `at ${hex(address)}`;
  return `BAR ${bar} of ${provider}, ${formatBytes(bytes(size))} ${place}`;
}

function givenText({ kind, address }: Mapping): string {
  switch (kind) {
    case null:
      return 'nothing';
    case 'IOVA':
      return 'an IOVA that the IOMMU driver chooses';
    case 'BUS':
      return address === null
        ? 'a PCI bus address, not known without that of the BAR'
        : `${hex(address)} on the bus`;
    case 'PHYS':
      return address === null
        ? 'a physical address, not known without that of the BAR'
        : `${hex(address)}, as the CPU sees it`;
  }
}

function answerText(answer: DmaAnswer): string {
  if (answer.kind === 'ERROR') return `refused with ${answer.returns}`;
  const { length } = answer.entries;
  const costs = answer.kind === 'IOVA' ? 'unmapping costs IOTLB work' : 'unmapping costs nothing';
  return `${answer.kind} in ${length} ${length === 1 ? 'entry' : 'entries'}, ${costs}`;
}

/** Entry points with the same answer share a phrase. */
function entryPointsText({ entryPoints }: Mapping): string {
  const byAnswer = new Map<string, string[]>();
  for (const [point, answer] of Object.entries(entryPoints)) {
    const phrase = answerText(answer);
    byAnswer.set(phrase, [...(byAnswer.get(phrase) ?? []), point]);
  }
  return [...byAnswer].map(([phrase, points]) => `${points.join(', ')}: ${phrase}`).join('; ');
}

const allowed = (sources: readonly MappingSource[], backing: 'paged' | 'pageless'): string =>
  sources
    .filter((each) => each[backing].allowed)
    .map(({ source }) => source)
    .join(', ');

function sourcesText({ sources }: Mapping): string {
  return `with struct pages: ${allowed(sources, 'paged')}; without: ${allowed(sources, 'pageless')}`;
}

/**
 * What a client is given for a provider's memory, and by whom it can be used with and without `struct page`, in lines that
 * continue those of the verdict on the pair.
 */
export function mappingText(mapping: Mapping): string {
  return [
    ...pairField('memory', memoryText(mapping)),
    ...pairField('given', givenText(mapping)),
    ...pairField('mapped by', entryPointsText(mapping)),
    ...(mapping.sources.length > 0 ? pairField('usable by', sourcesText(mapping)) : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
