import type { LinkSpeed, RootPort, SwitchDownstreamPort, System, SystemNode } from '../system/system.ts';
import { hasRedirect } from './acs-text.ts';
import { isDegraded, linkText, speedText } from './link-text.ts';
import type { PcieVocabulary } from './pcie-vocabulary.ts';

type Port = RootPort | SwitchDownstreamPort;

const isPort = (node: SystemNode | undefined): node is Port =>
  node?.kind === 'root_port' || node?.kind === 'switch_down';

const childrenOf = (system: System, parent: string): readonly SystemNode[] =>
  Object.values(system.nodes).filter((node) => node.parent === parent);

const gigabytes = (rate: number): string => (rate / 1e9).toFixed(1);

const rateOf = ({ generation, width }: LinkSpeed, pcie: PcieVocabulary): number =>
  pcie.linkRate(generation, width);

function degradedLinks(system: System, pcie: PcieVocabulary): readonly string[] {
  return Object.values(system.nodes)
    .filter(isPort)
    .filter(({ link }) => isDegraded(link))
    .map(({ id, link }) => {
      const [now, could] = [rateOf(link.current, pcie), rateOf(link.capability, pcie)].map(gigabytes);
      return `${id}: the link below runs at ${linkText(link)}, ${now} instead of ${could} GB/s each way`;
    });
}

/** Redirect at the ports of one switch, where traffic between its devices enters it. */
function redirects(system: System, pcie: PcieVocabulary): readonly string[] {
  return Object.values(system.nodes)
    .filter((node) => node.kind === 'switch_up')
    .flatMap(({ id }) => {
      const ports = childrenOf(system, id).filter((node) => node.kind === 'switch_down');
      const redirecting = ports.filter(({ acs }) => hasRedirect(acs, pcie)).map((port) => port.id);
      if (redirecting.length === 0) return [];
      const which = redirecting.length === ports.length ? 'all downstream ports' : redirecting.join(', ');
      return [`${id}: ACS redirect at ${which}; peer traffic from there climbs to the root complex`];
    });
}

/** What can come up through a port: the rate of its link, or less where a switch below has less to send. */
function demandOf(system: System, port: Port, pcie: PcieVocabulary): number {
  const below = childrenOf(system, port.id);
  if (below.length === 0) return 0;
  const rate = rateOf(port.link.current, pcie);
  const inner = below.map((node) => (node.kind === 'switch_up' ? demandBelow(system, node.id, pcie) : rate));
  return Math.min(
    rate,
    inner.reduce((sum, one) => sum + one, 0),
  );
}

function demandBelow(system: System, switchId: string, pcie: PcieVocabulary): number {
  return childrenOf(system, switchId)
    .filter(isPort)
    .reduce((sum, port) => sum + demandOf(system, port, pcie), 0);
}

function oversubscribed(system: System, pcie: PcieVocabulary): readonly string[] {
  return Object.values(system.nodes)
    .filter((node) => node.kind === 'switch_up')
    .flatMap(({ id, parent }) => {
      const port = system.nodes[parent];
      if (!isPort(port)) return [];
      const uplink = rateOf(port.link.current, pcie);
      const demand = demandBelow(system, id, pcie);
      if (demand <= uplink) return [];
      const ratio = `${(demand / uplink).toFixed(1)} : 1`;
      return [
        `${id}: its uplink (${speedText(port.link.current)}, ${gigabytes(uplink)} GB/s) is oversubscribed ${ratio} by the ${gigabytes(demand)} GB/s below it`,
      ];
    });
}

/**
 * What a reader should know of a machine before measuring it, one sentence each: degraded links, ACS redirect inside
 * switches, uplinks slower than what is below them. Rates are of one direction, after line coding.
 */
export const systemWarnings = (system: System, pcie: PcieVocabulary): readonly string[] => [
  ...degradedLinks(system, pcie),
  ...redirects(system, pcie),
  ...oversubscribed(system, pcie),
];
