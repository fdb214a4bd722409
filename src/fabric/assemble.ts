import { linkChannel } from '../routing/link-channel.ts';
import type { Channel } from '../routing/channel.ts';
import { childrenOf, type LinkPort, nodeOf, socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { addTranslationAgents } from './assemble-ats.ts';
import { addRootComplexes } from './assemble-root-complex.ts';
import type { FabricPlan } from './plan.ts';
import { PlanBuilder } from './plan-builder.ts';
import { Ways } from './ways.ts';

/** A machine made ready to run: the plan, and the translation of routes into its outputs. */
export interface Assembly {
  readonly plan: FabricPlan;
  readonly ways: Ways;
}

/**
 * System to fabric: two channels for each link, an ingress port for each port of a switch or root complex, and the inner
 * channels of the root complexes. Virtual switches of one chip need nothing of their own: a way through the chip goes from
 * an ingress port of one to an output of the other. Numbers follow tree order, so that a further device elsewhere leaves
 * the order of all others as it was.
 */
export function assemble(system: System): Assembly {
  const builder = new PlanBuilder(system.iommu.mode === 'translate');
  for (const node of Object.values(system.nodes)) {
    if (node.kind === 'root_port' || node.kind === 'switch_down') addLinkBelow(system, builder, node);
  }
  addRootComplexes(system, builder);
  addTranslationAgents(system, builder);
  return { plan: builder.build(), ways: new Ways(system, builder) };
}

/** The link below a port with the ingress ports at both its ends, and the queues of the endpoints there. */
function addLinkBelow(system: System, builder: PlanBuilder, port: LinkPort): void {
  const children = childrenOf(system, port.id);
  const [child] = children;
  if (!child || child.kind === 'pci_bridge') return;
  const up = linkChannel(system, { port, child }, 'up');
  const down = linkChannel(system, { port, child }, 'down');
  const above = addUpperPort(system, builder, port, up);
  const below =
    child.kind === 'switch_up'
      ? builder.addSwitchPort(child.id, down, child.part, 'upstream')
      : builder.addEnd(child.id);
  builder.addLink({ channel: down, port: below }, { channel: up, port: above });
  for (const endpoint of children) {
    if (endpoint.kind === 'endpoint') builder.addEndpoint(endpoint.id, up.id, below);
  }
}

/** The ingress port at the upper end of a link: of a root complex or of a switch. */
function addUpperPort(system: System, builder: PlanBuilder, port: LinkPort, up: Channel): number {
  if (port.kind === 'root_port') return builder.addRootPort(port.id, socketOf(system, port.id).part);
  const above = nodeOf(system, port.parent);
  if (above.kind !== 'switch_up') throw new RangeError(`${port.parent}, above ${port.id}, is no switch`);
  return builder.addSwitchPort(port.id, up, above.part, 'downstream');
}
