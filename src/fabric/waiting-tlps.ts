import type { Picoseconds } from '../units.ts';
import type { CreditPools } from './credit-pools.ts';
import type { FabricPlan } from './plan.ts';
import type { Queues } from './queues.ts';
import type { TlpStore } from './tlp-store.ts';

const CLASS_NAMES = ['posted write', 'read request', 'completion'];

interface State {
  readonly plan: FabricPlan;
  readonly flowNames: readonly string[];
  readonly queues: Queues;
  readonly tlps: TlpStore;
  readonly pools: CreditPools;
  nextOutput(tlp: number): number;
}

/** One line for each head that waits when a run is stuck: where it stands, what it wants, the credits that it finds. */
export function waitingTlps(state: State, now: Picoseconds): readonly string[] {
  const { plan, flowNames, queues, tlps, pools } = state;
  return [...queues.head.keys()].flatMap((queue) => {
    const tlp = queues.head[queue] as number;
    if (tlp < 0) return [];
    const kind = tlps.class[tlp] as number;
    const output = state.nextOutput(tlp);
    const { headers, data } = pools.freeAt(output * 3 + kind, now);
    const place = plan.ports[queues.port[queue] as number]?.id;
    return [
      `a ${CLASS_NAMES[kind]} of flow ${flowNames[tlps.flow[tlp] as number]} in ${place} wants ${plan.outputs[output]?.id}, needs 1 header and ` +
        `${tlps.dataCredits[tlp]} data credits and finds ${headers} and ${data}`,
    ];
  });
}
