import { dataCredits } from '../../src/pcie/credits.ts';
import { TLP_CLASSES, type TlpClass } from '../../src/pcie/tlp-class.ts';

/** What its maker says of a TLP, and what it wants to be asked and told. Sizes in bytes, times in ps. */
export interface TlpFacts {
  readonly class: TlpClass;
  readonly flow: number;
  /** Number of its request in the flow, and of the piece of the request's data that it carries. */
  readonly serial: number;
  readonly piece: number;
  readonly headerBytes: number;
  readonly payload: number;
  /** Where its payload begins, and the page of that if an IOMMU translates it. */
  readonly address: number;
  readonly page: number | null;
  /** Number of the endpoint that made it. */
  readonly source: number;
  /** Whether it may pass posted writes that came before it, and those of other sources. */
  readonly relaxed: boolean;
  readonly idBased: boolean;
  /** Channels from its maker to its end, by number. */
  readonly way: readonly number[];
  /** Whether its maker lets it go now. */
  mayGo(): boolean;
  /** It has been granted its first channel, and is on it from `start` to `end`. */
  gone(start: number, end: number): void;
  /** The tail of it, or of a piece of it, with so much payload is at its end. */
  delivered(payload: number): void;
}

/** A place in the buffer behind a channel: so many data credits and a header, of the TLP's class or of a shared buffer. */
export interface Place {
  readonly channel: number;
  readonly class: TlpClass;
  readonly data: number;
  readonly shared: boolean;
}

export interface Tlp extends TlpFacts {
  /** Flow, number of the request, class and piece, as in the delivery log. */
  readonly name: string;
  readonly bytes: number;
  readonly dataCredits: number;
  /** Channels that it has been granted. */
  granted: number;
  /** Whether it may leave the queue in which it is, or to which it goes: false until it has arrived there. */
  ready: boolean;
  /** What it gives back when it leaves the queue in which it is; null for what its maker has, and for all pieces but the last. */
  place: Place | null;
}

export function makeTlp(facts: TlpFacts): Tlp {
  const letter = 'wrc'[TLP_CLASSES.indexOf(facts.class)];
  return {
    ...facts,
    name: `${facts.flow}.${facts.serial}${letter}${facts.piece}`,
    bytes: facts.headerBytes + facts.payload,
    dataCredits: dataCredits(facts.payload),
    granted: 0,
    ready: false,
    place: null,
  };
}

/** Number of the channel that it has to pass next; undefined at its end. */
export const nextChannel = ({ way, granted }: Tlp): number | undefined => way[granted];

/** Whether it is still at its maker. */
export const isAtMaker = ({ granted }: Tlp): boolean => granted === 0;
