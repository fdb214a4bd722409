import type { AcsRules } from './acs-rules.ts';
import { type DeviceMatch, parseDeviceMatch } from './device-match.ts';

/** An option that Linux ignores, with what it prints in its log, if it does, and what to write instead. */
export interface IgnoredOption {
  readonly text: string;
  readonly log: string | null;
  readonly remedy: string;
  /** It is an option that Linux knows, with a value that it does not understand. */
  readonly malformed?: true;
}

/** Bits that `config_acs` clears or sets; the others keep the firmware's value. */
export interface AcsFlags {
  readonly mask: number;
  readonly flags: number;
}

/** What a kernel command line says of ACS, ATS and the IOMMU. */
export interface BootOptions {
  /** Null: nothing is said. */
  readonly iommu: 'on' | 'off' | null;
  /** DMA of devices is not translated though there is an IOMMU (`iommu=pt`). */
  readonly passthrough: boolean;
  readonly noats: boolean;
  readonly disableRedirect: readonly DeviceMatch[];
  readonly configAcs: readonly { readonly device: DeviceMatch; readonly acs: AcsFlags }[];
  readonly ignored: readonly IgnoredOption[];
}

/** Bits that `config_acs` knows: SV to DT. */
const ACS_BITS = 7;

type Part = Partial<BootOptions>;

/** Options that not every kernel has. */
type Known = Pick<AcsRules, 'configAcs'>;

const ignored = (text: string, log: string | null, remedy: string): Part => ({
  ignored: [{ text, log, remedy }],
});

const malformed = (text: string, remedy: string): Part => ({
  ignored: [{ text, log: null, remedy, malformed: true }],
});

const DEVICES = 'devices like 0000:02:00.0, 00:02.0/00.0 or pci:104c:8233, several of them separated by ;';

function redirectOption(list: string, text: string): Part {
  const devices = list.split(';').map(parseDeviceMatch);
  if (devices.includes(null)) return malformed(text, `write ${DEVICES}`);
  return { disableRedirect: devices.filter((device) => device !== null) };
}

/** The rightmost character is Source Validation, the seventh from the right Direct Translated P2P. */
function parseFlags(text: string): AcsFlags | null {
  if (!/^[01x]+$/.test(text) || text.length > ACS_BITS) return null;
  const bits = [...text].toReversed();
  const valueOf = (wanted: string) =>
    bits.reduce((sum, bit, i) => (wanted.includes(bit) ? sum | (1 << i) : sum), 0);
  return { mask: valueOf('01'), flags: valueOf('1') };
}

function configOption(list: string, text: string): Part {
  const entries = list.split(';').map((entry) => {
    const [flags = '', device = ''] = entry.split('@');
    return { acs: parseFlags(flags), device: parseDeviceMatch(device) };
  });
  const good = entries.flatMap(({ acs, device }) => (acs && device ? [{ acs, device }] : []));
  if (good.length === entries.length) return { configAcs: good };
  return malformed(text, `write flags of at most ${ACS_BITS} characters 0, 1 or x, @ and ${DEVICES}`);
}

const WITHOUT_CONFIG =
  'this kernel has no such option: write disable_acs_redir=DEVICES, or take a kernel from 6.12 on';

/** One option of `pci=`, which Linux splits at commas before it looks at any of them. */
function pciOption(text: string, { configAcs }: Known): Part {
  const [name = '', value] = text.split('=');
  if (name === 'noats') return { noats: true };
  if (name === 'disable_acs_redir') return redirectOption(value ?? '', text);
  const log = `PCI: Unknown option \`${text}'`;
  if (name === 'config_acs') {
    return configAcs ? configOption(value ?? '', text) : ignored(text, log, WITHOUT_CONFIG);
  }
  if (name === 'noacs')
    return ignored(text, log, 'Linux has no such option: write disable_acs_redir=DEVICES');
  if (parseDeviceMatch(text)) return ignored(text, log, 'separate devices by ; and quote the option');
  return {};
}

function option(text: string, known: Known): readonly Part[] {
  if (!text.startsWith('pci=')) return [otherOption(text)];
  const parts = text.slice('pci='.length).split(',');
  return parts.map((part) => pciOption(part, known));
}

function otherOption(text: string): Part {
  const at = text.indexOf('=');
  const [name, value] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  switch (name) {
    case 'intel_iommu':
    case 'amd_iommu':
      if (value === '') return malformed(text, `write ${name}=on or ${name}=off`);
      return { iommu: value.split(',').includes('off') ? 'off' : 'on' };
    case 'iommu':
      if (value === 'off') return { iommu: 'off' };
      return value === 'pt' ? { passthrough: true } : {};
    case 'iommu.passthrough':
      return value === '0' || value === '1'
        ? { passthrough: value === '1' }
        : malformed(text, 'write iommu.passthrough=0 or iommu.passthrough=1');
    case 'pcie_acs_override':
      return ignored(text, null, 'a patch outside of Linux fakes isolation with it and changes no register');
    default:
      return {};
  }
}

function joined(parts: readonly Part[]): BootOptions {
  const last = <K extends keyof BootOptions>(key: K) =>
    parts.findLast((part) => part[key] !== undefined)?.[key];
  return {
    iommu: last('iommu') ?? null,
    passthrough: last('passthrough') ?? false,
    noats: parts.some(({ noats }) => noats),
    disableRedirect: parts.flatMap(({ disableRedirect = [] }) => disableRedirect),
    configAcs: parts.flatMap(({ configAcs = [] }) => configAcs),
    ignored: parts.flatMap((part) => part.ignored ?? []),
  };
}

/**
 * Reads a kernel command line as Linux does; options that concern neither ACS, ATS nor the IOMMU are passed over, and those
 * that this kernel would not understand are among the `ignored`. Source: kernel-p2pdma, sections 3.2 and 7 (points 3 and 4).
 */
export const parseBootOptions = (line: string, known: Known = { configAcs: true }): BootOptions =>
  joined(
    line
      .split(/\s+/)
      .filter((text) => text !== '')
      .flatMap((text) => option(text, known)),
  );
