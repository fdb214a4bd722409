import { SingleBar } from 'cli-progress';
import type { Invocation } from './invocation.ts';

/** How far a long command is, on standard error. */
export interface ProgressBar {
  update(done: number, of: number): void;
  stop(): void;
}

const NONE: ProgressBar = { update: () => {}, stop: () => {} };

/** A bar that goes away when it stops; nothing at all with `--quiet`, or where standard error is no terminal. */
export function progressBar(title: string, { io, quiet }: Invocation): ProgressBar {
  if (quiet || io.terminal === null) return NONE;
  const bar = new SingleBar({
    format: `${title} {bar} {percentage}%  {duration_formatted}, {eta_formatted} to go`,
    stream: io.terminal,
    barsize: 30,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    clearOnComplete: true,
    gracefulExit: false,
    // What is switched off would stay off in the terminal after an interrupt.
    linewrap: true,
    fps: 10,
  });
  let started = false;
  return {
    update(done, of) {
      if (!started) bar.start(of, done);
      started = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
