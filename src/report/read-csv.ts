/** A cell, quoted or not, and what ends it. */
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = new RegExp(CELL);
  while (cells.lastIndex < text.length) {
    const at = cells.lastIndex;
    const match = cells.exec(text);
    if (match === null)
      throw new RangeError(`character ${at} of a csv text: expected a cell, got a quote inside one`);
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The rows of comma-separated values (RFC 4180) by the names in their first line; what `csv` writes. Throws RangeError. */
export function readCsv(text: string): readonly ReadonlyMap<string, string>[] {
  const [names = [], ...rows] = cellsOf(text);
  return rows.map((cells) => new Map(names.map((name, i) => [name, cells[i] ?? ''])));
}
