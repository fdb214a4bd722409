/** A part that a result rests on, and how many of its numbers are of each kind. */
export interface PartUse {
  readonly part: string;
  readonly numbers: Readonly<Record<'stated' | 'measured' | 'inferred' | 'assumed', number>>;
}

/** One sentence on how well founded a result is, and where to look. */
export function modelsNote(models: readonly PartUse[]): string {
  const count = (kind: keyof PartUse['numbers']): number =>
    models.reduce((sum, { numbers }) => sum + numbers[kind], 0);
  const all = count('assumed') + count('inferred') + count('measured') + count('stated');
  const share = ((100 * count('assumed')) / Math.max(1, all)).toFixed(0);
  const parts = models.map(({ part, numbers }) => `${part} (${numbers.assumed})`).join(', ');
  return `Rests on ${count('assumed')} assumed (${share} %), ${count('inferred')} inferred, ${count('measured')} measured and ${count('stated')} stated numbers; the assumed ones by part: ${parts}. \`hairpin models PART\` shows them.`;
}
