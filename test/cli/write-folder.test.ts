import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeFolder } from '../../src/cli/write-folder.ts';
import { ModelError } from '../../src/system/model-error.ts';
import { filesIn, temporaryFolder } from './command-line.ts';

const FILES = new Map<string, string | Uint8Array>([
  ['a.csv', 'a\r\n'],
  ['b.png', Uint8Array.of(1, 2, 3)],
]);

describe('a folder of results', () => {
  it('is made with the folders above it, and has the files alone', () => {
    const folder = join(temporaryFolder(), 'some/where');
    writeFolder(folder, FILES);
    expect(filesIn(folder)).toEqual(['a.csv', 'b.png']);
    expect([...readFileSync(join(folder, 'b.png'))]).toEqual([1, 2, 3]);
  });

  it('has new files instead of old ones of the same name', () => {
    const folder = temporaryFolder();
    for (const text of ['old', 'new']) writeFolder(folder, new Map([['a.csv', text]]));
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('new');
  });

  it('is as it was when one file cannot be written', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'b.png'));
    writeFileSync(join(folder, 'a.csv'), 'old');
    expect(() => writeFolder(folder, FILES)).toThrow(
      /expected a file b\.png, or none, got a folder of that name; choose/,
    );
    expect(filesIn(folder)).toEqual(['a.csv', 'b.png']);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('old');
  });

  it('is not there when nothing could be written to it', () => {
    const above = temporaryFolder();
    const files = new Map([
      ['a.csv', 'a'],
      [`${'x'.repeat(300)}.csv`, 'too long a name'],
    ]);
    expect(() => writeFolder(join(above, 'new/results'), files)).toThrow(ModelError);
    expect(filesIn(above)).toEqual([]);
  });
});
