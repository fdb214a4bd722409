import { type FlowSpec, flowSpec } from '../flow-spec.ts';
import type { PagesClientSpec, PagesSpec } from './pages-spec.ts';

/** Ids of a client's flows: with the pool, with system memory instead, and the provider's own with that memory. */
export const poolFlow = ({ id }: PagesClientSpec): string => `${id}@pool`;
export const systemFlow = ({ id }: PagesClientSpec): string => `${id}@system`;
export const providerFlow = ({ id }: PagesClientSpec): string => `${id}@system/provider`;

function clientFlows({ provider, pool, fallback }: PagesSpec, client: PagesClientSpec): readonly FlowSpec[] {
  const { device, op, size } = client;
  const common = { driven: true, size, region: pool };
  const between = (far: string) =>
    op === 'write' ? { from: [device], to: [far] } : { from: [far], to: [device] };
  const own =
    op === 'write'
      ? { from: [fallback], to: [provider], op: 'read' as const }
      : { from: [provider], to: [fallback], op: 'write' as const };
  return [
    flowSpec({ ...common, ...between(provider), op, id: poolFlow(client) }),
    flowSpec({ ...common, ...between(fallback), op, id: systemFlow(client) }),
    flowSpec({ ...common, ...own, id: providerFlow(client) }),
  ];
}

/** All flows that the clients of a provider may need. In system memory data goes over the fabric twice. */
export const pagesFlows = (spec: PagesSpec): readonly FlowSpec[] =>
  spec.clients.flatMap((client) => clientFlows(spec, client));
