/**
 * The ranks of values, 1 for the smallest; null for null. `same` says whether a value shares the rank of the first that has it;
 * the next rank counts all before it (1, 1, 3).
 */
export function ranksOf(
  values: readonly (number | null)[],
  same: (first: number, next: number) => boolean,
): readonly (number | null)[] {
  const present = values.flatMap((value, i) => (value === null ? [] : [{ value, i }]));
  const ranks = values.map((): number | null => null);
  let first: { readonly value: number; readonly rank: number } | null = null;
  for (const [place, { value, i }] of present.sort((a, b) => a.value - b.value).entries()) {
    if (first === null || !same(first.value, value)) first = { value, rank: place + 1 };
    ranks[i] = first.rank;
  }
  return ranks;
}
