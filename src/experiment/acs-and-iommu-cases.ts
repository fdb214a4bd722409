import { setIommu } from '../system/edit.ts';
import type { IommuMode, System, SystemNode } from '../system/system.ts';
import { parseBytes } from '../units.ts';

/** A pair of devices on a machine with one setting of ACS and of the IOMMU. */
export interface AcsCase {
  readonly pair: string;
  readonly from: string;
  readonly to: string;
  /** ACS control register of all downstream ports of switches; root ports keep theirs. */
  readonly acs: number;
  readonly iommu: IommuMode;
  /** Whether devices keep translations of their own (ATS) and send translated requests. */
  readonly ats: boolean;
}

/** `across` is here to show that ACS below two root ports changes nothing for it. */
const PAIRS = [
  { pair: 'below one switch', from: 'gpu0', to: 'gpu1', settings: 'all' },
  { pair: 'across', from: 'gpu0', to: 'gpu4', settings: 'few' },
] as const;

/**
 * Control registers: none; SV and UF; RR, CR, both, EC alone; what Linux sets with an IOMMU, and with Translation Blocking for
 * devices that it does not trust; that for direct translated requests, without CR and with it. Source: kernel-p2pdma, section 3.
 */
const SETTINGS = {
  all: [0x00, 0x11, 0x04, 0x08, 0x0c, 0x20, 0x1d, 0x1f, 0x55, 0x5d],
  few: [0x00, 0x5d],
} as const;

/** ATS is for addresses that are translated. */
const MODES: readonly Pick<AcsCase, 'iommu' | 'ats'>[] = [
  { iommu: 'off', ats: false },
  { iommu: 'passthrough', ats: false },
  { iommu: 'translate', ats: false },
  { iommu: 'translate', ats: true },
];

/** Pairs, settings of ACS and modes of the IOMMU, each with each. */
export const ACS_CASES: readonly AcsCase[] = PAIRS.flatMap(({ settings, ...pair }) =>
  SETTINGS[settings].flatMap((acs) => MODES.map((mode) => ({ ...pair, acs, ...mode }))),
);

/** A BAR is one range, which Linux maps with large pages: what page walks cost is another question. */
const PAGE = parseBytes('2 MiB');
const ATS_ENTRIES = 64;

/** EC is optional; a switch that is asked about it has it. */
const ALL_BITS = 0x7f;

function changed(node: SystemNode, { acs, ats }: AcsCase): SystemNode {
  switch (node.kind) {
    case 'switch_down':
      return { ...node, acs: { capability: ALL_BITS, control: acs } };
    case 'endpoint':
      return { ...node, part: { ...node.part, ats: { entries: ats ? ATS_ENTRIES : null } } };
    default:
      return node;
  }
}

/** The machine of a case: ports of switches, the IOMMU with pages of 2 MiB, and devices with ATS or without. */
export function acsSystem(system: System, each: AcsCase): System {
  const nodes = Object.values(system.nodes).map((node) => [node.id, changed(node, each)]);
  return setIommu({ ...system, nodes: Object.fromEntries(nodes) }, each.iommu, PAGE);
}
