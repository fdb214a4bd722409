import { describe, expect, it } from 'vitest';
import { ACS } from '../../src/pcie/acs.ts';
import { completionDecision, requestDecision } from '../../src/pcie/port-decision.ts';
import fixture from '../fixtures/tlp-port-vectors.json' with { type: 'json' };

type Vector = (typeof fixture.vectors)[number];

function decide({ tlp, ctrl: control, translated, egressVectorBit, relaxedOrdering }: Vector): string {
  if (tlp === 'completion') return completionDecision({ control, relaxedOrdering: relaxedOrdering === true });
  return requestDecision({
    control,
    addressType: translated ? 'translated' : 'untranslated',
    egressVectorBit: egressVectorBit ? 1 : 0,
  });
}

describe('a port that receives a peer-to-peer TLP', () => {
  it('has 17 vectors for requests and 6 for completions', () => {
    expect(fixture.vectors.map(({ id }) => id[0]).join('')).toBe('Q'.repeat(17) + 'K'.repeat(6));
  });

  it.each(fixture.vectors)('answers $id ($tlp, control $ctrl) with $expect', (vector) => {
    expect(decide(vector)).toBe(vector.expect);
  });

  it('turns no TLP away for Source Validation or Upstream Forwarding', () => {
    const control = ACS.SV | ACS.UF;
    expect(requestDecision({ control, addressType: 'untranslated', egressVectorBit: 1 })).toBe('DIRECT');
    expect(completionDecision({ control, relaxedOrdering: false })).toBe('DIRECT');
  });
});
