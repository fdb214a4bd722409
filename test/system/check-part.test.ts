import { describe, expect, it } from 'vitest';
import { modelsFolder } from '../../src/node/models-folder.ts';
import { readText } from '../../src/node/read-text.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { parsePart } from '../../src/system/parse-part.ts';
import type { Part } from '../../src/system/part.ts';
import { type Numbers, partEntries } from '../support/part-entries.ts';

/** A part like the generic one of its kind but for these numbers. */
function partWith(kind: Part['kind'], numbers: Numbers): Part {
  const text = JSON.stringify({
    part: `${kind}/test`,
    kind,
    about: 'test',
    like: `${kind}/generic`,
    ...partEntries(numbers),
  });
  return parsePart(text, 'test.yaml', (name) => {
    const file = `models/devices/${name}.yaml`;
    return { text: readText(`${modelsFolder('devices')}/${name}.yaml`), file };
  });
}

const posted = (headers: number | string, data: number | string): Numbers => ({ posted: { headers, data } });

describe('a part at the edge of what can be', () => {
  it.each([
    [1, 127, 2047],
    [4, 508, 8188],
    [16, 2032, 32_752],
  ])(
    'with flow control scaled by %i may advertise %i headers and %i units of data',
    (scale, headers, data) => {
      const most = { flow_control_scale: scale, credits: posted(headers, data) };
      expect(partWith('switch', { port: most }).port.credits.posted).toEqual({ headers, data });
      for (const above of [posted(headers + 1, data), posted(headers, data + 1)]) {
        expect(() => partWith('switch', { port: { ...most, credits: above } })).toThrow(ModelError);
      }
    },
  );

  it.each([
    ['cpu', 8],
    ['switch', 8],
    ['gpu', 16],
  ] as const)('has credits for one TLP of the least MPS, or of its own, where it is a %s', (kind, data) => {
    expect(partWith(kind, { port: { credits: posted(1, data) } }).port.credits.posted.data).toBe(data);
    expect(() => partWith(kind, { port: { credits: posted(1, data - 1) } })).toThrow(
      `expected at least ${data} `,
    );
  });

  it.each(['cpu', 'switch', 'gpu'] as const)('has a replay buffer for one TLP of 256 B as a %s', (kind) => {
    expect(partWith(kind, { port: { replay_buffer: '280 B' } }).port.replayBuffer).toBe(280);
    expect(() => partWith(kind, { port: { replay_buffer: '279 B' } })).toThrow('expected at least 280 B');
  });

  it('has room for one TLP of its own MPS where it is an endpoint', () => {
    const dma = { mps: '4 KiB' };
    const port = { replay_buffer: '4120 B', credits: posted(1, 256) };
    expect(partWith('fpga', { dma, port }).port.credits.posted.data).toBe(256);
    expect(() => partWith('fpga', { dma, port: { ...port, credits: posted(1, 255) } })).toThrow(
      'dma.mps, 4096 B',
    );
    expect(() => partWith('fpga', { dma, port: { ...port, replay_buffer: '4119 B' } })).toThrow(
      'dma.mps, 4096 B',
    );
  });

  it('may advertise infinite headers with finite data and the reverse', () => {
    for (const credits of [posted('infinite', 64), posted(16, 'infinite')]) {
      expect(() => partWith('nic', { port: { credits } })).not.toThrow();
    }
  });

  it.each(['cpu', 'switch'] as const)(
    'may advertise infinite or finite completion credits as a %s',
    (kind) => {
      for (const each of [64, 'infinite']) {
        const credits = { completion: { headers: each, data: each } };
        expect(() => partWith(kind, { port: { credits } })).not.toThrow();
      }
    },
  );

  it('may cut completions at the read completion boundary: 128 B at endpoints, as stated at CPUs', () => {
    expect(() => partWith('nvme', { completer: { completion_chunk: '128 B' } })).not.toThrow();
    expect(() => partWith('nvme', { completer: { completion_chunk: '127 B' } })).toThrow('at least 128 B');
    expect(() => partWith('cpu', { rcb: '64 B', completion_chunk: '64 B' })).not.toThrow();
    expect(() => partWith('cpu', { rcb: '64 B', completion_chunk: '63 B' })).toThrow('at least 64 B');
  });
});
