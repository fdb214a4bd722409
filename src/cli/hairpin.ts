import pico from 'picocolors';
import type { Answer, CommandModule } from './command-module.ts';
import { loadCommand } from './command-files.ts';
import { CommandProgram } from './command-program.ts';
import { errorText } from './error-text.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';
import { checkFolder, writeFolder } from './write-folder.ts';

const USUAL_WIDTH = 100;

/** `hairpin help p2p` is `hairpin p2p --help`. */
function reordered([first, ...rest]: readonly string[]): readonly string[] {
  const [second] = rest;
  return first === 'help' && second !== undefined ? [second, '--help'] : [first ?? '', ...rest];
}

/** What needs no command; null where there is one. */
async function general(name: string): Promise<string | null> {
  if (['-h', '--help', 'help'].includes(name)) return (await import('./overview.ts')).overview();
  if (['-V', '--version', 'version'].includes(name)) return `${(await import('./version.ts')).version()}\n`;
  if (name.startsWith('-'))
    throw new UsageError(
      `${name} stands before the command; write it behind, as in hairpin show SYSTEM --json`,
    );
  if (name === '') throw new UsageError('no command; see hairpin --help');
  return null;
}

function invocationOf(program: CommandProgram, io: Io): Invocation {
  const value = (name: string): string | null => {
    const given = program.option(name);
    return given === true ? null : given;
  };
  const flag = (name: string): boolean => program.option(name) === true;
  return { args: program.args, json: flag('json'), quiet: flag('quiet'), value, flag, io };
}

function deliver(answer: Answer, { json, quiet, io, value }: Invocation): ExitCode {
  const folder = value('output');
  if (folder !== null && answer.files) {
    writeFolder(folder, answer.files);
    if (!quiet) io.err(`wrote ${[...answer.files.keys()].join(', ')} to ${folder}\n`);
  }
  io.out(json ? `${JSON.stringify(answer.document, null, 2)}\n` : answer.text(io.columns ?? USUAL_WIDTH));
  return answer.code ?? EXIT.success;
}

async function execute(command: CommandModule, invocation: Invocation): Promise<ExitCode> {
  const folder = invocation.value('output');
  if (folder !== null) checkFolder(folder);
  return deliver(await command.run(invocation), invocation);
}

async function obey(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [name = '', ...rest] = reordered(argv);
  const text = await general(name);
  if (text !== null) {
    io.out(text);
    return EXIT.success;
  }
  const command = await loadCommand(name);
  const program = new CommandProgram(name, command, io);
  return program.parse(rest) ? execute(command, invocationOf(program, io)) : EXIT.success;
}

/** The whole command line: arguments in, text and files out. Never throws; the exit code is the answer. */
export async function hairpin(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await obey(argv, io);
  } catch (error) {
    const { text, code } = errorText(error);
    io.err(`${pico.createColors(io.colors).red('hairpin:')} ${text}\n`);
    return code;
  }
}
