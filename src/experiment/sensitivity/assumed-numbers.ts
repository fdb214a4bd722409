import type { Part } from '../../system/part.ts';

/** A number of a part that nobody has stated, measured or inferred. */
export interface AssumedNumber {
  readonly part: string;
  readonly path: string;
  /** As the part's file has it. */
  readonly value: string;
}

/** The assumed numbers of some parts, part by part. */
export const assumedNumbers = (parts: readonly Part[]): readonly AssumedNumber[] =>
  parts.flatMap(({ name, provenance }) =>
    provenance
      .filter(({ kind }) => kind === 'assumed')
      .map(({ path, text }) => ({ part: name, path, value: text })),
  );
