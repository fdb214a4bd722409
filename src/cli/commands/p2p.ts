import { kernelTitle } from '../../policy/kernel-title.ts';
import { p2pMatrixText } from '../../report/p2p-matrix-text.ts';
import { type PairAnswer, verdictText } from '../../report/verdict-text.ts';
import type { KernelProfile } from '../../policy/kernel-profile.ts';
import { type Mapping, mappingOf } from '../../policy/mapping.ts';
import { mappingText } from '../../report/mapping-text.ts';
import type { RouteResult } from '../../routing/route-result.ts';
import { endpoints, nodeOf } from '../../system/ancestry.ts';
import type { System } from '../../system/system.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, loadBooted } from '../boot.ts';
import { KERNEL, SYSTEM } from '../common-options.ts';
import { pairAnswer } from '../pair-answer.ts';
import { pickKernel } from '../pick-kernel.ts';
import { UsageError } from '../usage-error.ts';

const hops = (result: RouteResult | null): readonly string[] | null =>
  result?.kind === 'route' ? result.route.hops : null;

function blocked({ request, completion }: PairAnswer): { blocked?: string } {
  const result = [request, completion].find((each) => each?.kind === 'blocked');
  return result?.kind === 'blocked' ? { blocked: result.reason } : {};
}

function pairDocument(answer: PairAnswer) {
  const { provider, client, mapType, classes, distance, address } = answer.verdict;
  const { reason, redirects, hostBridges, messages, kernelLog } = answer.verdict;
  const routes = { requestRoute: hops(answer.request), completionRoute: hops(answer.completion) };
  const turn = answer.request?.kind === 'route' ? answer.request.route.turn : 'none';
  return {
    provider,
    client,
    mapType,
    classes,
    distance,
    address,
    ...routes,
    turn,
    reason,
    redirects,
    hostBridges,
    messages,
    kernelLog,
    ...blocked(answer),
  };
}

/** What one pair's client is given, call by call; null for all pairs, and for the windows of bridges, which nobody shares. */
function namedMapping(
  system: System,
  profile: KernelProfile,
  [provider, client]: readonly (string | undefined)[],
): Mapping | null {
  if (provider === undefined || client === undefined) return null;
  const { kind } = nodeOf(system, provider);
  return kind === 'endpoint' || kind === 'rciep' ? mappingOf(system, provider, client, profile) : null;
}

export const command: CommandModule = {
  summary: "the kernel's verdict on a pair, or a matrix of all pairs",
  about:
    "Decides by Linux's P2PDMA policy whether CLIENT may reach the memory of PROVIDER, by which kind of address, and which way the hardware then takes. Without the two, all pairs as a matrix.",
  arguments: [
    SYSTEM,
    { form: '[provider]', about: 'device whose memory is reached' },
    { form: '[client]', about: 'device that issues the DMA' },
  ],
  options: [KERNEL, BOOT],
  examples: [
    'p2p wrx90-2sw-flat',
    'p2p wrx90-2sw-flat gpu0 gpu4',
    'p2p asus-esc8000a-e13p gpu0 gpu1 --kernel linux-6.1',
    'p2p wrx90-2sw-flat --kernel ./my-kernel.yaml',
    'p2p gpu-nic-nvme --json | jq \'.pairs[] | select(.mapType == "NOT_SUPPORTED")\'',
  ],
  run(invocation) {
    const [name = '', provider, client] = invocation.args;
    if (provider !== undefined && client === undefined) {
      throw new UsageError(
        `p2p has a provider (${provider}) but no client; name both, or neither for all pairs`,
      );
    }
    const system = loadBooted(name, invocation);
    const profile = pickKernel(invocation, system);
    const ends = endpoints(system).map(({ id }) => id);
    const [providers, clients] =
      provider === undefined || client === undefined ? [ends, ends] : [[provider], [client]];
    const answers = providers.map((from) => clients.map((to) => pairAnswer(system, from, to, profile)));
    const mapping = namedMapping(system, profile, [provider, client]);
    const heading = `${system.name} under ${kernelTitle(profile)}, IOMMU ${system.iommu.mode}\n\n`;
    return {
      document: {
        system: system.name,
        kernel: profile.name,
        kernelStatus: profile.status,
        pairs: answers.flat().map((pair) => ({ ...pairDocument(pair), ...(mapping && { mapping }) })),
      },
      text: () =>
        provider === undefined
          ? heading + p2pMatrixText(answers.map((row) => row.map(({ verdict }) => verdict)))
          : heading + answers.flat().map(verdictText).join('\n') + (mapping ? mappingText(mapping) : ''),
    };
  },
};
