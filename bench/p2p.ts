import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCommand } from '../src/cli/command-files.ts';
import { hairpin } from '../src/cli/hairpin.ts';
import { pairAnswer } from '../src/cli/pair-answer.ts';
import { loadKernelProfile } from '../src/node/load-kernel.ts';
import { loadSystem } from '../src/node/load-system.ts';
import { endpoints } from '../src/system/ancestry.ts';
import { manyDevices } from './many-devices.ts';

const PAIRS = 64 * 64;

/** Seconds for which `act` works. */
async function secondsOf(act: () => unknown): Promise<number> {
  const before = performance.now();
  await act();
  return (performance.now() - before) / 1e3;
}

/** Decides on all pairs of the machine, finds their routes, and makes a text of both. */
function allPairs(file: string): Promise<number> {
  const [system, profile] = [loadSystem(file), loadKernelProfile()];
  const ends = endpoints(system).map(({ id }) => id);
  return secondsOf(() => {
    const answers = ends.flatMap((from) => ends.map((to) => pairAnswer(system, from, to, profile)));
    if (answers.length !== PAIRS) throw new Error(`${answers.length} pairs; expected ${PAIRS}`);
    return JSON.stringify(answers);
  });
}

/** The whole command but for loading the program: it reads the machine and its parts besides. */
async function wholeCommand(file: string): Promise<number> {
  const texts: string[] = [];
  const say = (text: string): void => void texts.push(text);
  const io = { out: say, err: say, columns: null, terminal: null, colors: false };
  await loadCommand('p2p');
  return secondsOf(async () => {
    const code = await hairpin(['p2p', file, '--json'], io);
    if (code !== 0) throw new Error(texts.join(''));
  });
}

/** Prints the seconds of what the argument names, `pairs` or `command`, in a process that has just started. */
async function measure(folder: string): Promise<void> {
  const file = join(folder, 'many-devices.yaml');
  writeFileSync(file, manyDevices);
  const seconds = await (process.argv[2] === 'pairs' ? allPairs(file) : wholeCommand(file));
  console.log(JSON.stringify({ seconds }));
}

const folder = mkdtempSync(join(tmpdir(), 'hairpin-bench-'));
try {
  await measure(folder);
} finally {
  rmSync(folder, { recursive: true });
}
