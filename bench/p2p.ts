import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCommand } from '../src/cli/command-files.ts';
import { hairpin } from '../src/cli/hairpin.ts';
import { manyDevices } from './many-devices.ts';

const PAIRS = 64 * 64;

/** Runs the command on a file in this process; what it prints. */
async function answer(file: string): Promise<string> {
  const texts: string[] = [];
  const io = { err: (text: string): void => void texts.push(text), columns: null, terminal: null };
  const out = io.err;
  const code = await hairpin(['p2p', file, '--json'], { ...io, out, colors: false });
  if (code !== 0) throw new Error(texts.join(''));
  return texts.join('');
}

/**
 * Prints the seconds for which `hairpin p2p --json` works in a process that has just started: it reads a machine of 64 devices
 * and its parts, decides on all pairs, finds their routes and makes the text. To load the program itself is not counted.
 */
async function measure(folder: string): Promise<void> {
  const file = join(folder, 'many-devices.yaml');
  writeFileSync(file, manyDevices);
  await loadCommand('p2p');
  const before = performance.now();
  const text = await answer(file);
  const seconds = (performance.now() - before) / 1e3;
  const { pairs } = JSON.parse(text) as { pairs: readonly unknown[] };
  if (pairs.length !== PAIRS) throw new Error(`${pairs.length} pairs; expected ${PAIRS}`);
  console.log(JSON.stringify({ seconds }));
}

const folder = mkdtempSync(join(tmpdir(), 'hairpin-bench-'));
try {
  await measure(folder);
} finally {
  rmSync(folder, { recursive: true });
}
