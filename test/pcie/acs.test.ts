import { describe, expect, it } from 'vitest';
import { ACS, formatAcs, parseAcs, REDIRECT_MASK } from '../../src/pcie/acs.ts';

const OFF = 'SrcValid- TransBlk- ReqRedir- CmpltRedir- UpstreamFwd- EgressCtrl- DirectTrans-';

describe('ACS bits', () => {
  /** Linux include/uapi/linux/pci_regs.h; kernel-p2pdma, section 3. */
  it('have the places that the register gives them', () => {
    expect(ACS).toEqual({ SV: 0x01, TB: 0x02, RR: 0x04, CR: 0x08, UF: 0x10, EC: 0x20, DT: 0x40 });
    expect(REDIRECT_MASK).toBe(0x2c);
  });

  /** The first is what three Dell servers of pcie-bench/data print; the second what Linux sets with an IOMMU. */
  it.each([
    [OFF, 0x00],
    ['SrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-', 0x1d],
    ['SrcValid+ TransBlk- ReqRedir+ CmpltRedir- UpstreamFwd+ EgressCtrl- DirectTrans+', 0x55],
    ['SrcValid- TransBlk+ ReqRedir- CmpltRedir- UpstreamFwd- EgressCtrl+ DirectTrans-', 0x22],
  ])('are read from and printed as lspci has them: %s', (text, bits) => {
    expect(parseAcs(text)).toBe(bits);
    expect(formatAcs(bits)).toBe(text);
  });

  it('come back from print and parse, whatever they are', () => {
    for (let bits = 0; bits <= 0x7f; bits++) expect(parseAcs(formatAcs(bits))).toBe(bits);
  });

  it('are read from a line with tabs and in another order', () => {
    expect(parseAcs(`\t${OFF.split(' ').toReversed().join('\t').replace('ReqRedir-', 'ReqRedir+')}\n`)).toBe(
      ACS.RR,
    );
  });

  it.each([
    ['', /"" in "" is no ACS flag/],
    ['SrcValid+', /lacks ACS flags/],
    [OFF.replace('ReqRedir-', 'ReqRedir'), /"ReqRedir" in .* is no ACS flag/],
    [OFF.replace('ReqRedir-', 'Redirect-'), /"Redirect-" in .* is no ACS flag/],
    [`${OFF} SrcValid+`, /"SrcValid" twice/],
  ])('are refused where lspci would not have printed them: "%s"', (text, message) => {
    expect(() => parseAcs(text)).toThrow(message);
  });

  it.each([-1, 0x80, 1.5, NaN])('are not printed from %d', (bits) => {
    expect(() => formatAcs(bits)).toThrow(/expected 0x00 to 0x7f/);
  });
});
