import { describe, expect, test } from 'vitest';
import { Probe } from '../../src/engine/probe.ts';
import { StuckError } from '../../src/engine/stuck-error.ts';
import { picoseconds } from '../../src/units.ts';

test('a probe is active while somebody listens', () => {
  const probe = new Probe<number>();
  expect(probe.active).toBe(false);
  const heard: number[] = [];
  probe.attach({ add: (fact) => heard.push(fact) });
  probe.attach({ add: (fact) => heard.push(-fact) });
  expect(probe.active).toBe(true);
  for (const recorder of probe.recorders) recorder.add(5);
  expect(heard).toEqual([5, -5]);
  probe.clear();
  expect([probe.active, probe.recorders.length]).toEqual([false, 0]);
});

describe('a stuck run', () => {
  test('says when it got stuck, what waits for what, and what to look for', () => {
    const waiting = ['a posted write of flow 0 in sw1 wants link:d0:down', 'a completion'];
    const error = new StuckError(picoseconds(1_500), waiting);
    expect(error).toMatchObject({ name: 'StuckError', time: 1500, waiting });
    expect(error.message).toBe(
      'the simulation is stuck at 1.5 ns: a posted write of flow 0 in sw1 wants link:d0:down; a completion; ' +
        'look for buffers smaller than one TLP and for credit cycles',
    );
  });

  test('says so where nothing is queued', () => {
    expect(new StuckError(picoseconds(0), []).message).toContain('stuck at 0 ns: nothing is queued;');
  });
});
