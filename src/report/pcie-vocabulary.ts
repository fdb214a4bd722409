import type { LinkSpeed } from '../system/system.ts';
import type { BytesPerSecond } from '../units.ts';

/** What the texts about a system take from `pcie/`, whose functions of the same names fit. */
export interface PcieVocabulary {
  /** Rate of one direction of a link after line coding. */
  linkRate(generation: LinkSpeed['generation'], width: LinkSpeed['width']): BytesPerSecond;
  /** Register bits as lspci prints them: `SrcValid+ TransBlk- ReqRedir+ ...`. */
  formatAcs(bits: number): string;
}
