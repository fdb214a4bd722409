import { describe, expect, it } from 'vitest';
import { errorText } from '../../src/cli/error-text.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { StuckError } from '../../src/engine/stuck-error.ts';
import { picoseconds } from '../../src/units.ts';

describe('an error', () => {
  it.each([new RangeError('"x" is no y; expected z'), new TypeError('expected z'), new UsageError('no x')])(
    'that says what was expected is bad input: %s',
    (error) => expect(errorText(error)).toEqual({ text: error.message, code: 2 }),
  );

  it('of several lines is told in one', () => {
    expect(errorText(new RangeError('one\n  two; expected three')).text).toBe('one two; expected three');
  });

  it('of a run that does not end has an exit code of its own', () => {
    const error = new StuckError(picoseconds(5000), ['flow a waits for tags:gpu0']);
    expect(errorText(error)).toEqual({ text: expect.stringMatching(/stuck at 5 ns: flow a waits/), code: 3 });
  });

  it.each([
    () => (undefined as unknown as { x: number }).x,
    () => new Uint8Array(-1),
    () => 'x'.repeat(-1),
    () => {
      throw new Error('flow a has run without a result');
    },
  ])('that JavaScript throws is a bug, and shown with its stack', (broken) => {
    let caught: unknown;
    try {
      broken();
    } catch (error) {
      caught = error;
    }
    const { text, code } = errorText(caught);
    expect(code).toBe(70);
    expect(text).toMatch(/^this is a bug of hairpin, please report it: \w*Error: [^]*\n +at /);
  });
});
