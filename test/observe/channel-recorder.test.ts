import { expect, test } from 'vitest';
import { GrantFact, PassageFact } from '../../src/fabric/facts.ts';
import { ChannelRecorder } from '../../src/observe/channel-recorder.ts';
import { OccupancyRecorder } from '../../src/observe/occupancy-recorder.ts';
import { TraceRecorder } from '../../src/observe/trace-recorder.ts';

const grant = (changes: Partial<GrantFact>): GrantFact => Object.assign(new GrantFact(), changes);

test('a channel is busy while TLPs are on it, the last one up to the time asked for', () => {
  const recorder = new ChannelRecorder(2);
  recorder.add(grant({ output: 1, arrived: 0, start: 10, end: 40 }));
  recorder.add(grant({ output: 1, arrived: 5, start: 50, end: 80 }));
  expect([100, 80, 70, 50, 45].map((time) => recorder.busyUntil(1, time))).toEqual([60, 60, 50, 30, 30]);
  expect(recorder.busyUntil(0, 100)).toBe(0);
});

test('a queue holds a TLP from its head’s arrival to its tail’s departure, by port and class', () => {
  const recorder = new OccupancyRecorder(2);
  recorder.add(grant({ port: 1, class: 2, payload: 64, arrived: 10, start: 30, end: 40 }));
  recorder.add(grant({ port: 1, class: 2, payload: 256, arrived: 20, start: 40, end: 80 }));
  recorder.add(grant({ port: 0, class: 1, payload: 0, arrived: 1, start: 2, end: 3 }));
  expect([...recorder.stay]).toEqual([0, 2, 0, 0, 0, 90]);
  expect([...recorder.byteStay]).toEqual([0, 0, 0, 0, 0, 30 * 64 + 60 * 256]);
});

test('the delivery log has a line for each TLP and channel, channel by channel', () => {
  const recorder = new TraceRecorder(['link:rp0:up', 'link:rp0:down']);
  const fact = Object.assign(new PassageFact(), { output: 1, flow: 3, serial: 12, tail: 900 });
  recorder.add(fact);
  recorder.add(Object.assign(fact, { output: 0, class: 1, tail: 950 }));
  recorder.add(Object.assign(fact, { output: 1, class: 2, piece: 4, tail: 1200 }));
  expect(recorder.lines()).toEqual([
    '950 3.12r0 link:rp0:up',
    '900 3.12w0 link:rp0:down',
    '1200 3.12c4 link:rp0:down',
  ]);
});
