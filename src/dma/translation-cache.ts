import type { AtsPlaces } from './destinations.ts';

/** A translation that a device has asked for. */
export interface Ask {
  readonly flow: number;
  readonly page: number;
  readonly places: AtsPlaces;
  /** When the answer is there, in ps; Infinity while that is not known. */
  validFrom: number;
  /** Requests that wait for it. */
  readonly waiting: number[];
}

/** Translations that a device keeps, also those that it has only asked for; the least recently used is replaced first. */
export class TranslationCache {
  /** By page, in order of use, the least recent first. */
  private readonly asks = new Map<number, Ask>();
  private readonly entries: number;

  constructor(entries: number) {
    this.entries = entries;
  }

  /** The page's translation, which is now the most recently used; undefined where it has to be asked for. */
  use(page: number): Ask | undefined {
    const ask = this.asks.get(page);
    if (ask === undefined) return undefined;
    this.asks.delete(page);
    this.asks.set(page, ask);
    return ask;
  }

  add(ask: Ask): void {
    this.asks.set(ask.page, ask);
    if (this.asks.size > this.entries) this.asks.delete(this.asks.keys().next().value as number);
  }

  /** Forgets the translations of a flow's pages. */
  forget(flow: number): void {
    for (const ask of this.asks.values()) if (ask.flow === flow) this.asks.delete(ask.page);
  }
}
