import type { RingSpec } from '../../src/dma/ring/ring-spec.ts';
import { ringSpec } from '../../src/dma/ring/ring-spec.ts';
import type { Recorder } from '../../src/engine/probe.ts';
import type { RingResult } from '../../src/experiment/ring-result.ts';
import { Runner } from '../../src/experiment/runner.ts';
import type { RunResult } from '../../src/experiment/run-result.ts';
import type { DeliveryFact } from '../../src/fabric/facts.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import type { System } from '../../src/system/system.ts';
import { bytes } from '../../src/units.ts';
import { device, type LinkText, measuredSystem, type Numbers, pcieSwitch } from './measured-system.ts';

const profile = loadKernelProfile();
const resident = new Runner();

export const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** A ring over the first so many of the devices `a`, `b` and so on. */
export const ring = (count: number, size: number, more: Partial<RingSpec> = {}): RingSpec =>
  ringSpec({ id: 'r', devices: NAMES.slice(0, count), size: bytes(size), ...more });

/** Devices directly below one switch, each with a link of its own; they write 256 B in TLPs of 280 B. */
export const belowOne = (
  links: readonly LinkText[],
  { of = {}, through = {} }: { readonly of?: Numbers; readonly through?: Numbers } = {},
): System => {
  const below = links.map((link, i) => device(NAMES[i] as string, link, of));
  return measuredSystem({ below: [pcieSwitch('sw', 'gen4x16', below, { numbers: through })] });
};

/** Goodput of writes of 256 B on a Gen4 link of so many lanes, in GB/s: 128b/130b, and 24 B beside each payload. */
export const writeRate = (lanes: number): number => (((16 * lanes * 128) / 130 / 8) * 256) / 280;

/** One slice of a ring on its way between two neighbours. */
interface SentSlice {
  /** When its first request left, and when all of it was there, in ps. */
  readonly issued: number;
  readonly ended: number;
}

/** Writes down each slice of each edge, in the order in which they began. */
export class SliceRecorder implements Recorder<DeliveryFact> {
  private readonly flows: SentSlice[][] = [];

  add({ flow, issued, last, ended }: DeliveryFact): void {
    const slices = this.flows[flow] ?? [];
    this.flows[flow] = slices;
    if (last) slices.push({ issued, ended });
  }

  /** Of the edge that begins at the device of this number. */
  of(edge: number): readonly SentSlice[] {
    return (this.flows[edge] ?? []).toSorted((a, b) => a.issued - b.issued);
  }
}

export interface RingOptions {
  readonly recorder?: Recorder<DeliveryFact>;
  readonly seed?: string;
  readonly runner?: Runner;
}

/** Runs rings, and nothing beside them. */
export const runRings = (
  system: System,
  rings: readonly RingSpec[],
  { recorder, seed = 'ring', runner = resident }: RingOptions = {},
): RunResult =>
  runner.run({
    system,
    profile,
    flows: [],
    rings,
    seed,
    until: null,
    ...(recorder && { recorders: { deliveries: [recorder] } }),
  });

/** What the only ring of a run came to. */
export const ringOf = ({ rings }: RunResult): RingResult => {
  const [only] = rings ?? [];
  if (only === undefined) throw new RangeError('the run has no ring');
  return only;
};

/** Bus bandwidth in GB/s of one ring alone; NaN where it is refused. */
export const busRate = (system: System, of: RingSpec): number =>
  ringOf(runRings(system, [of])).busbw_GBps ?? Number.NaN;
