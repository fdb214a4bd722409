import type { FabricPlan } from './plan.ts';
import { resourceParts } from './resources.ts';

/** What results call a resource: `link:sw1.d0:up`, `credits:link:rp20:down:posted-headers`, `tags:gpu0`. */
export function resourceName({ outputs, ports, endpoints }: FabricPlan, number: number): string {
  const { kind, index } = resourceParts(number);
  switch (kind) {
    case 'channel':
      return outputs[index]?.id ?? '';
    case 'ingress':
    case 'order':
    case 'head-of-line':
    case 'destination-change':
    case 'translation':
      return `${kind}:${ports[index]?.id}`;
    case 'tags':
    case 'outstanding':
    case 'issue-gap':
    case 'copies':
    case 'ats':
      return `${kind}:${endpoints[index]?.id}`;
    case 'replay-buffer':
    case 'shared-buffer':
      return `${kind}:${outputs[index]?.id}`;
    default:
      return `credits:${outputs[index]?.id}:${kind}`;
  }
}
