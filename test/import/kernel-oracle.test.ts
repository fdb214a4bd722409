import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/engine/random-stream.ts';
import { conformance } from '../../src/experiment/conformance.ts';
import type { OracleLine } from '../../src/import/kernel-oracle.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { testCpu, testEndpoint, testSwitch } from '../support/vector-system.ts';

/*
 * What a running Linux 7.3.4 said of pairs of functions, also out of its memory after ACS had changed (the lines t15-cache).
 * A few of its machines are kept here; all are beside the project, where it is developed.
 */
const parts = { cpu: testCpu(), switch: testSwitch(), device: testEndpoint() };

const linesOf = (text: string): readonly OracleLine[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as OracleLine);

const compare = (lines: readonly OracleLine[]) =>
  conformance(lines, { file: 'verdicts', parts, kernel: loadKernelProfile });

/** The text with all buses named anew, each in its domain, by a seeded permutation. */
function renamed(text: string, seed: string): string {
  const stream = new RandomStream(seed, 'buses');
  const names = Array.from({ length: 256 }, (_, bus) => bus);
  for (let i = 255; i > 0; i--) {
    const j = stream.below(i + 1);
    [names[i], names[j]] = [names[j] as number, names[i] as number];
  }
  const name = (bus: string) => (names[Number.parseInt(bus, 16)] as number).toString(16).padStart(2, '0');
  return text.replaceAll(/"(\d{4}):([0-9a-f]{2})(?=[:"])/g, (_, domain, bus) => `"${domain}:${name(bus)}`);
}

const FIXTURE = readFileSync(new URL('../fixtures/kernel-oracle/verdicts.jsonl', import.meta.url), 'utf8');
const WHOLE = new URL('../../../shared/vectors/kernel-oracle/verdicts.jsonl', import.meta.url);
const hasWhole = existsSync(WHOLE);
if (!hasWhole)
  process.stdout.write('skipped: all verdicts of the kernel (no shared/vectors beside the project)\n');

describe.each([
  ['some machines', FIXTURE, 400],
  ...(hasWhole ? [['all machines', readFileSync(WHOLE, 'utf8'), 39_000] as const] : []),
] as const)('of %s of the oracle', (_, text, atLeast) => {
  test("no verdict and no distance is another than the kernel's", () => {
    const { verdicts, distances, agree, disagree } = compare(linesOf(text));
    expect(disagree).toEqual([]);
    expect(agree).toBe(verdicts);
    expect(distances).toBeGreaterThan(atLeast);
    // the lines that the kernel answered from memory have no distances
    expect(verdicts - distances).toBe(72);
  });

  test('nor when buses are named otherwise and lines come in another order', () => {
    const lines = linesOf(renamed(text, 'seven')).toReversed();
    expect(lines[0]?.devices[0]?.[0]).not.toBe(linesOf(text).at(-1)?.devices[0]?.[0]);
    expect(compare(lines).disagree).toEqual([]);
  });
});

test("a verdict that is not the kernel's is told with both answers", () => {
  const [line] = linesOf(FIXTURE) as [OracleLine];
  const [first = '', ...rest] = line.verdict;
  const wrong = { ...line, verdict: [`H${first.slice(1)}`, ...rest] };
  const { agree, verdicts, disagree } = compare([wrong]);
  expect(agree).toBe(verdicts - 1);
  const [provider] = line.ends;
  expect(disagree).toEqual([
    {
      file: 'verdicts',
      line: line.id,
      provider,
      client: provider,
      expected: 'THRU_HOST_BRIDGE',
      got: 'BUS_ADDR',
    },
  ]);
});

test("without the kernel's memory the lines after a change of ACS would come out otherwise", () => {
  const lines = linesOf(FIXTURE).filter(({ id }) => id.startsWith('t15-cache'));
  const alone = lines
    .filter(({ asked }) => asked === 'map type only')
    .map((line) => compare([line]).disagree);
  expect(alone).toHaveLength(2);
  expect(alone.every((disagree) => disagree.length > 0)).toBe(true);
});
