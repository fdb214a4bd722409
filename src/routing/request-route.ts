import { ACS } from '../pcie/acs.ts';
import { type PortDecision, requestDecision } from '../pcie/port-decision.ts';
import type { System, SystemNode } from '../system/system.ts';
import { directRoute } from './direct-route.ts';
import { rootComplexRoute } from './root-complex-route.ts';
import type { RouteQuestion } from './route-question.ts';
import type { RouteResult } from './route-result.ts';
import { type TurningPoint, turningPoint, type Ways } from './turning-point.ts';
import { waysBetween } from './ways-between.ts';

const controlOf = (node: SystemNode): number => node.acs?.control ?? 0;

const blocksTranslated = (node: SystemNode): boolean =>
  (node.kind === 'switch_down' || node.kind === 'root_port') && (controlOf(node) & ACS.TB) !== 0;

/** An IOVA lies in no switch's window, so that only its translation by the IOMMU or by ATS lets a request turn below it. */
const decodes = ({ address, addressType }: RouteQuestion): boolean =>
  address !== 'IOVA' || addressType === 'translated';

const blocked = (port: SystemNode, what: string): RouteResult => ({
  kind: 'blocked',
  port: port.id,
  reason: `ACS Violation: ${what} at ${port.id}`,
});

/**
 * What the ingress of the turning place makes of the request; places without an ingress turn it. Egress Control Vectors are
 * not in the model and count as clear, as they are after reset.
 */
function decision(question: RouteQuestion, point: TurningPoint): PortDecision {
  if (point.kind === 'self') return 'DIRECT';
  if (point.kind === 'root-complex' || !decodes(question)) return 'REDIRECT';
  if (!('ingress' in point)) return 'DIRECT';
  const { addressType } = question;
  return requestDecision({ control: controlOf(point.ingress), addressType, egressVectorBit: 0 });
}

/** Ports that receive the request on its way up, up to where it turns. */
function passed(ways: Ways, point: TurningPoint, direct: boolean): readonly SystemNode[] {
  if (!direct) return ways.up;
  return 'up' in point ? ways.up.slice(0, point.up) : [];
}

/**
 * The way of a memory request from requester to completer: it turns at the lowest place that both have in common where
 * its address decodes there, unless Request Redirect at its ingress sends it up to the root complex. Translation Blocking
 * at any port that it passes ends a translated one. Source: kernel-p2pdma, section 3 (column P2P REQUESTS) and 3.1.
 */
export function requestRoute(system: System, question: RouteQuestion): RouteResult {
  const ways = waysBetween(system, question.from, question.to);
  const point = turningPoint(ways);
  const decided = decision(question, point);
  const direct = decided === 'DIRECT';
  const wall = question.addressType === 'translated' && passed(ways, point, direct).find(blocksTranslated);
  if (wall) return blocked(wall, 'Translation Blocking ends requests with translated addresses');
  if (decided === 'VIOLATION' && 'ingress' in point) return blocked(point.ingress, 'P2P Egress Control');
  const turns = direct && point.kind !== 'root-complex';
  const route = turns ? directRoute(ways, point) : rootComplexRoute(system, ways, question);
  return { kind: 'route', route };
}
