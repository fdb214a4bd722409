import type { Initiator } from './initiator.ts';
import type { Outputs } from './outputs.ts';
import type { Queues } from './queues.ts';
import type { Arbiter } from './arbiter.ts';
import type { DestinationChanges } from './destination-changes.ts';
import type { Order } from './order.ts';
import {
  CHANNEL,
  DESTINATION_CHANGE,
  HEAD_OF_LINE,
  INGRESS,
  ORDER,
  resource,
  TRANSLATION,
} from './resources.ts';
import type { Statements } from './statements.ts';
import type { TlpStore } from './tlp-store.ts';

interface FabricState {
  readonly tlps: TlpStore;
  readonly queues: Queues;
  readonly outputs: Outputs;
  readonly order: Order;
  readonly changes: DestinationChanges;
  readonly initiator: Initiator;
  readonly statements: Statements;
}

/** Charges the time that a TLP has stood in its queue to what it waited for. */
export class WaitCharges {
  private readonly state: FabricState;

  constructor(state: FabricState) {
    this.state = state;
  }

  /**
   * Of the head of a queue that is granted the output: the time behind heads that wanted another output is a head-of-line
   * wait; the time since all heads have wanted this one goes to what was satisfied last, ties to the scarcer thing. Messages are
   * no flow's data: who waits for them says so.
   */
  charge(queue: number, output: number, { creditTime, creditKind }: Arbiter): void {
    const { tlps, queues, outputs, order, changes, initiator, statements } = this.state;
    const tlp = queues.head[queue] as number;
    if (tlps.message[tlp] !== 0) return;
    const ready = tlps.ready[tlp] as number;
    const start = tlps.start[tlp] as number;
    const port = queues.port[queue] as number;
    const flow = tlps.flow[tlp] as number;
    const stage = tlps.stage[tlp] as number;
    if (ready === tlps.translated[tlp]) {
      statements.waited(flow, stage, tlps.forwarded[tlp] as number, ready, resource(TRANSLATION, port));
    }
    if (ready >= start) return;
    if (changes.active) changes.mayStart(port, tlp, start);
    let until = outputs.freeAt[output] as number;
    let what = resource(CHANNEL, output);
    if ((queues.readableAt[port] as number) >= until) {
      until = queues.readableAt[port] as number;
      what = resource(INGRESS, port);
    }
    if ((order.orderedUntil[port] as number) >= until && tlps.class[tlp] !== 0) {
      until = order.orderedUntil[port] as number;
      what = resource(ORDER, port);
    }
    if (changes.active && changes.startsAt > 0 && changes.startsAt >= until) {
      until = changes.startsAt;
      what = resource(DESTINATION_CHANGE, port);
    }
    if (creditTime >= until) {
      until = creditTime;
      what = resource(creditKind, output);
    }
    if ((tlps.via[tlp] as number) < 0) {
      initiator.mayIssue(tlp);
      if (initiator.boundUntil >= until) what = initiator.boundBy;
    }
    const since = Math.max(ready, queues.sameSince[queue] as number);
    statements.waited(flow, stage, ready, since, resource(HEAD_OF_LINE, port));
    statements.waited(flow, stage, since, start, what);
  }
}
