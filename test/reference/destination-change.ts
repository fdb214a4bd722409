import type { FabricPlan } from '../../src/fabric/plan.ts';
import type { Agenda } from './agenda.ts';
import type { Port } from './port.ts';
import type { Tlp } from './tlp.ts';

/** Which link the last posted write of each port leaves the root complex by, and whether a time since its start is over. */
export class DestinationChange {
  private readonly plan: FabricPlan;
  private readonly agenda: Agenda;
  private readonly last = new Map<Port, { readonly link: number; over: boolean }>();

  constructor(plan: FabricPlan, agenda: Agenda) {
    this.plan = plan;
    this.agenda = agenda;
  }

  holdsBack(tlp: Tlp, port: Port): boolean {
    const link = this.linkOf(tlp);
    const last = this.last.get(port);
    if (port.plan.destinationChange === 0 || link === undefined || last === undefined) return false;
    return last.link !== link && !last.over;
  }

  /** The TLP leaves the port from `start` on. */
  left(tlp: Tlp, port: Port, start: number): void {
    const link = this.linkOf(tlp);
    if (port.plan.destinationChange === 0 || link === undefined) return;
    const last = { link, over: false };
    this.last.set(port, last);
    this.agenda.at(start + port.plan.destinationChange, 'return', () => {
      last.over = true;
    });
  }

  /** The first link on the rest of a posted write's way; none for others, and for those that go to memory. */
  private linkOf({ class: tlpClass, way, granted }: Tlp): number | undefined {
    if (tlpClass !== 'posted') return undefined;
    return way.slice(granted).find((channel) => this.plan.outputs[channel]?.kind === 'link');
  }
}
