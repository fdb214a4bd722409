import { REDIRECT_MASK } from '../pcie/acs.ts';
import type { SystemNode } from '../system/system.ts';

/**
 * Whether Linux takes a function for one that redirects: RR, CR or EC is set in its ACS control register. Its type and its
 * other ACS bits do not matter. Source: Linux `pci_bridge_has_acs_redir`; kernel-p2pdma 1.1.
 */
export const redirects = (node: SystemNode): boolean =>
  node.acs !== null && (node.acs.control & REDIRECT_MASK) !== 0;
