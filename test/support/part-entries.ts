/** Numbers of a part under the keys of its file, as its file writes them: `{ port: { dllp: '1 per TLP' } }`. */
export interface Numbers {
  readonly [key: string]: string | number | Numbers;
}

/** Each value as an entry of a part's file. */
export const partEntries = (numbers: Numbers): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(numbers).map(([key, value]) => [
      key,
      typeof value === 'object' ? partEntries(value) : { value, kind: 'assumed', source: 'a test' },
    ]),
  );
