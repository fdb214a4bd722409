import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../src/experiment/run-result.ts';
import { assemble } from '../../src/fabric/assemble.ts';
import { ACS } from '../../src/pcie/acs.ts';
import { setAcsControl, setIommu } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { flow, measure, measureOne } from '../support/measured-run.ts';
import { device, measuredSystem, type Numbers, pcieSwitch } from '../support/measured-system.ts';

/*
 * Two devices below a switch whose links are all alike, and memory that answers at once. A TLP has 8 B of framing; requests
 * have headers of 16 B, completions of 12 B, and a translation is 8 B.
 */
const PS_PER_BYTE = 1000 / 63.0153846;
const onLink = (bytesOfTlp: number): number => Math.round((bytesOfTlp + 8) * PS_PER_BYTE);
const ASK = onLink(16);
const ANSWER = onLink(12 + 8);
const WRITE = onLink(16 + 256);

const WALK = 280_000;
const SWITCH = 115_000;
/** PHYs at both ends of a link. */
const FLIGHT = 20_000;
/** From the head of a TLP at the device to its head at the root port, or the other way. */
const WAY = 2 * FLIGHT + SWITCH;
/** Of a translation whose page is walked: the walk begins when the head is at the root port. */
const COLD_TRIP = WAY + WALK + WAY + ANSWER;
/** Of one that the IOMMU has: it is answered when the tail is there. */
const WARM_TRIP = ASK + WAY + WAY + ANSWER;

const PAGE = 4096;
const PORT: Numbers = { phy_latency: '10 ns' };

function machine(entries: number | 'none', mode: 'off' | 'translate' = 'translate'): System {
  const numbers = { port: PORT, ats: { entries } };
  const below = [device('a', 'gen5x16', numbers), device('b', 'gen5x16', { port: PORT })];
  const chip = pcieSwitch('sw', 'gen5x16', below, { numbers: { port: PORT, latency: '115 ns' } });
  return setIommu(measuredSystem({ cpu: { port: PORT }, below: [chip] }), mode);
}

const TO_MEMORY = { write: ['a', 'mem:s0'], read: ['mem:s0', 'a'] } as const;
type Op = keyof typeof TO_MEMORY;
const OPS: readonly Op[] = ['write', 'read'];

/** A flow of pages one after the other within a region of so many. */
const pages = (op: Op, region: number, more = {}) =>
  flow(TO_MEMORY[op][0], TO_MEMORY[op][1], PAGE, { op, region: bytes(region * PAGE), ...more });

const isClose = (value: number, expected: number, within: number): void =>
  expect(Math.abs(value / expected - 1), `${value} against ${expected}`).toBeLessThan(within);

/** Sixteen pages, four of them in turn, by a device that keeps so many translations. */
const roundsOfFour = (entries: number): RunResult =>
  measure(machine(entries), [pages('write', 4, { transfers: 16 })]).result;

describe('translations that a device keeps', () => {
  test.each(OPS)('cost a %s nothing when all are there', (op) => {
    const rate = (system: System) =>
      measureOne(system, pages(op, 8, { transfers: 128, depth: 16 })).arrivals.steadyRate_GBps(PAGE, 48);
    expect(rate(machine(8))).toBe(rate(machine(8, 'off')));
  });

  test.each(OPS)('cost a %s to a new page one round trip', (op) => {
    const latency_ps = (system: System) =>
      (measureOne(system, pages(op, 1, { transfers: 1 })).result.latency_ns?.mean ?? Number.NaN) * 1000;
    expect(latency_ps(machine(8)) - latency_ps(machine(8, 'off'))).toBeCloseTo(COLD_TRIP, 6);
  });

  test.each([
    ['write', 16 * WRITE],
    ['read', 8 * ASK],
  ] as const)('cost a %s one round trip a page where the region is larger, at any depth', (op, issue) => {
    for (const depth of [2, 8]) {
      const { arrivals, result } = measureOne(machine(16), pages(op, 512, { transfers: 128, depth }));
      isClose(arrivals.steadyRate_GBps(PAGE, 16), (PAGE * 1000) / (issue + COLD_TRIP), 1e-4);
      expect(result.limitedBy[0]?.resource).toBe('ats:a');
      expect(result.limitedBy[0]?.share).toBeGreaterThan(0.85);
    }
  });

  test('are kept by the use: the page used least recently is asked for again', () => {
    // 16 pages of 16 writes each; a round of four pages finds all of its translations, or none
    expect(roundsOfFour(4).tlps).toBe(256 + 4 * 2);
    expect(roundsOfFour(3).tlps).toBe(256 + 16 * 2);
  });
});

const agents = (system: System): readonly string[] =>
  assemble(system).plan.endpoints.flatMap(({ id }) => (id.startsWith('ats:') ? [id] : []));

describe('a translation agent', () => {
  test('is behind a root port where a device with ATS is below and the IOMMU translates', () => {
    expect(agents(machine(8))).toEqual(['ats:rp0']);
    expect(agents(machine('none'))).toEqual([]);
    expect(agents(machine(8, 'off'))).toEqual([]);
  });
});

const REDIRECT = ACS.SV | ACS.RR | ACS.CR | ACS.UF;
const PEERS = flow('a', 'b', PAGE, { transfers: 16, depth: 4 });
const withAcs = (entries: number | 'none', control: number): System =>
  setAcsControl(machine(entries), ['sw.d0', 'sw.d1'], control);
const turnOf = (system: System) => measureOne(system, PEERS).result.routes[0]?.turn;

describe('redirect below a switch with Direct Translated', () => {
  test('lets translated requests turn in the switch, and no others', () => {
    expect(turnOf(withAcs(8, REDIRECT | ACS.DT))).toBe('switch-local');
    expect(turnOf(withAcs(8, REDIRECT))).toBe('same-root-port-hairpin');
    expect(turnOf(withAcs('none', REDIRECT | ACS.DT))).toBe('same-root-port-hairpin');
  });

  test('keeps all but the translations off the uplink', () => {
    const { result } = measure(withAcs(8, REDIRECT | ACS.DT), [PEERS]);
    const uplink = result.links.find(({ from, to }) => [from, to].join(' ').match(/sw.*rp0/));
    isClose((uplink?.utilisation ?? 0) * result.end_ps, ASK, 1e-6);
  });
});

/** Writes to one page whose translation is invalidated so often. */
function invalidated(every_ps: number | null): RunResult {
  const invalidateEvery = every_ps === null ? null : picoseconds(every_ps);
  return measure(machine(8), [pages('write', 1, { transfers: 256, invalidateEvery })]).result;
}

describe('invalidations', () => {
  test.each([5, 7, 20])('every %i us cost a translation each, and their own messages', (every) => {
    const [without, having] = [invalidated(null), invalidated(every * 1e6)];
    // the request, its completion, and a translation with its answer
    const count = (having.tlps - without.tlps) / 4;
    expect(count).toBe(Math.floor(having.end_ps / (every * 1e6)));
    const more = having.end_ps - without.end_ps - count * WARM_TRIP;
    // a completion that leaves while the engine waits takes no time of it
    expect(more).toBeGreaterThanOrEqual(0);
    expect(more).toBeLessThanOrEqual(count * ASK);
  });

  test('that would come after the end of a flow do not prolong its run', () => {
    expect(invalidated(1e9).end_ps).toBe(invalidated(null).end_ps);
    expect(invalidated(1e9).tlps).toBe(invalidated(null).tlps);
  });
});
