import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchmarkOf } from '../../src/experiment/benchmarks/benchmarks.ts';
import { checkRows } from '../../src/experiment/validation/check-rows.ts';
import { parseMeasurementFile } from '../../src/experiment/validation/measurement-schema.ts';
import { partLibrary } from '../../src/experiment/validation/part-library.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { publishedMeasurements } from '../../src/node/published-measurements.ts';
import { withAccuracy } from '../../src/report/with-accuracy.ts';

const ROOT = join(import.meta.dirname, '../..');
const TEXT = readFileSync(publishedMeasurements(), 'utf8');
const document = parseMeasurementFile(TEXT, 'published.json');
const { rows, platforms } = document;
const scored = rows.filter(({ score }) => score);

/** Rows of each phenomenon, and how many of them are scored. */
const COUNTS: Readonly<Record<string, readonly [rows: number, scored: number]>> = {
  'all-to-all': [10, 10],
  chipset: [3, 3],
  collective: [5, 0],
  'cross-socket': [7, 5],
  'gpudirect-rdma': [5, 1],
  'host-bridge': [17, 16],
  'host-copy': [9, 9],
  'host-staging': [6, 0],
  'nvme-to-device': [22, 2],
  other: [2, 0],
  'p2p-latency': [12, 8],
  'pcie-bench-bandwidth': [50, 50],
  'pcie-bench-iommu': [52, 52],
  'pcie-bench-latency': [36, 36],
  policy: [3, 3],
  redirected: [3, 3],
  'shared-links': [27, 25],
  'staggered-probe': [14, 14],
  'switch-local': [14, 14],
  'virtual-switch': [6, 6],
};

describe('the published measurements', () => {
  it('have 257 scored rows of 303, by phenomenon', () => {
    const count = (phenomenon: string) =>
      [rows, scored].map((some) => some.filter((row) => row.phenomenon === phenomenon).length);
    const phenomena = [...new Set(rows.map(({ phenomenon }) => phenomenon ?? ''))].sort();
    expect([rows.length, scored.length]).toEqual([303, 257]);
    expect(Object.fromEntries(phenomena.map((each) => [each, count(each)]))).toEqual(COUNTS);
  });

  it('have a source each, and a reason where they are not scored', () => {
    expect(rows.filter(({ source }) => !source)).toEqual([]);
    expect(rows.filter(({ score, no_score_reason: reason }) => !score && !reason)).toEqual([]);
  });

  it('fit their machines, and what links carry', () => {
    expect(() => checkRows(document, partLibrary(loadParts()))).not.toThrow();
  });

  it('have a tree and a protocol that is simulated wherever they are scored', () => {
    const without = scored.filter(({ platform }) => platforms[platform]?.topology === null);
    const verdicts = ['map_type', 'distance', 'peer_write', 'peer_read'];
    const unknown = scored.filter(
      ({ op, protocol }) => !verdicts.includes(op) && benchmarkOf(protocol) === null,
    );
    expect([...without, ...unknown].map(({ id }) => id)).toEqual([]);
  });

  it('stand apart from the numbers that nobody should use', () => {
    const { do_not_use: bad } = JSON.parse(TEXT) as { do_not_use: { id: string; impossible: string }[] };
    expect(bad.map(({ id }) => id).filter((id) => rows.some((row) => row.id === id))).toEqual([]);
    expect(bad.every(({ impossible }) => impossible.length > 0)).toBe(true);
    expect(bad).toHaveLength(7);
  });
});

const stored = (name: string): string => readFileSync(join(ROOT, 'experiments/expected', name), 'utf8');

describe('the table of accuracy in the README', () => {
  it('is the stored one', () => {
    const page = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const moves = stored('../sensitivity/validate.csv');
    const accuracy = { phenomena: stored('accuracy.csv'), worst: stored('accuracy-worst.csv'), moves };
    expect(page === withAccuracy(page, accuracy)).toBe(true);
  });
});
