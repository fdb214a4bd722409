import type * as z from 'zod';
import { leaf } from './leaf.ts';

interface PatternRules {
  readonly expected: string;
  readonly remedy: string;
  readonly pattern: RegExp;
}

function matching({ expected, remedy, pattern }: PatternRules): z.ZodType<string> {
  return leaf({
    expected,
    remedy,
    schema: { type: 'string', pattern: pattern.source, description: expected },
    read: (value) => (typeof value === 'string' && pattern.test(value) ? value : undefined),
  });
}

const ID = /^(?!\d+$)(?!mem:)[A-Za-z0-9][\w.:-]*$/;

/**
 * Name of a socket, host bridge, port or device. Digits alone are refused because they would change the order of the
 * nodes, `mem:` names memory, and names that every JavaScript object has would be found without being there.
 */
export const id = leaf<string>({
  expected: 'a name of letters, digits and . _ : - (not digits alone, not mem:...)',
  remedy: 'write it like gpu0 or "20:01.1"',
  schema: { type: 'string', pattern: ID.source, description: 'name, unique in the system' },
  read: (value) => (typeof value === 'string' && ID.test(value) && !(value in {}) ? value : undefined),
});

/** Name of a part by its folder, or a path to a part's file that begins with `./` or `../`; whether it exists is seen later. */
export const partName = matching({
  expected: 'the name of a part',
  remedy: 'write it like gpu/nvidia/rtx-pro-6000, or ./my-gpu.yaml for a file beside this one',
  pattern: /^\S+( \S+)*$/,
});

export const kernelName = matching({
  expected: 'a kernel profile',
  remedy: 'write it like linux-7.3',
  pattern: /^[a-z][a-z0-9.-]*$/,
});

/** Any text of one or more characters, on one line or several. */
export const text = matching({ expected: 'text', remedy: 'write a word or a sentence', pattern: /\S/ });
