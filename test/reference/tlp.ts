import { dataCredits } from '../../src/pcie/credits.ts';
import { TLP_CLASSES, type TlpClass } from '../../src/pcie/tlp-class.ts';
import { wireBytes } from '../../src/pcie/wire.ts';

/** What its maker says of a TLP, and what it wants to be asked and told. Sizes in bytes, times in ps. */
export interface TlpFacts {
  readonly class: TlpClass;
  readonly flow: number;
  /** Number of its request in the flow, and of the piece of the request's data that it carries. */
  readonly serial: number;
  readonly piece: number;
  readonly headerBytes: number;
  readonly payload: number;
  /** Whether it may pass posted writes that came before it. */
  readonly passesPosted: boolean;
  /** Channels from its maker to its end, by number. */
  readonly way: readonly number[];
  /** Whether its maker lets it go now. */
  mayGo(): boolean;
  /** It has been granted its first channel, and starts at `start`. */
  gone(start: number): void;
  /** Its tail is at its end. */
  delivered(): void;
}

export interface Tlp extends TlpFacts {
  /** Flow, number of the request, class and piece, as in the delivery log. */
  readonly name: string;
  readonly wireBytes: number;
  readonly dataCredits: number;
  /** Channels that it has been granted. */
  granted: number;
  /** Whether it may leave the queue in which it is, or to which it goes: false until it has arrived there. */
  ready: boolean;
}

export function makeTlp(facts: TlpFacts): Tlp {
  const letter = 'wrc'[TLP_CLASSES.indexOf(facts.class)];
  return {
    ...facts,
    name: `${facts.flow}.${facts.serial}${letter}${facts.piece}`,
    wireBytes: wireBytes(facts.headerBytes, facts.payload),
    dataCredits: dataCredits(facts.payload),
    granted: 0,
    ready: false,
  };
}

/** Number of the channel that it has to pass next; undefined at its end. */
export const nextChannel = ({ way, granted }: Tlp): number | undefined => way[granted];

/** Number of the channel by which it came, whose credits it holds; undefined at its maker. */
export const lastChannel = ({ way, granted }: Tlp): number | undefined => way[granted - 1];
