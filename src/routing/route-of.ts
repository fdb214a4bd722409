import type { System } from '../system/system.ts';
import { completionRoute } from './completion-route.ts';
import { requestRoute } from './request-route.ts';
import type { RouteQuestion } from './route-question.ts';
import type { RouteResult } from './route-result.ts';

/**
 * The way of one TLP, from the TLP and the ACS bits of the ports on it, never from the kernel's verdict. An ACS Violation is
 * a result. RangeError where an id is unknown or both ends are memory. Source: kernel-p2pdma, sections 3, 3.1 and 4.
 */
export function routeOf(system: System, question: RouteQuestion): RouteResult {
  switch (question.class) {
    case 'posted':
    case 'nonposted':
      return requestRoute(system, question);
    case 'completion':
      return completionRoute(system, question);
  }
}
