import type { Invocation } from './invocation.ts';

/** The same command line, which says nothing twice on standard error: for what is done again for each of several systems. */
export function sayingOnce(invocation: Invocation): Invocation {
  const said = new Set<string>();
  const err = (text: string) => {
    if (!said.has(text)) invocation.io.err(text);
    said.add(text);
  };
  return { ...invocation, io: { ...invocation.io, err } };
}
