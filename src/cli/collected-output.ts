import type { ChartSpec, ExperimentOutput } from '../experiment/experiment-context.ts';
import type { Column, TableRow } from '../report/column.ts';
import { textTable } from '../report/text-table.ts';

interface Table {
  readonly title: string | null;
  readonly rows: readonly TableRow[];
  readonly columns: readonly Column[];
}

/** Keeps what an experiment says until it has ended. */
export class CollectedOutput implements ExperimentOutput {
  readonly dir: string | null;
  readonly tables: Table[] = [];
  readonly files = new Map<string, string | Uint8Array>();

  constructor(dir: string | null) {
    this.dir = dir;
  }

  table(rows: readonly TableRow[], columns: readonly Column[], title: string | null = null): void {
    this.tables.push({ title, rows, columns });
  }

  write(name: string, content: string | Uint8Array): void {
    if (!/^[\w.-]+$/.test(name))
      throw new RangeError(`"${name}" is no file name; expected letters, digits and . _ -`);
    this.files.set(name, content);
  }

  async chart(name: string, spec: ChartSpec): Promise<void> {
    if (this.dir === null) return;
    const { drawChart } = await import('./draw-chart.ts');
    const { svg, png } = await drawChart(spec);
    this.write(`${name}.svg`, svg);
    this.write(`${name}.png`, png);
  }

  text(width: number): string {
    return this.tables
      .map(
        ({ title, rows, columns }) =>
          `${title === null ? '' : `${title}\n`}${textTable(rows, columns, width)}`,
      )
      .join('\n');
  }
}
