/** Least number of letters to insert, drop, replace or swap with a neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The known names that the wrong one was probably meant to be, nearest first, at most `limit`. */
export function closeNames(wrong: string, known: Iterable<string>, limit = 3): string[] {
  const given = wrong.toLowerCase();
  const reach = Math.min(3, Math.max(1, Math.floor(given.length / 3)));
  return [...known]
    .map((name) => {
      const lower = name.toLowerCase();
      const within = given.length >= 3 && (lower.includes(given) || given.includes(lower));
      return { name, distance: within ? 0.5 : editDistance(given, lower) };
    })
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}
