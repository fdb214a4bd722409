import type { DestinationPlan, PagePlan } from './flow-plan.ts';
import type { RunPlan } from './run-plan.ts';

/** Ways between a device and its translation agent, in the table of ways, and the agent's numbers. */
export interface AtsPlaces {
  readonly pages: PagePlan;
  readonly requestWay: number;
  readonly answerWay: number;
  readonly agent: number;
  readonly agentPort: number;
}

/** What the hot path needs of a destination: where its ways begin in the table of ways, and the completer's numbers. */
export interface Destination {
  readonly requestWay: number;
  readonly completionWay: number;
  readonly completerPort: number;
  readonly plan: DestinationPlan;
  readonly pages: PagePlan | null;
  readonly ats: AtsPlaces | null;
}

/** The destinations of all flows. */
export class Destinations {
  private list: readonly (readonly Destination[])[] = [];

  reset({ fabric, flows, wayStarts }: RunPlan): void {
    const portOf = (endpoint: number): number => fabric.endpoints[endpoint]?.completerPort ?? -1;
    let way = 0;
    const nextWay = (): number => wayStarts[way++] as number;
    this.list = flows.map(({ destinations }) =>
      destinations.map((plan) => ({
        requestWay: nextWay(),
        completionWay: nextWay(),
        completerPort: portOf(plan.completer),
        plan,
        pages: plan.pages,
        ats: plan.ats && {
          pages: plan.ats.pages,
          requestWay: nextWay(),
          answerWay: nextWay(),
          agent: plan.ats.agent,
          agentPort: portOf(plan.ats.agent),
        },
      })),
    );
  }

  of(flow: number, index: number): Destination {
    return (this.list[flow] as Destination[])[index] as Destination;
  }

  /** Where the flow's translations are asked for; null where its device does not ask. */
  ats(flow: number): AtsPlaces | null {
    return (this.list[flow] as Destination[]).find(({ ats }) => ats !== null)?.ats ?? null;
  }
}
