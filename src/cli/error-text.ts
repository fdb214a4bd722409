import { StuckError } from '../engine/stuck-error.ts';
import { ModelError } from '../system/model-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** What JavaScript itself throws; the callers' errors of hairpin say what was expected. */
const NATIVE = /^(Invalid (typed )?array|Array buffer|Maximum call stack|Invalid (count|string)|to\w+\(\))/;

function isBadInput(error: unknown): error is Error {
  if (error instanceof ModelError || error instanceof UsageError) return true;
  if (error instanceof TypeError) return error.message.includes('expected');
  return error instanceof RangeError && !NATIVE.test(error.message);
}

/** What is said of an error, and the exit code that goes with it: a line for bad input, the stack for a bug. */
export function errorText(error: unknown): { readonly text: string; readonly code: ExitCode } {
  if (isBadInput(error)) return { text: error.message.replace(/\s*\n\s*/g, ' '), code: EXIT.badInput };
  if (error instanceof StuckError) return { text: error.message, code: EXIT.stuck };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { text: `this is a bug of hairpin, please report it: ${stack}`, code: EXIT.bug };
}
