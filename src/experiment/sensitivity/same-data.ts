/** Whether two pieces of plain data (numbers, words, lists, records, typed arrays) say the same. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [mine, yours] = [Object.entries(a), Object.entries(b)];
  return (
    mine.length === yours.length &&
    mine.every(([key, value], i) => key === yours[i]?.[0] && sameData(value, yours[i]?.[1]))
  );
}
