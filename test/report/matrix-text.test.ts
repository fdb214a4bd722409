import { describe, expect, it } from 'vitest';
import { matrixDevices, matrixText, type PairMatrix } from '../../src/report/matrix-text.ts';
import { bytesPerSecond, picoseconds } from '../../src/units.ts';

const rate = (gigabytes: number) => bytesPerSecond(gigabytes * 1e9);
const devices = ['gpu0', 'gpu1'];

describe('a matrix of pairs', () => {
  // Real output, for the layout: cuda-samples p2pBandwidthLatencyTest, lines end with a space.
  it('has the layout of p2pBandwidthLatencyTest, its row the device that issues', () => {
    const cells = [
      [rate(902.14), rate(20.909)],
      [rate(22.36), rate(922.92)],
    ];
    expect(matrixText({ measure: 'unidirectional-bandwidth', op: 'write', devices, cells })).toBe(
      [
        'Unidirectional P2P=Enabled Bandwidth (P2P Writes) Matrix (GB/s)',
        '   D\\D     0      1 ',
        '     0 902.14  20.91 ',
        '     1  22.36 922.92 ',
        '',
      ].join('\n'),
    );
  });

  it('prints latencies in microseconds', () => {
    const cells = [
      [null, picoseconds(1_420_000)],
      [picoseconds(13_100_000), null],
    ];
    expect(matrixText({ measure: 'latency', op: 'read', devices, cells })).toBe(
      [
        'P2P=Enabled Latency (P2P Reads) Matrix (us)',
        '   GPU     0      1 ',
        '     0      -   1.42 ',
        '     1  13.10      - ',
        '',
      ].join('\n'),
    );
  });

  it('says below why a pair is refused', () => {
    const cells = [
      [null, { refused: 'no shared host bridge' }],
      [rate(50.3), null],
    ];
    const text = matrixText({ measure: 'bidirectional-bandwidth', op: 'write', devices, cells });
    expect(text).toContain('\n     0      - refus* \n     1  50.30      - \n');
    expect(text).toMatch(/^Bidirectional P2P=Enabled Bandwidth Matrix \(GB\/s\)\n/);
    expect(text).toMatch(/\n\* refused, 0 to 1: no shared host bridge\n$/);
  });

  it('has at most four reasons and then the number of the others', () => {
    const four = ['a', 'b', 'c', 'd'];
    const cells = four.map((_, i) => four.map((__, j) => (i === j ? null : { refused: 'no' })));
    const matrix: PairMatrix = { measure: 'unidirectional-bandwidth', op: 'read', devices: four, cells };
    expect(matrixText(matrix).split('\n').slice(6)).toEqual([
      '* refused, 0 to 1: no',
      '* refused, 0 to 2: no',
      '* refused, 0 to 3: no',
      '* refused, 1 to 0: no',
      '* refused, and 8 more pairs',
      '',
    ]);
  });

  it('names the devices behind the numbers', () => {
    expect(matrixDevices(devices)).toBe('Device: 0, gpu0\nDevice: 1, gpu1\n');
  });

  it('refuses rows that do not fit the devices', () => {
    expect(() => matrixText({ measure: 'latency', op: 'write', devices, cells: [[null]] })).toThrow(
      'a matrix of [1] columns for 2 devices',
    );
  });
});
