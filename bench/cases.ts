import { flowSpec } from '../src/dma/flow-spec.ts';
import { Runner } from '../src/experiment/runner.ts';
import { loadKernelProfile } from '../src/node/load-kernel.ts';
import { loadPart } from '../src/node/load-part.ts';
import { parseSystem } from '../src/system/parse-system.ts';
import type { System } from '../src/system/system.ts';
import { bytes } from '../src/units.ts';

const gpu = (i: number): string =>
  `{ link: { gen: 5, width: 16 }, child: { kind: gpu, id: gpu${i}, part: gpu/nvidia/rtx-pro-6000-256b } }`;

const bridge = (
  n: number,
): string => `{ id: hb${n}, root_ports: [ { id: rp${n}, link: { gen: 5, width: 16 }, child:
      { kind: switch, id: sw${n}, part: switch/microchip/pm50100, ports: [${[0, 1, 2, 3].map((i) => gpu(4 * n + i)).join(', ')}] } } ] }`;

/** Two switches of four GPUs below two host bridges; GPUs whose posted writes carry 256 B. */
function machine(): System {
  const text = `{ system: bench, about: two switches, iommu: { mode: off }, sockets: [ { id: s0,
    part: cpu/amd/threadripper-pro-7955wx, host_bridges: [${bridge(0)}, ${bridge(1)}] } ] }`;
  return parseSystem(text, 'bench', (name) => loadPart(name));
}

type Pair = readonly [from: number, to: number];

const GPUS = [0, 1, 2, 3, 4, 5, 6, 7];

/** What is measured: pairs that write at once, and the bytes of each. */
export const CASES: Readonly<Record<string, { readonly pairs: readonly Pair[]; readonly bytes: number }>> = {
  'one switch': { pairs: [[0, 1]], bytes: 2 ** 28 },
  'two switches and a root complex': { pairs: [[0, 4]], bytes: 2 ** 27 },
  'all-to-all of 8': {
    pairs: GPUS.flatMap((from) => GPUS.filter((to) => to !== from).map((to): Pair => [from, to])),
    bytes: 2 ** 21,
  },
};

/** Runs before the one that counts: V8 needs them to settle on the code for times beyond 2^31 ps, which are no small integers. */
const WARM_UP_RUNS = 3;

/** CPU time, in us, and TLPs of one run of a case with all recorders on, on an engine that has run before. */
export function measure(name: string): {
  readonly tlps: number;
  readonly us: number;
  readonly events: number;
} {
  const found = CASES[name];
  if (!found) throw new RangeError(`"${name}" is no benchmark; there are ${Object.keys(CASES).join(', ')}`);
  const [runner, system, profile] = [new Runner(), machine(), loadKernelProfile()];
  const copies = { size: bytes(found.bytes / 4), transfers: 4, depth: 2 };
  const flows = found.pairs.map(([from, to]) =>
    flowSpec({ from: [`gpu${from}`], to: [`gpu${to}`], ...copies }),
  );
  const run = () => runner.run({ system, profile, flows, seed: '1', until: null });
  for (let i = 0; i < WARM_UP_RUNS; i++) run();
  const before = process.cpuUsage();
  const { tlps, events } = run();
  const { user, system: kernel } = process.cpuUsage(before);
  return { tlps, events, us: user + kernel };
}
