import { picoseconds } from '../units.ts';
import type { PendingEvents } from './pending-events.ts';

/** Kind of the events of processes: within an instant they come before those of the model. */
export const PROCESS_EVENT = 0;

/** What a process waits for next: so many picoseconds, or to be woken by a condition. */
export type Wait = number | Condition;

/** A program in simulated time: a generator that yields what it waits for. `yield*` calls another. */
export type Program<Result = void> = Generator<Wait, Result, void>;

/** What processes wait for that no time says. They look again when they are woken, for others were woken, too. */
export class Condition {
  private readonly processes: Processes;
  private waiting: number[] = [];

  constructor(processes: Processes) {
    this.processes = processes;
  }

  /** Whoever waits goes on now, in the order in which they came. */
  wake(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const process of waiting) this.processes.resumeIn(process, 0);
  }

  add(process: number): void {
    this.waiting.push(process);
  }
}

/**
 * Programs that run beside the model on the same clock: drivers, kernels, whatever decides rather than moves. Their numbers,
 * which break ties, are in order of starting.
 */
export class Processes {
  private readonly events: PendingEvents;
  private programs: (Program | null)[] = [];

  constructor(events: PendingEvents) {
    this.events = events;
  }

  get now(): number {
    return this.events.now;
  }

  reset(): void {
    this.programs = [];
  }

  condition(): Condition {
    return new Condition(this);
  }

  /** Number of the process in which the program begins at `at`, which must not be past. */
  start(program: Program, at = this.now): number {
    const process = this.programs.push(program) - 1;
    this.events.schedule(picoseconds(at), PROCESS_EVENT, process);
    return process;
  }

  /** To be called when an event of a process falls due: lets it go on until it waits again. */
  resume(process: number): void {
    const { value, done } = (this.programs[process] as Program).next();
    if (done === true) this.programs[process] = null;
    else if (typeof value === 'number') this.resumeIn(process, value);
    else value.add(process);
  }

  /** Lets a process go on after so many picoseconds. */
  resumeIn(process: number, delay: number): void {
    this.events.schedule(picoseconds(this.now + delay), PROCESS_EVENT, process);
  }
}
