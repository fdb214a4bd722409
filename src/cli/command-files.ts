import { readdirSync } from 'node:fs';
import { closeNames } from '../system/close-names.ts';
import type { CommandModule } from './command-module.ts';
import { UsageError } from './usage-error.ts';

const FOLDER = new URL('./commands/', import.meta.url);
const SCRIPT = /^(?<name>[\w-]+)\.(ts|js)$/;

function fileOf(name: string): string {
  const file = readdirSync(FOLDER).find((each) => SCRIPT.exec(each)?.groups?.['name'] === name);
  if (file !== undefined) return file;
  const [close] = closeNames(name, commandNames(), 1);
  const hint = close === undefined ? `there are ${commandNames().join(', ')}` : `did you mean ${close}?`;
  throw new UsageError(`unknown command "${name}"; ${hint}`);
}

/** Names of all commands: those of the files in `commands/`. */
export function commandNames(): readonly string[] {
  return readdirSync(FOLDER)
    .map((file) => SCRIPT.exec(file)?.groups?.['name'])
    .filter((name) => name !== undefined)
    .sort();
}

/** Loads one command and what it needs, and nothing of the others. Throws UsageError where there is none of this name. */
export async function loadCommand(name: string): Promise<CommandModule> {
  const file = new URL(fileOf(name), FOLDER).href;
  const { command } = (await import(/* @vite-ignore */ file)) as { readonly command: CommandModule };
  return command;
}
