import process from 'node:process';
import type { Io } from './io.ts';

/** Narrower terminals, and those that do not know their width, get lines of the usual width. */
const LEAST_COLUMNS = 60;

const wantsColors = (stream: NodeJS.WriteStream): boolean =>
  Boolean(stream.isTTY) && !('NO_COLOR' in process.env) && process.env['TERM'] !== 'dumb';

/** This process. A reader that has had enough (`| head`) ends the output without a word. */
export function processIo(): Io {
  const { stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    columns: stdout.isTTY && stdout.columns >= LEAST_COLUMNS ? stdout.columns : null,
    terminal: stderr.isTTY ? stderr : null,
    colors: wantsColors(stderr),
  };
}
