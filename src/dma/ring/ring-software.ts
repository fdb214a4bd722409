import type { Host, Software } from '../software.ts';
import { RingRun } from './ring-run.ts';
import type { RingSpec } from './ring-spec.ts';

/** All rings of a run. */
export class RingSoftware implements Software {
  rings: readonly RingRun[] = [];
  private readonly specs: readonly RingSpec[];

  /** Of rings of which the plan has every edge. */
  constructor(specs: readonly RingSpec[]) {
    this.specs = specs;
  }

  start(host: Host): void {
    this.rings = this.specs.map((spec) => new RingRun(spec, host));
    for (const ring of this.rings) ring.start();
  }

  unfinished(): readonly string[] {
    return this.rings.flatMap(({ unfinished }) => unfinished ?? []);
  }
}
