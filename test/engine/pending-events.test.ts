import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PendingEvents } from '../../src/engine/pending-events.ts';
import { picoseconds } from '../../src/units.ts';

type Event = readonly [time: number, kind: number, component: number];

/** The plain form: a list that is searched for the first event whenever one is taken. */
class SortedEvents {
  private events: Event[] = [];

  reset(): void {
    this.events = [];
  }

  schedule(...event: Event): void {
    const after = this.events.findIndex((other) => isBefore(event, other));
    this.events.splice(after < 0 ? this.events.length : after, 0, event);
  }

  next(): Event | undefined {
    return this.events.shift();
  }
}

const isBefore = (a: Event, b: Event): boolean => (a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) < 0;

function taken(events: PendingEvents): Event | undefined {
  return events.next() ? [events.now, events.kind, events.component] : undefined;
}

const event: fc.Arbitrary<Event> = fc.tuple(fc.nat(12), fc.nat(2), fc.nat(3));
const command = fc.oneof(
  { weight: 60, arbitrary: event.map((scheduled) => ({ do: 'schedule' as const, scheduled })) },
  { weight: 50, arbitrary: fc.constant({ do: 'next' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reset' as const }) },
);

describe('pending events', () => {
  it('come as from a sorted list, however schedules, takings and resets follow each other', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 600, size: 'max' }), (commands) => {
        const [events, plain] = [new PendingEvents(), new SortedEvents()];
        for (const each of commands) {
          if (each.do === 'next') expect(taken(events)).toEqual(plain.next());
          else if (each.do === 'reset') for (const one of [events, plain]) one.reset();
          else {
            const [time, kind, component] = each.scheduled;
            events.schedule(picoseconds(time), kind, component);
            plain.schedule(time, kind, component);
          }
        }
        for (let left = plain.next(); left; left = plain.next()) expect(taken(events)).toEqual(left);
        expect(events.next()).toBe(false);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('come as from a sorted list when thousands are pending and each taken one schedules another', () => {
    const [events, plain] = [new PendingEvents(), new SortedEvents()];
    let state = 1;
    const draw = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    const schedule = (time: number) => {
      const [kind, component] = [draw(2), draw(500)];
      events.schedule(picoseconds(time), kind, component);
      plain.schedule(time, kind, component);
    };
    for (let i = 0; i < 2000; i++) schedule(draw(50) * 8887);
    for (let i = 0; i < 4000; i++) {
      expect(taken(events)).toEqual(plain.next());
      schedule(events.now + draw(50) * 8887);
    }
  });

  it('of one instant come by kind, then by component, never by order of scheduling', () => {
    const events = new PendingEvents();
    for (const [kind, component] of [
      [1, 0],
      [0, 7],
      [1, 3],
      [0, 2],
    ] as const) {
      events.schedule(picoseconds(5), kind, component);
    }
    expect([taken(events), taken(events), taken(events), taken(events)]).toEqual([
      [5, 0, 2],
      [5, 0, 7],
      [5, 1, 0],
      [5, 1, 3],
    ]);
  });

  it('are counted as they are taken, and a reset starts the clock and the count at zero', () => {
    const events = new PendingEvents();
    events.schedule(picoseconds(40), 0, 0);
    events.schedule(picoseconds(50), 0, 0);
    expect([events.next(), events.now, events.taken]).toEqual([true, 40, 1]);
    events.reset();
    expect([events.now, events.taken, events.next(), events.taken]).toEqual([0, 0, false, 0]);
    events.schedule(picoseconds(2 ** 53 - 1), 0, 0);
    expect([events.next(), events.now, events.taken]).toEqual([true, 2 ** 53 - 1, 1]);
  });
});
