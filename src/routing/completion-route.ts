import { completionDecision } from '../pcie/port-decision.ts';
import type { System } from '../system/system.ts';
import { directRoute } from './direct-route.ts';
import { requestRoute } from './request-route.ts';
import { rootComplexRoute } from './root-complex-route.ts';
import type { RouteQuestion } from './route-question.ts';
import type { RouteResult } from './route-result.ts';
import { type TurningPoint, turningPoint } from './turning-point.ts';
import { waysBetween } from './ways-between.ts';

const passesRootComplex = (hops: readonly string[]): boolean => hops.some((hop) => hop.startsWith('rc:'));

/** The way back of a request that the root complex has made its own; null where it keeps the requester id or never saw it. */
function retraced(system: System, question: RouteQuestion): RouteResult | null {
  if (question.rcKeepsRequesterId ?? true) return null;
  const request = requestRoute(system, { ...question, from: question.to, to: question.from });
  if (request.kind === 'blocked' || !passesRootComplex(request.route.hops)) return null;
  const { turn, hops } = request.route;
  return { kind: 'route', route: { turn, hops: hops.toReversed() } };
}

/** Redirect of completions at the place where they could turn; relaxed ones are never redirected. */
function climbs(point: TurningPoint, relaxedOrdering: boolean): boolean {
  if (!('ingress' in point)) return point.kind === 'root-complex';
  const control = point.ingress.acs?.control ?? 0;
  return completionDecision({ control, relaxedOrdering }) === 'REDIRECT';
}

/**
 * The way of a completion from completer to requester, which is routed by requester id: it turns at the lowest place that it
 * can, unless Completion Redirect at its ingress there sends it up. Source: kernel-p2pdma, section 3 (column COMPLETIONS).
 */
export function completionRoute(system: System, question: RouteQuestion): RouteResult {
  const back = retraced(system, question);
  if (back) return back;
  const ways = waysBetween(system, question.from, question.to);
  const point = turningPoint(ways);
  const route =
    point.kind === 'root-complex' || climbs(point, question.relaxedOrdering)
      ? rootComplexRoute(system, ways, question)
      : directRoute(ways, point);
  return { kind: 'route', route };
}
