import { ACS, REDIRECT_MASK } from '../pcie/acs.ts';
import { chain } from '../system/ancestry.ts';
import type { Acs, IommuMode, System, SystemNode } from '../system/system.ts';
import type { AcsRules } from './acs-rules.ts';
import type { AcsFlags, BootOptions } from './boot-options.ts';
import { matchesDevice } from './device-match.ts';
import type { KernelProfile } from './kernel-profile.ts';

/** What decides of the ACS control register of one function at boot. */
export interface AcsQuestion {
  /** The firmware's control, and the capability. */
  readonly acs: Acs;
  /** Whether the kernel found an IOMMU, also one that does not translate. */
  readonly iommu: boolean;
  /** ATS is off, or the port faces the outside. */
  readonly blocksTranslated: boolean;
  /** Whether `disable_acs_redir` names the function; what `config_acs` says of it, null for nothing. */
  readonly disableRedirect: boolean;
  /** What it clears the redirect bits of. */
  readonly clears: AcsRules['disableRedirect'];
  readonly config: AcsFlags | null;
}

/** Bits that the kernel sets with an IOMMU. */
const ISOLATION = ACS.SV | ACS.RR | ACS.CR | ACS.UF;

/**
 * The control register after boot: with an IOMMU the isolation bits that the function has are added; `disable_acs_redir`
 * clears the redirect bits of that, or of the firmware's value, from which `config_acs` starts again in any case. Source:
 * kernel-p2pdma, section 3.2.
 */
export function programmedControl({
  acs,
  iommu,
  blocksTranslated,
  disableRedirect,
  clears,
  config,
}: AcsQuestion): number {
  const { capability, control: firmware } = acs;
  if (config) return (firmware & ~config.mask) | (config.flags & config.mask & capability);
  const isolated = firmware | ((ISOLATION | (blocksTranslated ? ACS.TB : 0)) & capability);
  const usual = iommu ? isolated : firmware;
  if (!disableRedirect) return usual;
  return (clears === 'from-firmware' ? firmware : usual) & ~REDIRECT_MASK;
}

/** Linux trusts neither an external-facing port nor anything below it. */
const facesOutside = (system: System, id: string): boolean =>
  chain(system, id).some((node) => node.kind === 'root_port' && node.externalFacing);

/** Devices whose translations Linux does not trust, or that no device may keep, ask for none. */
const atsOff = (node: SystemNode): SystemNode =>
  node.kind === 'endpoint' ? { ...node, part: { ...node.part, ats: { entries: null } } } : node;

/** IOMMU mode after boot: the options', or where they say nothing, the system's own. */
function iommuMode({ iommu, passthrough }: BootOptions, own: IommuMode): IommuMode {
  if (iommu === 'off') return 'off';
  if (iommu === null && own === 'off') return 'off';
  if (passthrough) return 'passthrough';
  return own === 'off' || iommu === 'on' ? 'translate' : own;
}

/**
 * The system as this kernel leaves it when it boots with these options, taking the ACS controls of the system for the
 * firmware's. Functions without an ACS capability keep none; with `noats`, and below external-facing ports, devices have no ATS; options that the kernel does not have do nothing.
 */
export function bootSystem(system: System, options: BootOptions, { acs: rules }: KernelProfile): System {
  const mode = iommuMode(options, system.iommu.mode);
  const named = (node: SystemNode) =>
    options.disableRedirect.some((match) => matchesDevice(system, node, match));
  const configs = rules.configAcs ? options.configAcs : [];
  const configOf = (node: SystemNode) =>
    configs.find(({ device }) => matchesDevice(system, node, device))?.acs ?? null;
  const control = (node: SystemNode, acs: Acs, blocksTranslated: boolean) =>
    programmedControl({
      acs,
      iommu: mode !== 'off',
      blocksTranslated,
      disableRedirect: named(node),
      clears: rules.disableRedirect,
      config: configOf(node),
    });
  const nodes = Object.entries(system.nodes).map(([id, node]): [string, SystemNode] => {
    const withoutAts = options.noats || facesOutside(system, id);
    const own = withoutAts ? atsOff(node) : node;
    if (own.acs === null) return [id, own];
    return [id, { ...own, acs: { ...own.acs, control: control(own, own.acs, withoutAts) } }];
  });
  return { ...system, iommu: { ...system.iommu, mode }, nodes: Object.fromEntries(nodes) };
}
