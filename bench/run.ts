import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { textTable } from '../src/report/text-table.ts';
import { CASES } from './cases.ts';

/** Runs each benchmark in processes of its own, engines pinned to one core where the system can, round by round; medians count. */
const ROUNDS = 5;
const TARGETS: Readonly<Record<string, string>> = {
  'one switch': '2 M TLPs/s',
  'two switches and a root complex': '1 M TLPs/s',
  'hairpin p2p, cold': '0.4 s',
  'p2p, 64 devices, all pairs': '0.2 s',
};

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];

function output(prefix: readonly string[], args: readonly string[]): string {
  const [command = '', ...rest] = [...prefix, process.execPath, ...args];
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** M TLPs per second of CPU time. */
function speed(name: string): number {
  const { tlps, us } = JSON.parse(output(pinned, [script('case.js'), name])) as { tlps: number; us: number };
  return tlps / us;
}

/** Seconds of wall time from the start of the process to its end, on all cores as users have it. */
function coldStart(): number {
  const before = performance.now();
  output([], [script('../src/cli/main.js'), 'p2p', 'wrx90-2sw-flat', '--json']);
  return (performance.now() - before) / 1e3;
}

/** Seconds of wall time for 64 devices once the program is loaded. */
const manyDevices = (what: string): number =>
  (JSON.parse(output([], [script('p2p.js'), what])) as { seconds: number }).seconds;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const benchmarks: readonly { readonly name: string; readonly unit: string; readonly once: () => number }[] = [
  ...Object.keys(CASES).map((name) => ({ name, unit: 'M TLPs/s', once: () => speed(name) })),
  { name: 'hairpin p2p, cold', unit: 's', once: coldStart },
  { name: 'p2p, 64 devices, all pairs', unit: 's', once: () => manyDevices('pairs') },
  { name: 'p2p, 64 devices, with reading', unit: 's', once: () => manyDevices('command') },
];
const samples = benchmarks.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, { once }] of benchmarks.entries()) samples[i]?.push(once());
}
const rows = benchmarks.map(({ name, unit }, i) => {
  const values = samples[i] ?? [];
  return {
    benchmark: name,
    unit,
    median: median(values),
    least: Math.min(...values),
    most: Math.max(...values),
    target: TARGETS[name],
  };
});
const number = (field: string) => ({ field, digits: 2 });
const columns = [
  { field: 'benchmark' },
  number('median'),
  number('least'),
  number('most'),
  { field: 'unit' },
  { field: 'target' },
];
console.log(textTable(rows, columns));
