import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hairpin } from '../../src/cli/hairpin.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, with neither terminal nor colours. */
export async function commandLine(...argv: readonly string[]): Promise<Outcome> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await hairpin(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    columns: null,
    terminal: null,
    colors: false,
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** The one JSON document on standard output of a command that succeeds. */
export async function json<T>(...argv: readonly string[]): Promise<T> {
  const { code, out, err } = await commandLine(...argv, '--json');
  if (code !== 0) throw new Error(`exit code ${code}: ${err}`);
  return JSON.parse(out) as T;
}

/** An empty folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hairpin-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Names in a folder, hidden ones too, in order. */
export const filesIn = (folder: string): readonly string[] => readdirSync(folder).sort();

export const FIXTURES = join(import.meta.dirname, '../fixtures');
export const scenario = (name: string): string => join(FIXTURES, 'scenarios/good', `${name}.yaml`);
export const REFUSING = join(FIXTURES, 'scenarios/systems/refusing.yaml');
export const golden = (name: string): string => join(import.meta.dirname, 'golden', name);
