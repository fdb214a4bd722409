import type { ExperimentOutput } from '../experiment-context.ts';
import type { FigureTable } from './table-figures.ts';

/** Keeps the tables of an experiment, and hands all that it says on where there is somebody to hear it. */
export class TableCollector implements ExperimentOutput {
  readonly tables: FigureTable[] = [];
  private readonly next: ExperimentOutput | null;

  constructor(next: ExperimentOutput | null) {
    this.next = next;
  }

  get dir(): string | null {
    return this.next?.dir ?? null;
  }

  table(...[rows, columns, title]: Parameters<ExperimentOutput['table']>): void {
    this.tables.push({ title: title ?? null, rows, columns });
    this.next?.table(rows, columns, title);
  }

  write(...file: Parameters<ExperimentOutput['write']>): void {
    this.next?.write(...file);
  }

  async chart(...chart: Parameters<ExperimentOutput['chart']>): Promise<void> {
    await this.next?.chart(...chart);
  }
}
