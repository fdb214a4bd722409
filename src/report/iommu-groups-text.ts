import { wrapText } from './wrap-text.ts';

const WIDTH = 110;

/**
 * IOMMU groups of several functions, of which one cannot be passed to a guest without the others; groups as sets of names, none
 * where the IOMMU is off.
 */
export function iommuGroupsText(groups: readonly (readonly string[])[]): string {
  if (groups.length === 0) return '';
  const shared = groups.filter(({ length }) => length > 1);
  const lines = shared.flatMap((group) =>
    wrapText(group.join(', '), WIDTH - 2).map((line, i) => `${i === 0 ? '- ' : '  '}${line}\n`),
  );
  const alone = groups.length - shared.length;
  const heading = shared.length === 0 ? 'Each function has an IOMMU group of its own' : 'IOMMU groups';
  const rest = shared.length > 0 && alone > 0 ? `- ${alone} functions each on its own\n` : '';
  return `\n${heading}\n${lines.join('')}${rest}`;
}
