import type { Program } from '../../engine/processes.ts';
import type { Bill, Spans } from './bill.ts';
import type { ImporterFlows } from './importer-work.ts';

interface Account {
  readonly bill: Bill | Spans;
  readonly clock: { readonly now: number };
}

/**
 * Lasts until nothing of an importer is under way any more: reads have all their data; of posted writes a read behind them
 * tells, as hardware does.
 */
export function* drain(
  { data, flush }: ImporterFlows,
  op: 'write' | 'read',
  { bill, clock }: Account,
): Program {
  const from = clock.now;
  if (op === 'read') {
    yield* data.untilEnded();
    bill.charge('drain_reads', from);
    return;
  }
  yield* data.untilIssued();
  flush.post();
  yield* flush.untilEnded();
  bill.charge('drain_writes', from);
}

/**
 * Takes a mapping's page table entries, `unmap` ps, and what IOTLBs and the device's cache hold of them; a bus address has none.
 * The device is told once, by the range of its transfers: the read behind its writes is within the same.
 */
export function* takeDown(
  { data, flush, ownsIova }: ImporterFlows,
  unmap: number,
  { bill, clock }: Account,
): Program {
  if (!ownsIova) return;
  const from = clock.now;
  yield unmap;
  for (const flow of [data, flush]) flow.forgetPages();
  bill.charge('iotlb', from);
  const told = clock.now;
  yield* data.untilInvalidated();
  bill.charge('atc', told);
}
