import type { Condition, Processes, Program } from '../../engine/processes.ts';
import type { DrivenFlow } from '../driven-flow.ts';

/**
 * Transfers of a flow for those who each wait for one of their own: they end in the order of posting, and only who posted one is
 * woken by its end, which matters where thousands wait.
 */
export class TransferTurns {
  private readonly flow: DrivenFlow;
  private readonly processes: Processes;
  /** Of transfers that have not ended, by number. */
  private readonly waiting = new Map<number, Condition>();
  private ended = 0;

  constructor(flow: DrivenFlow, processes: Processes) {
    this.flow = flow;
    this.processes = processes;
    processes.start(this.watch());
  }

  /** Lasts until one more transfer of the flow has been made. */
  *transfer(): Program {
    this.flow.post();
    const mine = this.flow.posted;
    const end = this.processes.condition();
    this.waiting.set(mine, end);
    while (this.ended < mine) yield end;
    this.waiting.delete(mine);
  }

  /** Hears of each request that will be at its completer at `time`. */
  witness(hear: (time: number) => void): void {
    this.flow.witness = (_, time) => hear(time);
  }

  private *watch(): Program {
    for (;;) {
      const { ended } = this.flow;
      while (this.ended < ended) this.waiting.get(++this.ended)?.wake();
      yield this.flow.changed;
    }
  }
}
