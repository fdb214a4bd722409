import { parentPort, workerData } from 'node:worker_threads';
import { inlineMore } from './inline-more.ts';
import { rowPredictor, type ValidateTask } from './validate-task.ts';

/*
 * A worker of `validate-pool`: takes numbers of rows and answers each with its outcome. What a row throws goes to the pool as the
 * worker's error.
 */
inlineMore();
const predict = rowPredictor(workerData as ValidateTask);
parentPort?.on('message', (row: number) => parentPort?.postMessage({ row, outcome: predict(row) }, []));
