import { dataCredits } from '../pcie/credits.ts';
import type { FabricPlan } from './plan.ts';
import type { TlpStore } from './tlp-store.ts';

/** The pieces of a TLP are numbered from its own number times this on: 4 KiB has 64 pieces of 64 B, or 65. */
const PIECES = 128;
const NON_POSTED = 1;

/** Cuts posted writes and completions before the channels that want them in pieces; non-posted requests stay whole. */
export class Cutter {
  /** Whether any channel wants pieces. */
  active = false;
  private boundaries = new Int32Array(0);
  private readonly tlps: TlpStore;

  constructor(tlps: TlpStore) {
    this.tlps = tlps;
  }

  reset({ outputs }: FabricPlan): void {
    this.boundaries = Int32Array.from(outputs, (output) => output.recut);
    this.active = this.boundaries.some((boundary) => boundary > 0);
  }

  /** Gives a TLP that comes before a channel the number that its first piece has there. */
  begin(tlp: number, output: number): void {
    if (this.cuts(tlp, output)) this.tlps.piece[tlp] = (this.tlps.piece[tlp] as number) * PIECES;
  }

  /**
   * Cuts the first piece off a TLP, up to the next multiple of the boundary, and answers its slot; -1 where nothing is left to
   * cut. The rest keeps the slot, and what it holds at the output by which it came, which is so given back with the last piece.
   */
  cutFirst(tlp: number, output: number): number {
    const { tlps } = this;
    const payload = tlps.payload[tlp] as number;
    const address = tlps.address[tlp] as number;
    const boundary = this.boundaries[output] as number;
    const size = (Math.floor(address / boundary) + 1) * boundary - address;
    if (!this.cuts(tlp, output) || size >= payload) return -1;
    const first = tlps.takeLike(tlp);
    this.cover(first, tlp, address, size);
    this.cover(tlp, tlp, address + size, payload - size);
    tlps.piece[first] = tlps.piece[tlp] as number;
    tlps.piece[tlp] = (tlps.piece[tlp] as number) + 1;
    tlps.held[first] = -1;
    return first;
  }

  private cuts(tlp: number, output: number): boolean {
    return (this.boundaries[output] as number) > 0 && this.tlps.class[tlp] !== NON_POSTED;
  }

  /** Makes a TLP carry a part of the payload of `whole`, behind a header like its. */
  private cover(tlp: number, whole: number, address: number, payload: number): void {
    const { tlps } = this;
    tlps.bytes[tlp] = (tlps.bytes[whole] as number) - (tlps.payload[whole] as number) + payload;
    tlps.address[tlp] = address;
    tlps.payload[tlp] = payload;
    tlps.dataCredits[tlp] = dataCredits(payload);
  }
}
