import { describe, expect, it } from 'vitest';
import { type FlowRequest, flowSpec } from '../../../src/dma/flow-spec.ts';
import { StuckError } from '../../../src/engine/stuck-error.ts';
import type { RunResult } from '../../../src/experiment/run-result.ts';
import type { Runner } from '../../../src/experiment/runner.ts';
import { runSensitivity } from '../../../src/experiment/sensitivity/run-sensitivity.ts';
import { type Sensitivity, sensitivity } from '../../../src/experiment/sensitivity/sensitivity.ts';
import { loadKernelProfile } from '../../../src/node/load-kernel.ts';
import { partsOf } from '../../../src/experiment/model-uses.ts';
import type { System } from '../../../src/system/system.ts';
import { bytes, picoseconds } from '../../../src/units.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../../support/measured-system.ts';

const profile = loadKernelProfile();
const progress = (): void => {};

/** Two devices below one switch, and one at another root port; all but the links and the given numbers costs nothing. */
const machine = (cpu: Numbers, ofSwitch: Numbers = {}): System =>
  measuredSystem({
    cpu,
    below: [
      pcieSwitch('sw', 'gen5x16', [device('a', 'gen5x16'), device('b', 'gen5x16')], { numbers: ofSwitch }),
      device('far', 'gen5x16'),
    ],
  });

function sensitivityOf(system: System, flow: FlowRequest): Promise<Sensitivity> {
  const flows = [flowSpec({ id: 'flow', ...flow })];
  const resultOn = (changed: System, runner: Runner): RunResult =>
    runner.run({ system: changed, profile, flows, seed: '1', until: null });
  return runSensitivity({ system, resultOn, progress });
}

const moveOf = ({ moves }: Sensitivity, path: string) => moves.find((move) => move.path === path);

const WRITE = { from: ['a'], to: ['b'], size: bytes(256), transfers: 1 };

describe('the sensitivity of a run', () => {
  it('to the latency of the only switch on the way is that latency, of all that a write takes', async () => {
    const result = await sensitivityOf(machine({}, { latency: '100 ns' }), WRITE);
    // 256 B of payload, 16 B of header and 8 B of framing; the switch forwards the head while the tail comes in.
    const wire = ((256 + 16 + 8) * 8) / ((32 * 16 * 128) / 130);
    const takes = 100 + wire;
    const { less_pct: less, more_pct: more, figure } = moveOf(result, 'latency') ?? {};
    // A rate rises further than the time falls.
    expect(figure).toBe('goodput of flow (GB/s)');
    expect(less).toBeCloseTo(100 * (takes / (takes - 20) - 1), 2);
    expect(more).toBeCloseTo(100 * (takes / (takes + 20) - 1), 2);
    expect(result.moves[0]?.path).toBe('latency');
  });

  it('to the rate of the scope that caps it is the whole change', async () => {
    const cpu = { scopes: { other_host_bridge: { write: { rate: '10 GB/s' } } } };
    const copies = { from: ['a'], to: ['far'], size: bytes(2 ** 20), transfers: 4, depth: 2 };
    const result = await sensitivityOf(machine(cpu), copies);
    const { less_pct: less, more_pct: more } = moveOf(result, 'scopes.other_host_bridge.write.rate') ?? {};
    // Down the rate falls by a fifth, which is further than the time falls when the rate rises by a fifth.
    expect(less).toBeCloseTo(25, 1);
    expect(more).toBeCloseTo(-100 / 6, 1);
  });

  it('has each assumed number once: it moves a figure, moves none, or has no other value so near', async () => {
    const result = await sensitivityOf(machine({}, { latency: '100 ns' }), WRITE);
    const { assumed, moves, still, unvaried, numbers, share } = result;
    expect([numbers, share]).toEqual([assumed, 1]);
    expect(moves.length + still.length + unvaried.length).toBe(assumed);
    expect(unvaried).toContainEqual(expect.objectContaining({ path: 'recut', value: 'none' }));
    expect(unvaried).toContainEqual(expect.objectContaining({ path: 'destination_change', value: '0 ns' }));
  });

  it('leaves one side empty where the number cannot go there', async () => {
    const port = { credits: { posted: { headers: 127 } }, update_latency: '2 us' };
    const copies = { from: ['a'], to: ['b'], size: bytes(2 ** 20), transfers: 2 };
    const result = await sensitivityOf(machine({}, { port }), copies);
    const move = moveOf(result, 'port.credits.posted.headers');
    expect(move?.more_pct).toBeNull();
    expect(Math.abs(move?.less_pct ?? 0)).toBeGreaterThan(5);
  });
});

describe('the sensitivity of figures', () => {
  const system = machine({}, { latency: '100 ns' });
  const of = (figures: Parameters<typeof sensitivity>[0]['figures']) =>
    sensitivity({ parts: () => partsOf(system), figures, progress });

  it('names the figure that moves most, with both its sides', async () => {
    const result = await of((change) => [
      { name: 'small', value: change?.path === 'latency' ? 100 + change.factor : 100 },
      { name: 'large', value: change?.path === 'latency' ? 100 * change.factor : 100 },
    ]);
    expect(result.moves).toEqual([
      expect.objectContaining({
        figure: 'large',
        less_pct: expect.closeTo(-20, 9),
        more_pct: expect.closeTo(20, 9),
      }),
    ]);
  });

  it('puts the furthest move first, and counts none below 0.05 %', async () => {
    const sizes: Readonly<Record<string, number>> = {
      latency: 0.1,
      'iommu.walk_latency': 0.0004,
      'dma.tags': 5,
    };
    const result = await of((change) => [
      { name: 'one', value: 1 + (sizes[change?.path ?? ''] ?? 0) * (change?.factor === 1.2 ? 1 : 0) },
    ]);
    expect(result.moves.map(({ path }) => path)).toEqual(['dma.tags', 'latency']);
    const walk = result.still.find(({ path }) => path === 'iommu.walk_latency');
    expect(walk).toMatchObject({ less_pct: 0, more_pct: expect.closeTo(0.04, 9), figure: 'one' });
  });

  it('loses all of a figure that a change takes away, be it by a run that gets stuck', async () => {
    const stuck = new StuckError(picoseconds(1), []);
    const result = await of((change) => {
      if (change?.path === 'latency') throw stuck;
      return [{ name: 'one', value: 1 }];
    });
    expect(result.moves).toEqual([
      expect.objectContaining({ path: 'latency', less_pct: -100, more_pct: -100 }),
    ]);
  });
});
