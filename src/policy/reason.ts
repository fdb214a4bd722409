import { socketOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import type { Decision } from './decision.ts';
import { disableRedirectOption } from './disable-redirect-option.ts';
import type { HostBridgeFinding, HostBridgePermission } from './host-bridge-permission.ts';
import type { KernelProfile } from './kernel-profile.ts';
import { pciId } from './pci-id.ts';

/** One sentence for people: how the two devices meet, which ports and host bridges decided, and what to do where refused. */
export function reasonFor(system: System, profile: KernelProfile, decision: Decision): string {
  const { mapType, permission } = decision;
  switch (mapType) {
    case 'BUS_ADDR':
      return `${direct(profile, decision)}.`;
    case 'THRU_HOST_BRIDGE':
      return `${upwards(profile, decision)}, ${allowance(system, profile, permission)}.`;
    case 'NOT_SUPPORTED':
      return `${upwards(profile, decision)}, but ${refusals(profile, permission)}; ${remedy(system, decision)}, or stage through system memory (${staging(system, decision)}).`;
  }
}

function direct(profile: KernelProfile, { provider, client, path }: Decision): string {
  const parting = profile.algorithm === 'divergence';
  if (provider === client)
    return `${client} reaches its own memory${parting ? '' : ' and has no ACS redirect'}`;
  if (path.common === provider || path.common === client) {
    const clear = parting ? 'from which no other way parts' : 'and nothing on it has ACS redirect';
    return `${client} reaches ${provider} along one line of bridges, ${clear}`;
  }
  const clear = parting
    ? 'ACS redirects neither its requests nor their completions where the ways part'
    : 'nothing on the tested path has ACS redirect';
  return `${client} reaches ${provider} by way of ${path.common}, and ${clear}`;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

function idOf({ bridge, identity }: HostBridgeFinding): string {
  return identity.kind === 'named' ? `${bridge.id} (${pciId(identity.vendor, identity.device)})` : bridge.id;
}

/** The kernel's view: what the hardware does with each TLP is a question of its own. */
function upwards(profile: KernelProfile, { provider, client, path, permission }: Decision): string {
  const noun = permission.findings.length > 1 ? 'host bridges' : 'host bridge';
  const bridges = `${noun} ${list(permission.findings.map(idOf))}`;
  if (path.common === null) return `${client} and ${provider} meet only in the root complex, at ${bridges}`;
  return `${profile.name} finds ACS redirect at ${list(path.redirects)} and so counts on a way from ${client} to ${provider} through ${bridges}`;
}

function allowance(system: System, profile: KernelProfile, permission: HostBridgePermission): string {
  const cpu = system.sockets[0]?.part;
  const { cpuCheck } = profile;
  if (permission.byCpu && cpu && cpuCheck) {
    return `and ${profile.name} trusts every host bridge of ${cpu.vendor} processors from family 0x${cpuCheck.minFamily.toString(16)} on (here 0x${cpu.family.toString(16)})`;
  }
  const names = [...new Set(permission.findings.map((f) => f.entry?.name ?? f.bridge.id))];
  return `which ${profile.name} allows (${list(names)})`;
}

/** Host bridges that are refused for the same thing share a phrase. */
function refusals({ name, algorithm }: KernelProfile, { findings }: HostBridgePermission): string {
  if (algorithm === 'common-bridge-only') return `${name} allows no way through a host bridge`;
  const byPhrase = new Map<string, string[]>();
  for (const finding of findings.filter((one) => !one.allowed)) {
    const phrase = refusal(finding);
    byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), finding.bridge.id]);
  }
  return list([...byPhrase].map(([phrase, bridges]) => phrase.replace('%', () => list(bridges))));
}

/** Why one host bridge does not do; `%` stands for its name. */
function refusal({ identity, entry }: HostBridgeFinding): string {
  switch (identity.kind) {
    case 'named':
      return entry === null
        ? 'the allow list does not have %'
        : `the allow list has % only for devices of the same host bridge (${entry.name})`;
    case 'unknown':
      return `the vendor and device id of ${identity.head}, by which the kernel knows %, are not given`;
    case 'unnamed':
      return identity.head === null
        ? 'the kernel cannot tell what % is, as its root bus is empty'
        : `the kernel cannot tell what % is, as its root bus begins with ${identity.head}, which is neither device 00.0 nor a root port`;
  }
}

function remedy(system: System, { path }: Decision): string {
  if (path.common === null) return 'put both devices below one switch';
  return `boot with ${disableRedirectOption(system, path.redirects)} to let the traffic turn below the root complex`;
}

/** What says how fast a copy from the client to the provider is then. */
const staging = (system: System, { provider, client }: Decision): string =>
  `hairpin explain SYSTEM ${client} ${provider} --via mem:${socketOf(system, client).id}`;
