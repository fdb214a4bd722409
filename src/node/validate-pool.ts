import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RowChanges } from '../experiment/sensitivity/row-changes.ts';
import { rowPredictor, type ValidateTask } from './validate-task.ts';

/** What a worker says of a row. */
interface Answer {
  readonly row: number;
  readonly outcome: RowChanges;
}

export interface PoolOptions {
  readonly jobs: number;
  readonly progress: (done: number, of: number) => void;
}

/** Fewer rows than this for each worker are not worth its start. */
const LEAST_ROWS = 4;

/** Sources are TypeScript, which a worker of Node 20 reads by the loader that this process reads them by. */
function startWorker(task: ValidateTask): Worker {
  const source = import.meta.url.endsWith('.ts');
  const file = new URL(`./validate-worker.${source ? 'ts' : 'js'}`, import.meta.url);
  if (!source) return new Worker(file, { workerData: task });
  const loader = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/cjs$/, 'mjs');
  const [tsx, own] = [pathToFileURL(loader).href, file.href].map((each) => JSON.stringify(each));
  const code = `import(${tsx}).then(({ register }) => { register(); return import(${own}); })`;
  return new Worker(code, { eval: true, workerData: task });
}

/** Hands out the rows to workers one by one, each the next when it has answered; ends when all have been answered. */
class Pool {
  private readonly outcomes: RowChanges[] = [];
  private readonly workers: readonly Worker[];
  private readonly rows: number;
  private readonly progress: PoolOptions['progress'];
  private next = 0;
  private done = 0;

  constructor(task: ValidateTask, { jobs, progress }: PoolOptions) {
    this.rows = task.file.rows.length;
    this.progress = progress;
    this.workers = Array.from({ length: jobs }, () => startWorker(task));
  }

  async run(): Promise<readonly RowChanges[]> {
    try {
      await Promise.all(this.workers.map((worker) => this.serve(worker)));
      return this.outcomes;
    } finally {
      await Promise.all(this.workers.map((worker) => worker.terminate()));
    }
  }

  private serve(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      const give = (): void => (this.next < this.rows ? worker.postMessage(this.next++, []) : resolve());
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('a worker ended before its rows')));
      worker.on('message', ({ row, outcome }: Answer) => {
        this.outcomes[row] = outcome;
        this.progress(++this.done, this.rows);
        give();
      });
      give();
    });
  }
}

function runHere(task: ValidateTask, { progress }: PoolOptions): readonly RowChanges[] {
  const predict = rowPredictor(task);
  const { rows } = task.file;
  return rows.map((_, row) => {
    const outcome = predict(row);
    progress(row + 1, rows.length);
    return outcome;
  });
}

/**
 * Outcomes of all rows of a file, in its order, by so many workers at a time; the same for any number of them. Rejects with what a
 * row throws.
 */
export async function validatePool(task: ValidateTask, options: PoolOptions): Promise<readonly RowChanges[]> {
  const jobs = Math.min(options.jobs, Math.ceil(task.file.rows.length / LEAST_ROWS));
  return jobs <= 1 ? runHere(task, options) : new Pool(task, { ...options, jobs }).run();
}
