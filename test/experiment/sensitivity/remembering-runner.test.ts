import { describe, expect, it } from 'vitest';
import { flowSpec } from '../../../src/dma/flow-spec.ts';
import { parseScenario } from '../../../src/experiment/parse-scenario.ts';
import { resolveScenario } from '../../../src/experiment/resolve-scenario.ts';
import { Runner, type RunRequest } from '../../../src/experiment/runner.ts';
import { RememberingRunner } from '../../../src/experiment/sensitivity/remembering-runner.ts';
import type { DeliveryFact } from '../../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../../src/node/load-kernel.ts';
import { loadSystem } from '../../../src/node/load-system.ts';
import { setIommu } from '../../../src/system/edit.ts';
import type { System } from '../../../src/system/system.ts';
import { withScaledPart } from '../../../src/system/with-scaled-part.ts';
import { bytes } from '../../../src/units.ts';
import { device, measuredSystem, pcieSwitch } from '../../support/measured-system.ts';
import { variedNumbers } from '../../../src/experiment/sensitivity/varied-numbers.ts';
import { partsOf } from '../../../src/experiment/model-uses.ts';

const profile = loadKernelProfile();
const COPIES = { size: bytes(2 ** 14), transfers: 4, depth: 2 };
const request = (system: System, flows: RunRequest['flows']): RunRequest => ({
  system,
  profile,
  flows,
  seed: '1',
  until: null,
});
const write = flowSpec({ from: ['gpu0'], to: ['gpu1'], ...COPIES });
const far = flowSpec({ from: ['gpu0'], to: ['gpu4'], ...COPIES });
const read = flowSpec({ from: ['gpu5'], to: ['gpu1'], op: 'read', ...COPIES });

const DRIVERS = parseScenario(
  `
scenario: drivers
system: gpu-nic-nvme
flows:
  - { id: staged, from: gpu0, to: gpu4, via: mem:s0, staging: { buffers: 2, size: 16 KiB }, size: 64 KiB }
buffers:
  - id: shared
    exporter: gpu1
    kind: gpu
    size: 64 KiB
    fallback: mem:s0
    importers: [{ device: nic0, kind: page-fault, size: 4 KiB, depth: 2 }]
    steps: [{ at: 20 us, do: move, to: mem:s0 }, { at: 60 us, do: move, to: gpu1 }]
until: { time: 150 us }
`,
  'drivers.yaml',
);

const credits = { headers: 10, data: 160 };
const channel = {
  rate: '40 GB/s',
  latency: '100 ns',
  slots: { posted: 12, nonposted: 12, completion: 12 },
};

/** Two devices below a switch and two at root ports; few tags and credits, gaps and latencies everywhere. */
function costly(): System {
  const port = {
    dllp: '1 per TLP',
    phy_latency: '5 ns',
    skp: '1/376',
    update_latency: '100 ns',
    credits: { posted: credits, nonposted: credits },
  };
  const dma = {
    tags: 10,
    outstanding_bytes: '4 KiB',
    issue_gap: '9 ns',
    write_gap: '11 ns',
    write_setup: '50 ns',
    landing: { latency: '100 ns', rate: '10 GB/s' },
    copies_in_flight: 5,
    granularity: '1 KiB',
  };
  const numbers = { port, dma, completer: { latency: '300 ns' } };
  const gpu = (id: string) => device(id, 'gen5x16', numbers);
  const scope = { write: channel, read: channel };
  return measuredSystem({
    cpu: {
      port: { ...port, credits: { ...port.credits, completion: credits } },
      scopes: { other_host_bridge: scope },
    },
    below: [
      pcieSwitch('sw', 'gen5x16', [gpu('gpu0'), gpu('gpu1')], { numbers: { latency: '100 ns', port } }),
      gpu('gpu4'),
      gpu('gpu5'),
    ],
  });
}

const readFar = flowSpec({ from: ['gpu4'], to: ['gpu1'], op: 'read', ...COPIES });

const CASES: readonly (readonly [string, System, (system: System) => RunRequest])[] = [
  ['a write below a switch', loadSystem('wrx90-2sw-flat'), (system) => request(system, [write])],
  [
    'reads and writes over root complexes, translated',
    setIommu(loadSystem('wrx90-2sw-flat'), 'translate'),
    (system) => request(system, [far, read]),
  ],
  ['reads alone', loadSystem('wrx90-2vs'), (system) => request(system, [read])],
  ['writes where all has its cost', costly(), (system) => request(system, [write, far])],
  ['reads where all has its cost', costly(), (system) => request(system, [read, readFar])],
  ['both where all has its cost', costly(), (system) => request(system, [far, read, readFar])],
  [
    'drivers that share and stage',
    loadSystem('gpu-nic-nvme'),
    (system) => resolveScenario(DRIVERS, { system, profile }),
  ],
];

describe('a runner that remembers its first round', () => {
  it.each(CASES)(
    'gives %s, under any changed number, the result of a run',
    (_, system, requestOn) => {
      const remembering = new RememberingRunner();
      const runner = new Runner();
      const base = remembering.run(requestOn(system));
      remembering.rewind();
      const { varied } = variedNumbers(partsOf(system));
      let [asked, moved] = [0, 0];
      for (const { number, less, more } of varied) {
        for (const factor of [less, more].filter((each) => each !== null)) {
          const changed = requestOn(withScaledPart(system, { ...number, factor }));
          const result = runner.run(changed);
          expect(remembering.run(changed), `${number.part} ${number.path}`).toEqual(result);
          remembering.rewind();
          asked++;
          if (result.end_ps !== base.end_ps) moved++;
        }
      }
      expect(moved).toBeGreaterThan(0);
      expect(remembering.runs - 1).toBeGreaterThanOrEqual(moved);
      expect(remembering.runs - 1).toBeLessThan(asked);
    },
    120_000,
  );

  it('runs a request that differs in anything but the system', () => {
    const system = loadSystem('wrx90-2sw-flat');
    const runner = new RememberingRunner();
    runner.run(request(system, [write]));
    for (const [again, runs] of [
      [request(system, [write]), 1],
      [{ ...request(system, [write]), seed: '2' }, 2],
      [request(system, [{ ...write, transfers: 5 }]), 3],
      [request(setIommu(system, 'passthrough'), [write]), 4],
      [{ ...request(system, [write]), profile: loadKernelProfile('linux-6.12') }, 5],
    ] as const) {
      runner.rewind();
      expect(runner.run(again)).toEqual(new Runner().run(again));
      expect(runner.runs).toBe(runs);
    }
  });

  it('lets recorders of deliveries hear again what they would hear', () => {
    const system = loadSystem('wrx90-2sw-flat');
    const runner = new RememberingRunner();
    const heard = [1, 2].map(() => {
      const facts: DeliveryFact[] = [];
      const deliveries = [{ add: (fact: DeliveryFact) => void facts.push({ ...fact }) }];
      runner.run({ ...request(system, [write]), recorders: { deliveries } });
      runner.rewind();
      return facts;
    });
    expect(runner.runs).toBe(1);
    expect(heard[0]?.length).toBeGreaterThan(100);
    expect(heard[1]).toEqual(heard[0]);
  });

  it.each([
    ['for which it has no room', new RememberingRunner(100), 'deliveries'],
    ['of which other recorders hear', new RememberingRunner(), 'waits'],
  ] as const)('makes runs again %s', (_, runner, kind) => {
    const system = loadSystem('wrx90-2sw-flat');
    const heard = [1, 2].map(() => {
      let facts = 0;
      runner.run({ ...request(system, [write]), recorders: { [kind]: [{ add: () => void facts++ }] } });
      runner.rewind();
      return facts;
    });
    expect(runner.runs).toBe(2);
    expect(heard[0]).toBeGreaterThan(100);
    expect(heard[1]).toBe(heard[0]);
  });
});
