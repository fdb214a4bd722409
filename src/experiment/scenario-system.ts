import { linkOf, nodeOf } from '../system/ancestry.ts';
import { speedText } from '../report/link-text.ts';
import { closeNames } from '../system/close-names.ts';
import {
  setIommu,
  setLink,
  withBitErrorRate,
  withDestinationChange,
  withoutRedirect,
  withRedirect,
} from '../system/edit.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { LinkSpeed, System } from '../system/system.ts';
import type { Scenario } from './parse-scenario.ts';

/** What to do about a name that is not there. */
export function remedyFor(name: string, known: readonly string[]): string {
  const close = closeNames(name, known);
  return close.length > 0 ? `did you mean ${close.join(' or ')}?` : `choose from ${known.join(', ')}`;
}

const isPort = (system: System, id: string): boolean =>
  ['root_port', 'switch_down'].includes(nodeOf(system, id).kind);

const portsOf = (system: System): readonly string[] =>
  Object.keys(system.nodes).filter((id) => isPort(system, id));

function checkPort(scenario: Scenario, system: System, id: string, path: DocumentPath): void {
  const ports = portsOf(system);
  const expected = `a root port or a switch port of ${system.name}`;
  if (!ports.includes(id)) throw scenario.problem(path, { expected, remedy: remedyFor(id, ports) });
  if (system.nodes[id]?.acs === null) {
    throw scenario.problem(path, {
      expected: 'a port with ACS',
      got: `${id}, which has none`,
      remedy: 'remove it',
    });
  }
}

function setAcs(scenario: Scenario, system: System): System {
  const redirect = scenario.entry.set?.acs?.redirect;
  if (redirect === undefined) return system;
  const path = ['set', 'acs', 'redirect'];
  if (redirect !== 'all')
    for (const [i, id] of redirect.entries()) checkPort(scenario, system, id, [...path, i]);
  return withRedirect(withoutRedirect(system), redirect);
}

function setLinks(scenario: Scenario, system: System): System {
  let changed = system;
  for (const [i, { link, gen, width, bit_error_rate }] of (scenario.entry.set?.links ?? []).entries()) {
    const speed: LinkSpeed = { generation: gen, width };
    checkLink(scenario, system, { id: link, speed, path: ['set', 'links', i] });
    changed = setLink(changed, link, speed);
    if (bit_error_rate !== undefined) changed = withBitErrorRate(changed, link, bit_error_rate);
  }
  return changed;
}

function checkLink(
  { problem }: Scenario,
  system: System,
  { id, speed, path }: { readonly id: string; readonly speed: LinkSpeed; readonly path: DocumentPath },
): void {
  const link = Object.hasOwn(system.nodes, id) ? linkOf(system, id) : null;
  if (link === null) {
    const expected = `a port of ${system.name}, or what hangs below it`;
    throw problem([...path, 'link'], { expected, remedy: remedyFor(id, portsOf(system)) });
  }
  const { generation, width } = link.capability;
  if (speed.generation <= generation && speed.width <= width) return;
  const remedy = 'lower it, as the link cannot do more';
  throw problem(path, {
    expected: `at most ${speedText(link.capability)} at ${id}`,
    got: speedText(speed),
    remedy,
  });
}

/**
 * The system with the scenario's changes: with `acs`, the named ports redirect as Linux sets them with an IOMMU, and all other
 * ACS controls are off. Throws ModelError, at its place in the scenario, for a name that is not of the system.
 */
export function scenarioSystem(scenario: Scenario, system: System): System {
  const { iommu, destination_change: wait } = scenario.entry.set ?? {};
  const linked = setLinks(scenario, setAcs(scenario, system));
  const waiting = wait === undefined ? linked : withDestinationChange(linked, wait);
  return iommu === undefined ? waiting : setIommu(waiting, iommu.mode, iommu.page_bytes);
}
