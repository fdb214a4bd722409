import { Command, CommanderError, Option } from 'commander';
import type { CommandModule } from './command-module.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

const WIDEST = 100;

const examples = (lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  hairpin ${line}`).join('\n')}`;

/** Commander's own words without its `error: `, in one line, and where to read on. */
function usageError(error: CommanderError, name: string): UsageError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\(Did you mean (.*)\)/s, '; did you mean $1')
    .replace(/\.\s*$/, '');
  return new UsageError(`${message}; see hairpin ${name} --help`);
}

/** The options and arguments of one command as commander reads them. */
export class CommandProgram {
  private readonly program: Command;
  private readonly name: string;

  constructor(name: string, command: CommandModule, io: Io) {
    const helpWidth = Math.min(io.columns ?? WIDEST, WIDEST);
    this.name = name;
    this.program = new Command(`hairpin ${name}`)
      .description(command.about)
      .exitOverride()
      .helpOption('-h, --help', 'print this help')
      .configureOutput({ writeOut: io.out, writeErr: () => {}, getOutHelpWidth: () => helpWidth });
    for (const { form, about } of command.arguments) this.program.argument(form, about);
    for (const { form, about, choices } of command.options) {
      const option = new Option(form, about);
      this.program.addOption(choices ? option.choices(choices) : option);
    }
    this.program
      .option('--seed <text>', 'seed of all randomness')
      .option('--json', 'print one JSON document, and nothing else, on standard output')
      .option('--quiet', 'neither progress nor messages on standard error')
      .addHelpText('after', examples(command.examples) + (command.notes ? `\n\n${command.notes}` : ''));
  }

  /** False where help was asked for and printed. Throws UsageError. */
  parse(argv: readonly string[]): boolean {
    try {
      this.program.parse(argv, { from: 'user' });
      return true;
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode === 0) return false;
      throw usageError(error, this.name);
    }
  }

  get args(): readonly string[] {
    return this.program.args;
  }

  /** The value of an option; true for one without a value, null where it is not given. */
  option(name: string): string | true | null {
    return this.program.opts<Record<string, string | true>>()[name] ?? null;
  }
}
