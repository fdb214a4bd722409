import type { Acs } from '../system/system.ts';
import type { PcieVocabulary } from './pcie-vocabulary.ts';

/** The flags that make Linux count a port as redirecting: P2P Request and Completion Redirect, P2P Egress Control. */
const REDIRECT = ['ReqRedir+', 'CmpltRedir+', 'EgressCtrl+'];

/** The bits that lspci prints; ACS Enhanced defines more. */
const LSPCI_BITS = 0x7f;

const flagsSet = (acs: Acs, pcie: PcieVocabulary): readonly string[] =>
  pcie
    .formatAcs(acs.control & LSPCI_BITS)
    .split(' ')
    .filter((flag) => flag.endsWith('+'));

/** Whether a function has ACS redirect by the kernel's measure. Source: Linux `pci_bridge_has_acs_redir`. */
export const hasRedirect = (acs: Acs | null, pcie: PcieVocabulary): boolean =>
  acs !== null && flagsSet(acs, pcie).some((flag) => REDIRECT.includes(flag));

/** `ACS redirect: ReqRedir+ CmpltRedir+`, with lspci's words for the flags that are set. */
export function acsText(acs: Acs | null, pcie: PcieVocabulary): string {
  if (acs === null) return 'no ACS';
  const flags = flagsSet(acs, pcie);
  if (flags.length === 0) return 'ACS off';
  return `ACS ${hasRedirect(acs, pcie) ? 'redirect' : 'without redirect'}: ${flags.join(' ')}`;
}
