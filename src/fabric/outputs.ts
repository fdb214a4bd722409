import type { Picoseconds } from '../units.ts';
import type { FabricPlan } from './plan.ts';
import { Replays } from './replays.ts';

/** State of all outputs and of the serial channels behind them: next-free times, and the queues whose heads want them. */
export class Outputs {
  /** Time of the pending event; Infinity: none. */
  pendingAt = new Float64Array(0);
  /** When the last TLP's tail has gone. */
  freeAt = new Float64Array(0);
  /** Rank of the queue granted last, after which the round robin goes on, and how often in a row it was. */
  lastGranted = new Int32Array(0);
  grantsInRow = new Int32Array(0);
  waiting = new Int32Array(0);
  waitingCount = new Int32Array(0);
  stride = 0;
  hasEngine = new Uint8Array(0);
  /** Channels inside a root complex take whole TLPs: none starts before its tail has come. */
  takesWhole = new Uint8Array(0);
  flight = new Float64Array(0);
  port = new Int32Array(0);
  /** Bytes around each TLP on the wire. */
  framing = new Int32Array(0);
  /** Bad transmissions of the TLP that was sent last. */
  lastReplays = 0;
  flitTime = new Float64Array(0);
  /** Whether any output is in flit mode. */
  flits = false;
  creditReturn = new Float64Array(0);
  private updatePeriod = new Float64Array(0);
  /** Whether any far end waits with UpdateFCs. */
  updates = false;
  private place = new Int32Array(0);
  /** When the DLLPs that the far end of the reverse channel is owed have gone. */
  private dllpsUntil = new Float64Array(0);
  private psPerWireByte = new Float64Array(0);
  private psPerPayloadByte = new Float64Array(0);
  private reverse = new Int32Array(0);
  private dllpBytesPerTlp = new Float64Array(0);
  private dllpBytesPerWireByte = new Float64Array(0);

  private readonly replays = new Replays();
  private readonly clock: { readonly now: Picoseconds };

  constructor(clock: { readonly now: Picoseconds }) {
    this.clock = clock;
  }

  reset({ outputs, ports, endpoints }: FabricPlan, queues: number, seed: string): void {
    const numbers = (of: (output: FabricPlan['outputs'][number]) => number) => Float64Array.from(outputs, of);
    this.stride = ports.length * 3;
    this.pendingAt = new Float64Array(outputs.length).fill(Number.POSITIVE_INFINITY);
    this.freeAt = new Float64Array(outputs.length);
    this.dllpsUntil = new Float64Array(outputs.length);
    this.lastGranted = new Int32Array(outputs.length).fill(-1);
    this.grantsInRow = new Int32Array(outputs.length);
    this.replays.reset(outputs, seed);
    this.waiting = new Int32Array(outputs.length * this.stride);
    this.waitingCount = new Int32Array(outputs.length);
    this.place = new Int32Array(queues);
    this.hasEngine = new Uint8Array(outputs.length);
    this.takesWhole = Uint8Array.from(outputs, ({ kind }) => (kind === 'scope' ? 1 : 0));
    for (const endpoint of endpoints) if (endpoint.dmaPort >= 0) this.hasEngine[endpoint.output] = 1;
    this.flight = numbers((output) => output.flight);
    this.port = Int32Array.from(outputs, (output) => output.port);
    this.framing = Int32Array.from(outputs, (output) => output.framing);
    this.flitTime = numbers((output) => output.flitTime);
    this.flits = this.flitTime.some((time) => time > 0);
    this.updatePeriod = numbers((output) => output.updatePeriod);
    this.updates = this.updatePeriod.some((period) => period > 0);
    this.creditReturn = numbers((output) => output.creditReturn);
    this.psPerWireByte = numbers((output) => output.psPerWireByte);
    this.psPerPayloadByte = numbers((output) => output.psPerPayloadByte);
    this.reverse = Int32Array.from(outputs, (output) => output.reverse);
    this.dllpBytesPerTlp = numbers((output) => output.dllpBytesPerTlp);
    this.dllpBytesPerWireByte = numbers((output) => output.dllpBytesPerWireByte);
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
  occupancy(output: number, bytes: number, payload: number): number {
    return Math.round(
      (bytes + (this.framing[output] as number)) * (this.psPerWireByte[output] as number) +
        payload * (this.psPerPayloadByte[output] as number),
    );
  }

  /** End of the flit, in flit mode, that is under way at `time`. */
  flitEnd(output: number, time: number): number {
    const flit = this.flitTime[output] as number;
    return Math.ceil(time / flit) * flit;
  }

  /** When the far end announces credits that get free at `time`. */
  updateAfter(output: number, time: number): number {
    const period = this.updatePeriod[output] as number;
    return period > 0 ? Math.ceil(time / period) * period : time;
  }

  /** Whether the queue that was granted last may send one more in its turn of `weight` TLPs. */
  isInTurn(output: number, weight: number): boolean {
    return (this.grantsInRow[output] as number) < weight;
  }

  /** Keeps the channel busy with the TLP that is granted now, and charges the DLLPs that it will cause to the reverse channel. */
  send(output: number, rank: number, bytes: number, occupancy: number): void {
    const wireBytes = bytes + (this.framing[output] as number);
    this.freeAt[output] = this.nextStart(output) + occupancy;
    this.lastReplays = 0;
    if (this.replays.any && this.replays.active[output] === 1) {
      this.lastReplays = this.replays.transmit(output, wireBytes, occupancy);
      this.freeAt[output] = (this.freeAt[output] as number) + this.replays.lost;
    }
    this.grantsInRow[output] =
      rank === this.lastGranted[output] ? (this.grantsInRow[output] as number) + 1 : 1;
    this.lastGranted[output] = rank;
    const reverse = this.reverse[output] as number;
    if (reverse < 0) return;
    const dllpBytes =
      (this.dllpBytesPerTlp[output] as number) + (this.dllpBytesPerWireByte[output] as number) * wireBytes;
    const busy = Math.max(this.dllpsUntil[reverse] as number, this.freeAt[reverse] as number, this.clock.now);
    this.dllpsUntil[reverse] = busy + Math.round(dllpBytes * (this.psPerWireByte[reverse] as number));
  }
}
