import type { System } from '../system/system.ts';
import type { Decision } from './decision.ts';
import { disableRedirectOption } from './disable-redirect-option.ts';

/** A function as the kernel names it, by its BDF; where that is not known, by its id. */
const nameOf = (system: System, id: string): string => system.nodes[id]?.bdf ?? id;

type Speech = (detail: string) => readonly string[];

function speeches(system: System, { provider, client, path, permission }: Decision) {
  const says = (text: string) => `${nameOf(system, client)}: ${text}`;
  const peer = nameOf(system, provider);
  const head = permission.findings.find(({ allowed }) => !allowed)?.bridge.rootBus[0] ?? '';
  const refused = (why: string) => [
    says(`cannot be used for peer-to-peer DMA, as the client and provider (${peer}) ${why}`),
  ];
  return {
    'acs-redirect-hint': () => [
      says(`ACS redirect is set between client and provider (${peer})`),
      says(
        `to turn it off on this path, boot with ${disableRedirectOption(system, path.redirects).replaceAll('"', '')}`,
      ),
    ],
    'host-bridge-not-in-allowlist': (ids) => [
      `${nameOf(system, head)}: Host bridge not in P2PDMA whitelist ${ids}`,
    ],
    'no-shared-bridge-or-allowlisted-host-bridge': () =>
      refused('do not share an upstream bridge or whitelisted host bridge'),
    'no-shared-bridge': () => refused('do not share an upstream bridge'),
    'redirect-is-set': () => refused('have ACS redirect between them'),
  } satisfies Record<string, Speech> as Readonly<Record<string, Speech>>;
}

/**
 * What the kernel prints for the ids of its messages, line by line: the sense, in the kernel's words where they are known. The list
 * of redirecting functions is whole, while kernels have room for about nine. Source: kernel-p2pdma 1.6.
 */
export function kernelLog(
  system: System,
  decision: Decision,
  messages: readonly string[],
): readonly string[] {
  if (messages.length === 0) return [];
  const speak = speeches(system, decision);
  return messages.flatMap((message) => {
    const [id = '', ...detail] = message.split(':');
    return speak[id]?.(detail.join(':')) ?? [];
  });
}
