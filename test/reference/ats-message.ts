import { ATS_FORMS, type AtsMessage } from '../../src/dma/ats-message.ts';
import { TLP_CLASSES, type TlpClass } from '../../src/pcie/tlp-class.ts';
import type { Flow } from './flow.ts';
import { makeTlp, type Tlp, type TlpFacts } from './tlp.ts';

type Facts = Pick<TlpFacts, 'serial' | 'page' | 'source' | 'way'> & {
  readonly flow: Flow;
  delivered(): void;
};

/** A TLP of the Address Translation Services, which its maker lets go whenever a channel takes it. */
export function makeMessage(message: AtsMessage, { flow, ...facts }: Facts): Tlp {
  const { class: kind, headerBytes, payload } = ATS_FORMS[message];
  return makeTlp({
    ...facts,
    class: TLP_CLASSES[kind] as TlpClass,
    flow: flow.number,
    piece: 0,
    headerBytes,
    payload,
    address: 0,
    relaxed: false,
    idBased: false,
    mayGo: () => true,
    gone: () => {},
  });
}
