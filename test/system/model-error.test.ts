import { readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/node/load-part.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import { ModelError } from '../../src/system/model-error.ts';

const FIXTURES = resolve(import.meta.dirname, '../fixtures/systems');
const SHOWN = `${relative(process.cwd(), FIXTURES)}/`;

const casesIn = (folder: string): readonly string[] =>
  readdirSync(join(FIXTURES, folder)).filter((name) => name.endsWith('.yaml'));

/** The one-line message of a file that cannot be used, without the folder of the fixtures. */
function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    return `${(error as ModelError).message.replaceAll(SHOWN, '')}\n`;
  }
  return 'no error\n';
}

const golden = (folder: string, name: string): string =>
  join(FIXTURES, folder, `${basename(name, '.yaml')}.txt`);

describe('a system file that cannot be used', () => {
  it.each(casesIn('bad'))('%s has its message in one line', async (name) => {
    const message = messageOf(() => loadSystem(join(FIXTURES, 'bad', name)));
    expect(message.trimEnd()).not.toContain('\n');
    await expect(message).toMatchFileSnapshot(golden('bad', name));
  });
});

describe("a part's file that cannot be used", () => {
  it.each(casesIn('bad-parts'))('%s has its message in one line', async (name) => {
    const message = messageOf(() => loadPart(`./${name}`, join(FIXTURES, 'bad-parts')));
    expect(message.trimEnd()).not.toContain('\n');
    await expect(message).toMatchFileSnapshot(golden('bad-parts', name));
  });
});

describe('what is asked for and not there', () => {
  it('a system that does not exist names close ones', () => {
    expect(messageOf(() => loadSystem('wrx90-2sw-flt'))).toBe(
      'wrx90-2sw-flt: expected a file, or the name of a system in models/systems, got neither; did you mean wrx90-2sw-flat?\n',
    );
  });

  it('a folder is no system', () => {
    expect(messageOf(() => loadSystem(FIXTURES))).toContain(
      'expected a file, got a folder; name a file in it',
    );
  });

  it('a part that does not exist is a RangeError that names close ones', () => {
    expect(() => loadPart('gpu/nvidia/rtx-4900')).toThrow(RangeError);
    expect(() => loadPart('gpu/nvidia/rtx-4900')).toThrow('did you mean gpu/nvidia/rtx-4090');
  });
});
