import type { Fabric } from '../fabric/fabric.ts';
import { dataCredits } from '../pcie/credits.ts';
import { tlpBytes } from '../pcie/wire.ts';
import { ATS_FORMS, type AtsMessage } from './ats-message.ts';
import { REQUEST_STAGE } from './stages.ts';

/** What the maker of an ATS TLP says of it. */
export interface AtsTlp {
  readonly message: AtsMessage;
  readonly flow: number;
  readonly serial: number;
  /** What it belongs to: number of the translation that is asked for; -1: nothing. */
  readonly owner: number;
  /** To be translated where it enters the root complex; -1: none is. */
  readonly page: number;
  /** Endpoint that makes it, the port of its queue there, and its way in the table of ways. */
  readonly source: number;
  readonly port: number;
  readonly way: number;
  /** When it is made, in ps; may be in future. */
  readonly at: number;
}

/** Makes an ATS TLP and puts it into the queue of its maker. */
export function offerAtsTlp(fabric: Fabric, facts: AtsTlp): void {
  const { tlps } = fabric;
  const { class: kind, headerBytes, payload } = ATS_FORMS[facts.message];
  const tlp = tlps.take();
  tlps.class[tlp] = kind;
  tlps.message[tlp] = facts.message;
  tlps.relaxed[tlp] = 0;
  tlps.idBased[tlp] = 0;
  tlps.source[tlp] = facts.source;
  tlps.payload[tlp] = payload;
  tlps.bytes[tlp] = tlpBytes(headerBytes, payload);
  tlps.address[tlp] = 0;
  tlps.page[tlp] = facts.page;
  tlps.translated[tlp] = 0;
  tlps.dataCredits[tlp] = dataCredits(payload);
  tlps.flow[tlp] = facts.flow;
  tlps.owner[tlp] = facts.owner;
  tlps.serial[tlp] = facts.serial;
  tlps.piece[tlp] = 0;
  tlps.way[tlp] = facts.way;
  tlps.stage[tlp] = REQUEST_STAGE;
  tlps.via[tlp] = -1;
  tlps.head[tlp] = facts.at;
  tlps.tail[tlp] = facts.at;
  fabric.offer(tlp, facts.port);
}
