import type { System } from '../../src/system/system.ts';
import { device, type LinkText, measuredSystem, type Numbers, pcieSwitch } from './measured-system.ts';

/*
 * A GPU `g` and two devices below one switch, and two devices below root ports of their own. A TLP has 8 B of framing;
 * requests have headers of 16 B, completions of 12 B; writes and completions carry 256 B. Times in ps.
 */
const PS_PER_BYTE: Readonly<Record<string, number>> = {
  gen5x16: 1000 / 63.0153846,
  gen3x4: 4000 / 15.7538462,
};

/** Time on a link of a TLP with so many bytes of header and payload. */
export const onLink = (bytesOfTlp: number, link: LinkText = 'gen5x16'): number =>
  Math.round((bytesOfTlp + 8) * (PS_PER_BYTE[link] ?? Number.NaN));

export const KIB = 1024;
/** Of a transfer, and its writes or completions. */
export const SIZE = 4 * KIB;
export const PIECES = SIZE / 256;
export const ASK = onLink(16);
export const DATA = onLink(12 + 256);
export const WRITE = onLink(16 + 256);

/** Latencies of the machine. */
export const [DEVICE, MEMORY, WALK] = [300_000, 200_000, 280_000];
export const [MAP, UNMAP] = [400_000, 700_000];
export const [FAULT, FILL, ZAP] = [10_000_000, 2_000_000, 1_000_000];

/** A read of 4 KiB from the GPU; and of 4 B, which pushes writes ahead of it. */
export const READ = ASK + DEVICE + PIECES * DATA;
export const FLUSH = ASK + DEVICE + onLink(12 + 4);

export interface LifeMachine {
  readonly gpu?: LinkText;
  /** Latencies of the devices' tables, besides the fill. */
  readonly table?: Numbers;
  readonly entries?: number | 'none';
}

/** Fault and zap of a page-fault device. */
export const TABLE: Numbers = { fault_latency: '10 us', zap_latency: '1 us' };

export function lifeMachine({ gpu = 'gen5x16', table = {}, entries = 'none' }: LifeMachine = {}): System {
  const one = (id: string, link: LinkText = 'gen5x16') =>
    device(id, link, {
      table: { fill_latency: '2 us', ...table },
      completer: { latency: '300 ns' },
      ats: { entries },
    });
  const cpu = { memory_latency: '200 ns', kernel: { map_latency: '400 ns', unmap_latency: '700 ns' } };
  const near = pcieSwitch('sw', 'gen5x16', [one('g', gpu), one('a'), one('b')]);
  return measuredSystem({ cpu, below: [near, one('far'), one('away')] });
}
