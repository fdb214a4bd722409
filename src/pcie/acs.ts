/**
 * Bits of the ACS capability and control registers: Source Validation, Translation Blocking, P2P Request Redirect, P2P
 * Completion Redirect, Upstream Forwarding, P2P Egress Control, Direct Translated P2P. Source: PCIe Base Specification 5.0,
 * section 6.12; Linux `pci_regs.h` (kernel-p2pdma, section 3).
 */
export const ACS = { SV: 0x01, TB: 0x02, RR: 0x04, CR: 0x08, UF: 0x10, EC: 0x20, DT: 0x40 } as const;

/** RR, CR and EC: the bits that Linux counts as redirect. Source: Linux `pci_bridge_has_acs_redir`. */
export const REDIRECT_MASK = ACS.RR | ACS.CR | ACS.EC;

/** Names of the bits as `lspci -vv` prints them, in its order. Source: pciutils, `ls-ecaps.c`. */
const FLAGS: readonly (readonly [name: string, bit: number])[] = [
  ['SrcValid', ACS.SV],
  ['TransBlk', ACS.TB],
  ['ReqRedir', ACS.RR],
  ['CmpltRedir', ACS.CR],
  ['UpstreamFwd', ACS.UF],
  ['EgressCtrl', ACS.EC],
  ['DirectTrans', ACS.DT],
];

const ALL_BITS = FLAGS.reduce((bits, [, bit]) => bits | bit, 0);
const EXAMPLE = FLAGS.map(([name]) => `${name}-`).join(' ');

function parseFlag(flag: string, text: string): readonly [bit: number, set: boolean] {
  const known = FLAGS.find(([name]) => name === flag.slice(0, -1));
  if (!known || !/[+-]$/.test(flag)) {
    throw new RangeError(
      `"${flag}" in "${text}" is no ACS flag of lspci; expected all of "${EXAMPLE}", each with + or -`,
    );
  }
  return [known[1], flag.endsWith('+')];
}

/**
 * Reads what `lspci -vv` prints behind `ACSCtl:` or `ACSCap:`, in any order, into register bits. Throws RangeError unless
 * each of the seven flags is there once: a flag that is missing has no value.
 */
export function parseAcs(text: string): number {
  let seen = 0;
  let bits = 0;
  for (const flag of text.trim().split(/\s+/)) {
    const [bit, set] = parseFlag(flag, text);
    if (seen & bit)
      throw new RangeError(
        `"${text}" has "${flag.slice(0, -1)}" twice; expected each ACS flag once; remove one`,
      );
    seen |= bit;
    if (set) bits |= bit;
  }
  if (seen !== ALL_BITS) {
    throw new RangeError(
      `"${text}" lacks ACS flags; expected all of "${EXAMPLE}", each with + or -; add the missing ones`,
    );
  }
  return bits;
}

/** Prints register bits as `lspci -vv` does behind `ACSCtl:`. Throws RangeError for anything but 0x00 to 0x7f. */
export function formatAcs(bits: number): string {
  if (!Number.isInteger(bits) || bits < 0 || bits > ALL_BITS) {
    throw new RangeError(
      `${bits} is no set of ACS bits; expected 0x00 to 0x7f; mask the register with 0x7f, lspci prints no other bits`,
    );
  }
  return FLAGS.map(([name, bit]) => `${name}${bits & bit ? '+' : '-'}`).join(' ');
}
