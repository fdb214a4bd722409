import type { Recorder } from '../../src/engine/probe.ts';
import type { PassageFact } from '../../src/fabric/facts.ts';
import type { FabricPlan } from '../../src/fabric/plan.ts';

/** A TLP that came into a port and left it; both in the order of all passages of a run. */
export interface Crossing {
  /** 0 posted, 1 non-posted, 2 completion. */
  readonly class: number;
  readonly flow: number;
  readonly serial: number;
  readonly piece: number;
  readonly arrived: number;
  readonly left: number;
  /** Output by which it left. */
  readonly output: number;
}

/** Writes down which TLPs crossed each port of a plan without recutting, and in which order. */
export class CrossingRecorder implements Recorder<PassageFact> {
  private readonly plan: FabricPlan;
  private readonly under = new Map<string, { readonly port: number; readonly arrived: number }>();
  private readonly byPort = new Map<number, Crossing[]>();
  private count = 0;

  constructor(plan: FabricPlan) {
    this.plan = plan;
  }

  add({ output, class: kind, flow, serial, piece }: PassageFact): void {
    const key = `${kind} ${flow} ${serial} ${piece}`;
    const place = this.under.get(key);
    const now = this.count++;
    if (place) {
      const crossings = this.byPort.get(place.port) ?? [];
      this.byPort.set(place.port, crossings);
      crossings.push({ class: kind, flow, serial, piece, arrived: place.arrived, left: now, output });
    }
    this.under.set(key, { port: this.plan.outputs[output]?.port ?? -1, arrived: now });
  }

  /** By port, in the order in which they left. */
  ports(): ReadonlyMap<number, readonly Crossing[]> {
    return this.byPort;
  }
}
