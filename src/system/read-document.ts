import type * as z from 'zod';
import { closeNames } from './close-names.ts';
import type { LeafRefusal } from './leaf.ts';
import { type DocumentPath, ModelError } from './model-error.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';

/** A validated file: its typed value, and the means to complain about a place in it. */
export interface TypedDocument<T> {
  readonly value: T;
  readonly yaml: YamlDocument;
  /** An error about the value at `path`, or about its key. */
  problem(
    path: DocumentPath,
    refusal: LeafRefusal & { readonly got?: string },
    end?: 'key' | 'value',
  ): ModelError;
}

/** A value in an error message. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function valueAt(root: unknown, path: DocumentPath): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

const WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
};

function oneOf(words: readonly string[], got: string): { expected: string; remedy: string } {
  const [close] = closeNames(got, words, 1);
  return {
    expected: `one of ${words.join(', ')}`,
    remedy: close === undefined ? 'choose one of these' : `did you mean ${close}?`,
  };
}

interface Complaint extends LeafRefusal {
  readonly path: DocumentPath;
  readonly end: 'key' | 'value';
  readonly got?: string;
}

function unknownKey(issue: z.core.$ZodIssueUnrecognizedKeys, path: DocumentPath): Complaint {
  const key = issue.keys[0] ?? '';
  const known = issue.message.split(' ');
  const [close] = closeNames(key, known, 1);
  const remedy = close === undefined ? 'remove it' : `did you mean ${close}?`;
  const expected = `one of the keys ${known.join(', ')}`;
  return { path: [...path, key], end: 'key', expected, got: `the unknown key ${key}`, remedy };
}

/** Kinds that a union tells apart by its discriminator; zod has them in the issue but not in its type. */
const optionsOf = (issue: z.core.$ZodIssueInvalidUnion): string[] =>
  ((issue as { readonly options?: readonly unknown[] }).options ?? []).map(String);

/** Of the alternatives of a union without discriminator, the complaint that went deepest; the first one when all fail at once. */
function nearest(issue: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue | undefined {
  const inner = issue.errors.map(([first]) => first).filter((first) => first !== undefined);
  return inner.sort((a, b) => b.path.length - a.path.length)[0];
}

function complain(issue: z.core.$ZodIssue, root: unknown): Complaint {
  const path = issue.path as DocumentPath;
  const base = { path, end: 'value' as const };
  const inner = issue.code === 'invalid_union' ? nearest(issue) : undefined;
  if (inner !== undefined) return complain({ ...inner, path: [...path, ...inner.path] }, root);
  const value = valueAt(root, path);
  if (issue.code === 'custom') return { ...base, ...(issue.params as unknown as LeafRefusal) };
  if (issue.code === 'unrecognized_keys') return unknownKey(issue, path);
  if (issue.code === 'invalid_value') return { ...base, ...oneOf(issue.values.map(String), String(value)) };
  if (issue.code === 'invalid_union') {
    return { ...base, ...oneOf(optionsOf(issue), String(value)) };
  }
  if (issue.code === 'too_small')
    return { ...base, expected: `at least ${issue.minimum} entry`, remedy: 'add one' };
  const expected = issue.code === 'invalid_type' ? (WORDS[issue.expected] ?? issue.expected) : issue.message;
  const example = issue.message.startsWith('Invalid input') ? expected : `it like ${issue.message}`;
  return { ...base, expected, remedy: `${value === undefined ? 'add' : 'write'} ${example} here` };
}

/** Misspelt keys come before what is missing because of them; else the first in the file counts. */
function firstProblem(
  issues: readonly z.core.$ZodIssue[],
  root: unknown,
  yaml: YamlDocument,
): Complaint | undefined {
  const rank = (issue: z.core.$ZodIssue): number => {
    if (issue.code === 'unrecognized_keys') return 0;
    return valueAt(root, issue.path as DocumentPath) === undefined ? 2 : 1;
  };
  return issues
    .map((issue) => ({ rank: rank(issue), complaint: complain(issue, root) }))
    .map((entry) => ({ ...entry, at: yaml.positionOf(entry.complaint.path, entry.complaint.end) }))
    .sort((a, b) => a.rank - b.rank || a.at.line - b.at.line || a.at.column - b.at.column)[0]?.complaint;
}

/**
 * Reads a YAML file by a schema made of `leaf` and `record`. Throws ModelError with line and column for the first thing
 * that does not fit; `what` names the sort of file in the message for one that is empty or no map.
 */
export function readDocument<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  what: string,
): TypedDocument<T> {
  const yaml = parseYaml(text, file);
  const root = yaml.value;
  const problem: TypedDocument<T>['problem'] = (path, { expected, remedy, got }, end = 'value') =>
    new ModelError({
      file,
      position: yaml.positionOf(path, end),
      path,
      expected,
      remedy,
      got: got ?? show(valueAt(root, path)),
    });
  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    const got = root === null || root === undefined ? 'an empty file' : show(root);
    throw problem([], {
      expected: `${what} (a YAML map)`,
      got,
      remedy: 'see the files in models/ for examples',
    });
  }
  const result = schema.safeParse(root);
  if (result.success) return { value: result.data, yaml, problem };
  const first = firstProblem(result.error.issues, root, yaml);
  if (first === undefined) throw result.error;
  throw problem(first.path, first, first.end);
}
