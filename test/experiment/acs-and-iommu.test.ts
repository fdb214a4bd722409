import { describe, expect, test } from 'vitest';
import { ACS_CASES, type AcsCase, acsSystem } from '../../src/experiment/acs-and-iommu-cases.ts';
import { acsChart } from '../../src/experiment/acs-and-iommu-chart.ts';
import { acsRow } from '../../src/experiment/acs-and-iommu-row.ts';
import { acsWays } from '../../src/experiment/acs-and-iommu-ways.ts';
import { Runner } from '../../src/experiment/runner.ts';
import { loadKernelProfile } from '../../src/node/load-kernel.ts';
import { loadSystem } from '../../src/node/load-system.ts';
import type { System } from '../../src/system/system.ts';

const MACHINE = loadSystem('wrx90-2sw-flat');
const PROFILE = loadKernelProfile('linux-7.3');
const CONTEXT = { runner: new Runner(), profile: PROFILE, seed: '1' };

type Mode = 'off' | 'passthrough' | 'translate' | 'ATS';

const caseOf = (acs: number, mode: Mode, to = 'gpu1'): AcsCase => ({
  pair: 'a pair',
  from: 'gpu0',
  to,
  acs,
  iommu: mode === 'ATS' ? 'translate' : mode,
  ats: mode === 'ATS',
});

const rowOf = (each: AcsCase, machine: System = MACHINE) => acsRow(CONTEXT, acsSystem(machine, each), each);

const SHORT: Readonly<Record<string, string>> = {
  'switch-local': 'turn',
  'same-root-port-hairpin': 'climb',
  blocked: 'blocked',
};

/** Verdict, address, and whether requests and completions turn in the switch or climb to the root complex. */
function ways(acs: number, mode: Mode): string {
  const each = caseOf(acs, mode);
  const { verdict, address, requests, completions } = acsWays(acsSystem(MACHINE, each), PROFILE, each);
  return `${verdict} ${address} ${SHORT[requests]} ${SHORT[completions]}`;
}

/* By kernel-p2pdma, sections 1.1 (verdict), 2 (address) and 3 (ports), by hand. */
const EXPECTED: readonly (readonly [acs: string, mode: Mode, ways: string, why: string])[] = [
  ['0x00', 'translate', 'BUS_ADDR BUS turn turn', 'an IOMMU has no part in bus addresses'],
  ['0x11', 'translate', 'BUS_ADDR BUS turn turn', 'SV and UF redirect nothing'],
  ['0x04', 'off', 'THRU_HOST_BRIDGE PHYS climb turn', 'RR is for requests'],
  ['0x04', 'ATS', 'THRU_HOST_BRIDGE IOVA climb turn', 'RR is for translated requests as well without DT'],
  ['0x08', 'off', 'THRU_HOST_BRIDGE PHYS turn climb', 'CR is for completions, yet the kernel counts it'],
  ['0x08', 'translate', 'THRU_HOST_BRIDGE IOVA climb climb', 'an IOVA is in no window of the switch'],
  ['0x08', 'ATS', 'THRU_HOST_BRIDGE IOVA turn climb', 'a translated address is, and RR is clear'],
  ['0x20', 'off', 'THRU_HOST_BRIDGE PHYS turn turn', 'the egress vector is clear, yet the kernel counts EC'],
  ['0x20', 'translate', 'THRU_HOST_BRIDGE IOVA climb turn', 'an IOVA is in no window of the switch'],
  ['0x20', 'ATS', 'THRU_HOST_BRIDGE IOVA turn turn', 'a translated address is'],
  ['0x1d', 'passthrough', 'THRU_HOST_BRIDGE PHYS climb climb', 'what Linux sets redirects all'],
  ['0x1d', 'ATS', 'THRU_HOST_BRIDGE IOVA climb climb', 'translated requests too'],
  ['0x1f', 'ATS', 'THRU_HOST_BRIDGE IOVA blocked blocked', 'TB ends translated requests'],
  ['0x1f', 'translate', 'THRU_HOST_BRIDGE IOVA climb climb', 'and no others'],
  ['0x55', 'translate', 'THRU_HOST_BRIDGE IOVA climb turn', 'untranslated requests climb by RR'],
  ['0x55', 'ATS', 'THRU_HOST_BRIDGE IOVA turn turn', 'DT passes over RR, and CR is clear'],
  ['0x5d', 'ATS', 'THRU_HOST_BRIDGE IOVA turn climb', 'DT does nothing for completions'],
];

const ratio = (both: number | null, one: number | null): number => (both ?? 0) / (one ?? 1);

describe('two GPUs below one switch', () => {
  test.each(EXPECTED)('with ACS %s and IOMMU %s: %s, as %s', (acs, mode, expected) => {
    expect(ways(Number(acs), mode)).toBe(expected);
  });

  test('are told the same with the IOMMU off and in passthrough, whatever ACS says', () => {
    for (const { acs } of ACS_CASES) expect(ways(acs, 'passthrough')).toBe(ways(acs, 'off'));
  });

  test('move in both directions what one does where all goes over their uplink, and twice as much where it turns', () => {
    const [direct, climbing] = [rowOf(caseOf(0x55, 'ATS')), rowOf(caseOf(0x1d, 'ATS'))];
    expect(ratio(direct.write_both_GBps, direct.write_GBps)).toBeGreaterThan(1.85);
    expect(ratio(direct.read_both_GBps, direct.read_GBps)).toBeGreaterThan(1.85);
    expect(ratio(climbing.write_both_GBps, climbing.write_GBps)).toBeLessThan(1.05);
    expect(ratio(climbing.read_both_GBps, climbing.read_GBps)).toBeLessThan(1.15);
    expect(climbing.write_limit).toBe('link:rp20:down');
  });

  test('lose by Completion Redirect in reads alone, with Direct Translated P2P too', () => {
    const [clear, set] = [rowOf(caseOf(0x55, 'ATS')), rowOf(caseOf(0x5d, 'ATS'))];
    expect(set.write_both_GBps).toBe(clear.write_both_GBps);
    expect(set.read_both_GBps ?? 0).toBeLessThan(0.6 * (clear.read_both_GBps ?? 0));
  });
});

test('two GPUs below two root ports do the same whatever ACS their switches have', () => {
  for (const mode of ['off', 'translate', 'ATS'] as const) {
    const { acs: _, ...with0 } = rowOf(caseOf(0x00, mode, 'gpu4'));
    const { acs: __, ...with5d } = rowOf(caseOf(0x5d, mode, 'gpu4'));
    expect(with5d).toEqual(with0);
  }
});

/** The same machine with a processor of which the kernel knows nothing. */
const UNKNOWN: System = {
  ...MACHINE,
  sockets: MACHINE.sockets.map(({ id, part }) => ({ id, part: { ...part, vendor: 'Intel', family: 6 } })),
};

describe('where the kernel refuses or a port ends the requests', () => {
  const refused = rowOf(caseOf(0x1d, 'off'), UNKNOWN);
  const blocked = rowOf(caseOf(0x1f, 'ATS'));

  test('there is no rate, but a reason', () => {
    for (const row of [refused, blocked]) {
      expect([row.write_GBps, row.write_both_GBps, row.read_GBps, row.read_both_GBps]).toEqual(
        Array.from({ length: 4 }, () => null),
      );
    }
    expect(refused).toMatchObject({ verdict: 'NOT_SUPPORTED', address: 'none', requests: 'refused' });
    expect(refused.write_limit).toContain('ACS redirect at sw1.d');
    expect(blocked.read_limit).toContain('ACS Violation');
  });

  test('a chart says so in the place of a bar', () => {
    const chart = JSON.stringify(acsChart([rowOf(caseOf(0x00, 'off')), refused], 'write'));
    expect(chart).toMatch(/"group":"0x1d SV RR CR UF","series":"untranslated","value":null[^}]*"refused"/);
  });
});
