import type { DestinationPlan } from '../../src/dma/flow-plan.ts';
import { nextCompletion } from '../../src/pcie/split.ts';
import { COMPLETION_HEADER_BYTES } from '../../src/pcie/wire.ts';
import type { Agenda } from './agenda.ts';
import type { Flow } from './flow.ts';
import type { Port } from './port.ts';
import { makeTlp } from './tlp.ts';

/** A read request as its completer sees it. */
export interface Question {
  readonly flow: Flow;
  readonly serial: number;
  readonly destination: DestinationPlan;
  readonly address: number;
  readonly size: number;
  /** To be called for each completion that comes back, with its bytes. */
  answered(bytes: number): void;
}

/** Answers a read request that arrives now: its completions are ready in the completer's queue after its latency. */
export function answer(question: Question, queue: Port, agenda: Agenda): void {
  const { flow, serial, destination } = question;
  const ready = agenda.now + destination.completerLatency;
  let { address, size: left } = question;
  for (let piece = 0; left > 0; piece++) {
    const payload = nextCompletion(address, left, destination.rcb, destination.completionChunk);
    const completion = makeTlp({
      class: 'completion',
      flow: flow.number,
      serial,
      piece,
      headerBytes: COMPLETION_HEADER_BYTES,
      payload,
      address,
      page: null,
      source: destination.completer,
      relaxed: flow.plan.relaxedOrdering,
      idBased: flow.plan.idBasedOrdering,
      way: destination.completionWay,
      mayGo: () => true,
      gone: () => {},
      delivered: (part) => question.answered(part),
    });
    queue.make(completion, ready);
    address += payload;
    left -= payload;
  }
}
