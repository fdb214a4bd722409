import type { Condition, Processes, Program } from '../../engine/processes.ts';
import type { Host } from '../software.ts';
import { type Lack, RingDevice } from './ring-device.ts';
import { edgeFlows } from './ring-flows.ts';
import { ringSlices } from './ring-slices.ts';
import type { RingSpec } from './ring-spec.ts';

/** A ring under way: its devices, and how long its iterations took. */
export class RingRun {
  readonly spec: RingSpec;
  readonly devices: readonly RingDevice[];
  /** Of iterations that have ended, in ps: from the common beginning to the last slice at the last device. */
  readonly times: number[] = [];
  private readonly slices: number;
  private readonly processes: Processes;
  private readonly changed: Condition;

  constructor(spec: RingSpec, host: Host) {
    const { processes } = host;
    const { op, slots } = spec;
    const { turns } = ringSlices(spec);
    this.spec = spec;
    this.slices = turns.length;
    this.processes = processes;
    this.changed = processes.condition();
    const edges = edgeFlows(spec).map((id) => host.flow(id));
    for (const edge of edges) edge.changed = this.changed;
    this.devices = edges.map((out, i) => {
      const before = edges.at(i - 1) ?? out;
      return new RingDevice({
        name: spec.devices[i] as string,
        in: before,
        out,
        op,
        slots,
        turns,
        processes,
      });
    });
  }

  start(): void {
    this.processes.start(this.iterations());
  }

  /** Null: all iterations have ended. */
  get unfinished(): string | null {
    const left = this.spec.iterations - this.times.length;
    if (left === 0) return null;
    const waits = this.devices.flatMap(({ name, lacks }, i) =>
      lacks === null ? [] : [`${name} waits for ${reason(lacks, this.next(i).name)}`],
    );
    return `ring ${this.spec.id} has ${left} iteration${left === 1 ? '' : 's'} left: ${waits.join(', ')}`;
  }

  private *iterations(): Program {
    const { spec, devices, processes, times, slices } = this;
    while (times.length < spec.iterations) {
      const begin = processes.now;
      for (const device of devices) device.prepare();
      for (const [i, device] of devices.entries()) processes.start(device.iteration(this.next(i)));
      while (devices.some(({ received }) => received < slices)) yield this.changed;
      times.push(processes.now - begin);
    }
  }

  private next(number: number): RingDevice {
    return this.devices[(number + 1) % this.devices.length] as RingDevice;
  }
}

function reason(lack: Lack, next: string): string {
  switch (lack) {
    case 'data':
      return 'data';
    case 'slot':
      return `a free slot at ${next}`;
    case 'turn':
      return 'its slice before to leave';
  }
}
