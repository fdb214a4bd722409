import type { FabricPlan } from './plan.ts';
import type { TlpStore } from './tlp-store.ts';

/**
 * Posted writes that come in by one root port and leave by another than the one before them: each may start only a time after
 * that one started. A hypothesis for one published collapse, off unless a part says otherwise.
 */
export class DestinationChanges {
  /** Whether any port has such a time. */
  active = false;
  /** When the last posted write that asked `mayStart` may start. */
  startsAt = 0;
  /** By port: the least time, 0 where there is none. */
  private gaps = new Float64Array(0);
  private lastEgress = new Int32Array(0);
  private lastStart = new Float64Array(0);
  /** By place in the table of ways: the link by which the way leaves the root complex next; -1: none. */
  private egress = new Int32Array(0);
  private readonly tlps: TlpStore;

  constructor(tlps: TlpStore) {
    this.tlps = tlps;
  }

  reset({ outputs, ports }: FabricPlan, ways: Int32Array): void {
    this.gaps = Float64Array.from(ports, (port) => port.destinationChange);
    this.active = this.gaps.some((gap) => gap > 0);
    this.lastEgress = new Int32Array(ports.length).fill(-1);
    this.lastStart = new Float64Array(ports.length);
    this.egress = new Int32Array(ways.length).fill(-1);
    for (let place = ways.length - 2; place >= 0; place--) {
      const output = ways[place] as number;
      if (output < 0) continue;
      const isLink = outputs[output]?.kind === 'link';
      this.egress[place] = isLink ? output : (this.egress[place + 1] as number);
    }
  }

  mayStart(port: number, tlp: number, now: number): boolean {
    this.startsAt = 0;
    if (this.gaps[port] === 0 || this.tlps.class[tlp] !== 0) return true;
    const egress = this.egress[this.tlps.way[tlp] as number] as number;
    const last = this.lastEgress[port] as number;
    if (egress < 0 || last < 0 || egress === last) return true;
    this.startsAt = (this.lastStart[port] as number) + (this.gaps[port] as number);
    return this.startsAt <= now;
  }

  /** The TLP leaves the port at its `start`. */
  left(port: number, tlp: number): void {
    if (this.gaps[port] === 0 || this.tlps.class[tlp] !== 0) return;
    const egress = this.egress[this.tlps.way[tlp] as number] as number;
    if (egress < 0) return;
    this.lastEgress[port] = egress;
    this.lastStart[port] = this.tlps.start[tlp] as number;
  }
}
