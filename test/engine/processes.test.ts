import { describe, expect, test } from 'vitest';
import { Lock } from '../../src/engine/lock.ts';
import { PendingEvents } from '../../src/engine/pending-events.ts';
import { Processes, type Program } from '../../src/engine/processes.ts';

function world() {
  const events = new PendingEvents();
  const processes = new Processes(events);
  const log: string[] = [];
  const run = () => {
    while (events.next()) processes.resume(events.component);
    return log;
  };
  const say = (text: string) => log.push(`${events.now} ${text}`);
  return { processes, say, run };
}

describe('programs in simulated time', () => {
  test('sleep, and go on at their times in order of starting', () => {
    const { processes, say, run } = world();
    function* program(name: string, ...delays: number[]): Program {
      for (const delay of delays) {
        yield delay;
        say(name);
      }
    }
    processes.start(program('a', 10, 10));
    processes.start(program('b', 5, 15, 1));
    expect(run()).toEqual(['5 b', '10 a', '20 a', '20 b', '21 b']);
  });

  test('wait for conditions, and call other programs', () => {
    const { processes, say, run } = world();
    const changed = processes.condition();
    const state = { count: 0 };
    function* until(wanted: number): Program<number> {
      while (state.count < wanted) yield changed;
      return state.count;
    }
    function* waiter(wanted: number): Program {
      say(`${wanted} at ${yield* until(wanted)}`);
    }
    function* counter(): Program {
      for (; state.count < 3; changed.wake()) {
        yield 7;
        state.count++;
      }
    }
    for (const wanted of [2, 1, 3]) processes.start(waiter(wanted));
    processes.start(counter());
    expect(run()).toEqual(['7 1 at 1', '14 2 at 2', '21 3 at 3']);
  });
});

describe('a lock', () => {
  test('has one holder at a time, in the order of asking', () => {
    const { processes, say, run } = world();
    const lock = new Lock<string>(processes);
    function* user(name: string): Program {
      yield* lock.acquire(name);
      say(`${name} has it`);
      yield 10;
      lock.release(name);
    }
    for (const name of ['a', 'b', 'c']) processes.start(user(name));
    processes.start(user('d'), 5);
    expect(run()).toEqual(['0 a has it', '10 b has it', '20 c has it', '30 d has it']);
  });

  test('is not released by who does not hold it', () => {
    const { processes } = world();
    expect(() => new Lock<string>(processes).release('a')).toThrow(RangeError);
  });
});
