import type { TransferSpec } from '../../routing/transfer-spec.ts';
import { bytes } from '../../units.ts';
import type { Ends, MeasuredRow } from './measured-row.ts';
import { operationOf } from './measured-operation.ts';

/** Copies of this size and of any larger one are made of the same packets. */
const LARGE = 2 ** 20;

/**
 * One transfer of each flow of a row, by the physical address, which turns wherever ACS lets it; none for a flow that is no
 * transfer. A NIC that sends reads what it sends, one that receives writes it. Throws nothing.
 */
export function rowTransfers(row: MeasuredRow, flows: readonly Ends[]): readonly TransferSpec[] {
  const size = bytes(Math.min(row.transfer_bytes ?? LARGE, LARGE));
  return flows.flatMap((ends) => {
    const op = operationOf(row.op, ends);
    if (op === null) return [];
    const [from, to] = ends;
    return [{ op, from, to, size, address: 'PHYS', cached: row.cache === 'warm' }];
  });
}
