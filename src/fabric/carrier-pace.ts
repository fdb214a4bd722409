import type { Carrier } from '../routing/channel.ts';
import { picoseconds } from '../units.ts';
import type { OutputPlan } from './plan.ts';

/** What the carrier of a channel says of the output that feeds it. */
type Pace = Pick<
  OutputPlan,
  | 'kind'
  | 'framing'
  | 'flitTime'
  | 'recut'
  | 'psPerWireByte'
  | 'psPerPayloadByte'
  | 'dllpBytesPerTlp'
  | 'dllpBytesPerWireByte'
>;

const NO_DLLPS = { dllpBytesPerTlp: 0, dllpBytesPerWireByte: 0 };

/** How long bytes occupy a channel, in which form they go, and the DLLPs that they cause. */
export function carrierPace(carrier: Carrier): Pace {
  if (carrier.kind === 'scope') {
    const { kind, rate, recut } = carrier;
    const psPerPayloadByte = rate === null ? 0 : 1e12 / rate;
    return {
      kind,
      framing: 0,
      flitTime: picoseconds(0),
      recut,
      psPerWireByte: 0,
      psPerPayloadByte,
      ...NO_DLLPS,
    };
  }
  const { kind, framing, flitTime, rate, skp, dllpBytes } = carrier;
  return {
    kind,
    framing,
    flitTime,
    recut: 0,
    psPerWireByte: 1e12 / (rate * (1 - skp)),
    psPerPayloadByte: 0,
    dllpBytesPerTlp: dllpBytes.perTlp,
    dllpBytesPerWireByte: dllpBytes.perWireByte,
  };
}
