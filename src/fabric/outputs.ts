import { TLP_CLASSES } from '../pcie/tlp-class.ts';
import type { Picoseconds } from '../units.ts';
import type { PoolSize } from './credit-pools.ts';
import type { FabricPlan } from './plan.ts';

/** State of all outputs and of the serial channels behind them: next-free times, and the queues whose heads want them. */
export class Outputs {
  /** Time of the pending event; Infinity: none. */
  pendingAt = new Float64Array(0);
  /** When the last TLP's tail has gone. */
  freeAt = new Float64Array(0);
  /** Queue granted last, after which the round robin goes on. */
  lastGranted = new Int32Array(0);
  waiting = new Int32Array(0);
  waitingCount = new Int32Array(0);
  stride = 0;
  hasEngine = new Uint8Array(0);
  /** Channels inside a root complex take whole TLPs: none starts before its tail has come. */
  takesWhole = new Uint8Array(0);
  flight = new Float64Array(0);
  port = new Int32Array(0);
  creditReturn = new Float64Array(0);
  private place = new Int32Array(0);
  /** When the DLLPs that the far end of the reverse channel is owed have gone. */
  private dllpsUntil = new Float64Array(0);
  private psPerWireByte = new Float64Array(0);
  private psPerPayloadByte = new Float64Array(0);
  private reverse = new Int32Array(0);
  private dllpBytesPerTlp = new Float64Array(0);
  private dllpBytesPerWireByte = new Float64Array(0);

  private readonly clock: { readonly now: Picoseconds };

  constructor(clock: { readonly now: Picoseconds }) {
    this.clock = clock;
  }

  reset({ outputs, ports, endpoints }: FabricPlan): void {
    const numbers = (of: (output: FabricPlan['outputs'][number]) => number) => Float64Array.from(outputs, of);
    this.stride = ports.length * 3;
    this.pendingAt = new Float64Array(outputs.length).fill(Number.POSITIVE_INFINITY);
    this.freeAt = new Float64Array(outputs.length);
    this.dllpsUntil = new Float64Array(outputs.length);
    this.lastGranted = new Int32Array(outputs.length).fill(-1);
    this.waiting = new Int32Array(outputs.length * this.stride);
    this.waitingCount = new Int32Array(outputs.length);
    this.place = new Int32Array(this.stride);
    this.hasEngine = new Uint8Array(outputs.length);
    this.takesWhole = Uint8Array.from(outputs, ({ kind }) => (kind === 'scope' ? 1 : 0));
    for (const endpoint of endpoints) if (endpoint.dmaPort >= 0) this.hasEngine[endpoint.output] = 1;
    this.flight = numbers((output) => output.flight);
    this.port = Int32Array.from(outputs, (output) => output.port);
    this.creditReturn = numbers((output) => output.creditReturn);
    this.psPerWireByte = numbers((output) => output.psPerWireByte);
    this.psPerPayloadByte = numbers((output) => output.psPerPayloadByte);
    this.reverse = Int32Array.from(outputs, (output) => output.reverse);
    this.dllpBytesPerTlp = numbers((output) => output.dllpBytesPerTlp);
    this.dllpBytesPerWireByte = numbers((output) => output.dllpBytesPerWireByte);
  }

  /** Credits behind each output, by class, as pools: number 3 x output + class. */
  pools({ outputs }: FabricPlan): readonly PoolSize[] {
    return outputs.flatMap(({ credits }) =>
      TLP_CLASSES.map((name) => ({
        headers: credits[name].headers ?? Number.POSITIVE_INFINITY,
        data: credits[name].data ?? Number.POSITIVE_INFINITY,
      })),
    );
  }

  add(output: number, queue: number): void {
    const count = this.waitingCount[output] as number;
    this.waiting[output * this.stride + count] = queue;
    this.place[queue] = count;
    this.waitingCount[output] = count + 1;
  }

  remove(output: number, queue: number): void {
    const count = (this.waitingCount[output] as number) - 1;
    const moved = this.waiting[output * this.stride + count] as number;
    const place = this.place[queue] as number;
    this.waiting[output * this.stride + place] = moved;
    this.place[moved] = place;
    this.waitingCount[output] = count;
  }

  /** When a TLP that is granted now starts: DLLPs that are due go first. */
  nextStart(output: number): number {
    return Math.max(this.clock.now, this.dllpsUntil[output] as number);
  }

  /** Time that a TLP occupies the channel, rounded once to a whole picosecond. */
  occupancy(output: number, wireBytes: number, payload: number): number {
    return Math.round(
      wireBytes * (this.psPerWireByte[output] as number) +
        payload * (this.psPerPayloadByte[output] as number),
    );
  }

  /** Keeps the channel busy with the TLP that is granted now, and charges the DLLPs that it will cause to the reverse channel. */
  send(output: number, queue: number, wireBytes: number, occupancy: number): void {
    this.freeAt[output] = this.nextStart(output) + occupancy;
    this.lastGranted[output] = queue;
    const reverse = this.reverse[output] as number;
    if (reverse < 0) return;
    const dllpBytes =
      (this.dllpBytesPerTlp[output] as number) + (this.dllpBytesPerWireByte[output] as number) * wireBytes;
    const busy = Math.max(this.dllpsUntil[reverse] as number, this.freeAt[reverse] as number, this.clock.now);
    this.dllpsUntil[reverse] = busy + Math.round(dllpBytes * (this.psPerWireByte[reverse] as number));
  }
}
