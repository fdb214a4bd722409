import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Conformance, conformance } from '../experiment/conformance.ts';
import type { OracleLine } from '../import/kernel-oracle.ts';
import type { CpuPart, EndpointPart, SwitchPart } from '../system/part.ts';
import { loadKernelProfile } from './load-kernel.ts';
import { loadPart } from './load-part.ts';

/*
 * `npm run conformance -- DIR`: our verdicts against those of running kernels, in the files `*.jsonl` of a folder. Exit code 0:
 * all agree; 1: some do not; 2: there is nothing to compare.
 */
const [folder = '', ...options] = process.argv.slice(2);

const KEYS = ['id', 'kernel', 'cpu', 'root_buses', 'devices', 'ends', 'verdict', 'dist'] as const;

function lineOf(text: string, place: string): OracleLine {
  let line: Partial<OracleLine>;
  try {
    line = JSON.parse(text) as Partial<OracleLine>;
  } catch {
    throw new RangeError(`${place}: expected a line of JSON, got "${text.slice(0, 40)}"; check the file`);
  }
  const missing = KEYS.find((key) => line[key] === undefined);
  if (missing === undefined) return line as OracleLine;
  throw new RangeError(`${place}: expected a kernel's verdicts with a key ${missing}, got none; add it`);
}

function linesOf(file: string): readonly OracleLine[] {
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => lineOf(line, `${file}:${i + 1}`));
}

function compare(file: string): Conformance {
  const parts = {
    cpu: loadPart('cpu/generic') as CpuPart,
    switch: loadPart('switch/generic') as SwitchPart,
    device: loadPart('other/generic') as EndpointPart,
  };
  return conformance(linesOf(file), { file, parts, kernel: loadKernelProfile });
}

function main(): number {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : [];
  if (files.length === 0) {
    process.stderr.write(`expected a folder with verdicts in files *.jsonl, got "${folder}"; name one\n`);
    return 2;
  }
  const results = files.map(compare);
  const sum = (of: (result: Conformance) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const disagree = results.flatMap((result) => result.disagree);
  const verdicts = sum((result) => result.verdicts);
  const distances = sum((result) => result.distances);
  const agree = sum((result) => result.agree);
  if (options.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ verdicts, distances, agree, disagree }, null, 2)}\n`);
  } else {
    const wrong = disagree.map(
      (each) => `${each.line}: ${each.provider} ${each.client}: ${each.expected}, not ${each.got}\n`,
    );
    process.stdout.write(
      `${agree} of ${verdicts} verdicts agree, with ${distances} distances\n${wrong.join('')}`,
    );
  }
  return disagree.length === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
