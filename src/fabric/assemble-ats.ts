import { scopeChannel } from '../routing/scope-channels.ts';
import { chain, endpoints, nodeOf, socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { agentChannel, FREE } from './assemble-root-complex.ts';
import type { PlanBuilder } from './plan-builder.ts';

/** Id, among the endpoints of the plan, of what answers Translation Requests behind a root port. */
export const translationAgent = (rootPort: string): string => `ats:${rootPort}`;

/** The root port above a device that has addresses translated before it uses them; null where it does not. */
export function atsRootPort(system: System, device: string): string | null {
  const node = nodeOf(system, device);
  if (system.iommu.mode !== 'translate' || node.kind !== 'endpoint' || node.part.ats.entries === null)
    return null;
  const above = chain(system, device);
  const root = above.at(-1);
  const isPcie = above.every(({ kind }) => kind !== 'pci_bridge');
  return isPcie && root?.kind === 'root_port' ? root.id : null;
}

/** An agent behind each root port above a device with ATS, reached at no cost, and the queues of these devices. */
export function addTranslationAgents(system: System, builder: PlanBuilder): void {
  const agents = new Set<string>();
  for (const { id } of endpoints(system)) {
    const rootPort = atsRootPort(system, id);
    if (rootPort === null) continue;
    if (!agents.has(rootPort)) addAgent(system, builder, rootPort);
    agents.add(rootPort);
    builder.addAts(id);
  }
}

function addAgent(system: System, builder: PlanBuilder, rootPort: string): void {
  const id = translationAgent(rootPort);
  const sink = builder.addInnerPort(id, socketOf(system, rootPort).part);
  builder.addInnerChannel(scopeChannel(agentChannel(id, 'down'), FREE), sink);
  builder.addAgent(id, `link:${rootPort}:down`, sink);
}
