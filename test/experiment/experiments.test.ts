import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CollectedOutput } from '../../src/cli/collected-output.ts';
import { loadExperiment } from '../../src/cli/experiment-files.ts';
import { experimentNames } from '../../src/node/experiment-scripts.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { loadSystem } from '../../src/node/load-system.ts';

const EXPECTED = join(import.meta.dirname, '../../experiments/expected');

async function filesOf(name: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const output = new CollectedOutput('expected');
  const profile = loadKernelProfile();
  const { run } = await loadExperiment(name);
  await run({ runner: new Runner(), loadSystem, loadParts, profile, seed: '1', output, progress: () => {} });
  return output.files;
}

/** The longest takes most of a minute on its own. */
const TIMEOUT = 240_000;

async function writesAgain(name: string): Promise<void> {
  const files = await filesOf(name);
  expect([...files.keys()].some((file) => file.endsWith('.csv'))).toBe(true);
  for (const [file, content] of files) {
    const stored = readFileSync(join(EXPECTED, file));
    expect(stored.equals(Buffer.from(content)), `experiments/expected/${file}`).toBe(true);
  }
}

describe('the experiments', () => {
  it.each(experimentNames())(
    '%s writes the stored tables and charts again, byte by byte',
    writesAgain,
    TIMEOUT,
  );

  it.each(experimentNames())('%s fits in 40 lines', (name) => {
    const file = join(import.meta.dirname, `../../experiments/${name}.ts`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThan(40);
  });
});
