import { describe, expect, it, test } from 'vitest';
import { checkRows } from '../../src/experiment/validation/check-rows.ts';
import { parseMeasurementFile } from '../../src/experiment/validation/measurement-schema.ts';
import { partLibrary } from '../../src/experiment/validation/part-library.ts';
import { loadParts } from '../../src/node/load-parts.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { sampleMeasurements } from '../support/measured-rows.ts';

const library = partLibrary(loadParts());

function check(file: object): void {
  checkRows(parseMeasurementFile(JSON.stringify(file, null, 1), 'rows.json'), library);
}

/** The sample with the first row changed. */
function withRow(changes: object): object {
  const sample = sampleMeasurements();
  const [first, ...rest] = sample.measurements;
  return { ...sample, measurements: [{ ...first, ...changes }, ...rest] };
}

describe('a file of measurements', () => {
  it('is read as JSON and as YAML, with what is left out at its default', () => {
    const text = JSON.stringify(sampleMeasurements());
    const { rows } = parseMeasurementFile(text, 'rows.json');
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatchObject({
      acs: 'off',
      iommu: { mode: 'off' },
      transfer_bytes: null,
      overrides: [],
    });
    expect(() => check(sampleMeasurements())).not.toThrow();
  });

  it('may have impossible values in rows that are not scored', () => {
    expect(() => check(withRow({ value: 108, score: false, no_score_reason: 'poisoned' }))).not.toThrow();
  });

  it('may have a value above what links carry by no more than its tolerance', () => {
    expect(() => check(withRow({ value: 66, tolerance_pct: 5 }))).not.toThrow();
  });
});

/** Changes to the first row, and the message behind the place. */
type Wrong = readonly [changes: object, message: string];

const WRONG: readonly Wrong[] = [
  [{ unit: 'Gb/s' }, 'unit: expected one of GB/s, ns, enum, count, got "Gb/s"'],
  [{ unit: 'ns' }, 'unit: expected the unit GB/s of protocol torch_copy in row bench#1, got "ns"'],
  [{ op: 'map_type' }, 'unit: expected the unit enum of op map_type in row bench#1, got "GB/s"'],
  [{ value: -3 }, 'value: expected a number above 0, in GB/s, in row bench#1, got -3'],
  [{ value: 0 }, 'value: expected a number above 0, in GB/s, in row bench#1, got 0'],
  [{ value: 'fast' }, 'value: expected a number above 0, in GB/s, in row bench#1, got "fast"'],
  [
    { value: 108 },
    'value: expected at most the 63.0 GB/s that link:p0:up lets through in row bench#1, got 108',
  ],
  [
    { op: 'map_type', unit: 'enum', value: 'MAYBE' },
    'value: expected one of BUS_ADDR, THRU_HOST_BRIDGE, NOT_SUPPORTED in row bench#1, got "MAYBE"',
  ],
  [
    { flows: [['GPU0', 'GPU9']] },
    'flows: expected devices or memories of its platform in row bench#1, got "GPU9"; did you mean GPU',
  ],
  [
    { flows: [['GPU0', 'sw']] },
    'flows: expected devices or memories of its platform in row bench#1, got "sw"; choose from GPU0, GPU1, GPU2, mem:s0',
  ],
  [{ flows: [['GPU0', 'GPU0']] }, 'flows: expected two different ends in row bench#1, got GPU0 twice'],
  [{ flows: [] }, 'flows: expected one flow or more in row bench#1, got an empty list'],
  [
    { op: 'read', flows: [['GPU0', 'mem:s0']] },
    'flows: expected a device that does the read in row bench#1, got mem:s0',
  ],
  [
    { background_flows: [['mem:s1', 'GPU0']] },
    'background_flows: expected devices or memories of its platform in row bench#1, got "mem:s1"; did you mean mem:s0?',
  ],
  [
    { overrides: [{ link: 'rp9', gen: 3 }] },
    'overrides: expected links of its platform in row bench#1, got "rp9"; did you mean rp',
  ],
  [{ overrides: [{ link: 'rp0', gen: 9 }] }, 'platform: expected'],
  [
    { acs: { redirect: ['p7'] } },
    'acs: expected a root port or a switch port at acs.redirect[0] in row bench#1',
  ],
  [
    { platform: 'benhc' },
    'platform: expected a key of platforms in row bench#1, got "benhc"; choose from bench, bare',
  ],
  [{ id: 'bench#2' }, 'id: expected an id of its own in row bench#2'],
  [{ op: 'wirte' }, 'op: expected one of write, read'],
  [{ tolerance_pct: 'some' }, 'tolerance_pct: expected a number, got "some"'],
];

describe('a wrong row is refused with its place, its id and the remedy', () => {
  test.each(WRONG)('%j', (changes, message) => {
    const read = () => check(withRow(changes));
    expect(read).toThrow(ModelError);
    expect(read).toThrow(/^rows\.json:\d+:\d+ measurements\[[01]\]\.[^\n]+; [^\n]+$/);
    expect(read).toThrow(message);
  });
});

describe('a file that is none is refused in one line', () => {
  test.each([
    ['', 'rows.json:1:1: expected a file of measurements (a YAML map), got an empty file'],
    ['[]', 'rows.json:1:1: expected a file of measurements (a YAML map), got an empty list'],
    ['{"platforms": {}, "measurements": [', 'rows.json:1:'],
    ['{"platforms": {}}', 'measurements: expected a list, got nothing'],
    ['{"platforms": {"a": {}}, "measurements": []}', 'platforms.a.cpu: expected a map, got nothing'],
  ])('%j', (text, message) => {
    const read = () => parseMeasurementFile(text, 'rows.json');
    expect(read).toThrow(ModelError);
    expect(read).toThrow(message);
  });
});

test('a tree that is none is refused with the row that needs it', () => {
  const text = JSON.stringify(sampleMeasurements()).replace('"kind":"gpu"', '"kind":"gpx"');
  const read = () => checkRows(parseMeasurementFile(text, 'rows.json'), library);
  expect(read).toThrow(
    /^rows\.json:1:\d+ measurements\[0\]\.platform: expected .*kind in row bench#1, got "gpx"/,
  );
});
