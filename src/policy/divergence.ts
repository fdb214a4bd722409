import { ACS } from '../pcie/acs.ts';
import { chain } from '../system/ancestry.ts';
import type { System, SystemNode } from '../system/system.ts';
import { MAP_CLASSES, type MapClass, type RequestTraits } from './map-class.ts';
import type { MapType } from './map-type.ts';
import type { TestedPath } from './tested-path.ts';
import { translationBlockers } from './translation-blockers.ts';

/** What decides where two ways part: the tested path has those two functions alone, with what redirects the strict class. */
export interface Divergence extends TestedPath {
  /** `THRU_HOST_BRIDGE` stands for the wish: whether the host bridge is allowed is asked elsewhere. */
  readonly wishes: Readonly<Record<MapClass, MapType>>;
}

/** ACS controls of the functions where the ways part, 0 without ACS; what blocks translated requests below and above. */
interface Parting {
  readonly meets: boolean;
  readonly requestControl: number;
  readonly completionControl: number;
  readonly blockedBelow: boolean;
  readonly blockedAbove: boolean;
}

const controlOf = (node: SystemNode | undefined): number => node?.acs?.control ?? 0;

/** Egress Control counts as redirect, as its vector is not read; Direct Translated P2P frees translated requests of both. */
const requestRedirects = (control: number, translated: boolean): boolean =>
  (control & (ACS.RR | ACS.EC)) !== 0 && !(translated && (control & ACS.DT) !== 0);

const completionRedirects = (control: number, relaxed: boolean): boolean =>
  !relaxed && (control & ACS.CR) !== 0;

/** A blocked class has no way at all: no other address would make its requests pass. */
function wish(at: Parting, { relaxedOrdering, translated }: RequestTraits): MapType {
  const blocks = at.blockedBelow || (at.requestControl & ACS.TB) !== 0;
  if (translated && blocks) return 'NOT_SUPPORTED';
  const turns =
    at.meets &&
    !requestRedirects(at.requestControl, translated) &&
    !completionRedirects(at.completionControl, relaxedOrdering);
  if (turns) return 'BUS_ADDR';
  return translated && at.blockedAbove ? 'NOT_SUPPORTED' : 'THRU_HOST_BRIDGE';
}

function wishesAt(parting: Parting): Divergence['wishes'] {
  return {
    strict: wish(parting, MAP_CLASSES.strict),
    relaxedCompletion: wish(parting, MAP_CLASSES.relaxedCompletion),
    translated: wish(parting, MAP_CLASSES.translated),
    translatedRelaxed: wish(parting, MAP_CLASSES.translatedRelaxed),
  };
}

/** Below the root complex alone: no function decides, and translated requests climb all the way. */
function apart(system: System, client: string, distance: number): Divergence {
  const blockedBelow = translationBlockers(system, client, null).length > 0;
  const parting = { requestControl: 0, completionControl: 0, blockedBelow, blockedAbove: false };
  return { common: null, distance, redirects: [], wishes: wishesAt({ meets: false, ...parting }) };
}

/**
 * Walks to the nearest common function and looks at its child on the client's side for requests, and at that on the
 * provider's side for completions; neither counts where one of the two devices is itself the common function. Every ACS
 * control can be read here. Source: kernel-p2pdma 1.7 (TLP classes).
 */
export function divergence(system: System, provider: string, client: string): Divergence {
  const above = chain(system, provider);
  const other = chain(system, client);
  const index = above.findIndex((node) => other.includes(node));
  const common = above[index];
  if (!common) return apart(system, client, above.length + other.length);
  const otherIndex = other.indexOf(common);
  const [back, there] = [above[index - 1], other[otherIndex - 1]];
  const parts = back !== undefined && there !== undefined;
  const requestControl = parts ? controlOf(there) : 0;
  const completionControl = parts ? controlOf(back) : 0;
  const redirects = [
    ...(parts && completionRedirects(completionControl, false) ? [back.id] : []),
    ...(parts && requestRedirects(requestControl, false) ? [there.id] : []),
  ];
  const blockedBelow = translationBlockers(system, client, common.id).length > 0;
  const blockedAbove = there !== undefined && translationBlockers(system, there.id, null).length > 0;
  const parting = { meets: true, requestControl, completionControl, blockedBelow, blockedAbove };
  return { common: common.id, distance: index + otherIndex, redirects, wishes: wishesAt(parting) };
}
