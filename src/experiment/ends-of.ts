import type { DocumentPath } from '../system/model-error.ts';
import type { End } from './end-check.ts';

/** The names in a flow's `from` or `to`, each with its place. */
export const endsOf = (value: string | readonly string[], path: DocumentPath): readonly End[] =>
  typeof value === 'string' ? [{ id: value, path }] : value.map((id, i) => ({ id, path: [...path, i] }));
