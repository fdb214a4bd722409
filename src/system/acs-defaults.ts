import { ACS } from '../pcie/acs.ts';
import type { Acs } from './system.ts';

/** 0x5f, the capability where a file says nothing: all but the egress vector (EC). */
export const USUAL_ACS_CAPABILITY = ACS.SV | ACS.TB | ACS.RR | ACS.CR | ACS.UF | ACS.DT;

/**
 * 0x1d: what Linux sets in every function that implements it when an IOMMU is found, and what `redirect` stands for in a
 * system file. Source: kernel-p2pdma, section 3.2.
 */
export const REDIRECT_CONTROL = ACS.SV | ACS.RR | ACS.CR | ACS.UF;

/** ACS of a root port or a switch's downstream port of which nothing is said: capable, all off. */
export const PORT_ACS: Acs = { capability: USUAL_ACS_CAPABILITY, control: 0 };
