import type { Ends, MeasuredOp } from './measured-row.ts';

export const isMemory = (end: string): boolean => end.startsWith('mem:');

/** A device reads what starts in memory, and writes what ends there. */
const byMemory = ([from]: Ends): 'write' | 'read' => (isMemory(from) ? 'read' : 'write');

/** Who issues the requests of a flow: with `write` its source, with `read` its destination. Null: nothing that is simulated. */
export function operationOf(op: MeasuredOp, ends: Ends): 'write' | 'read' | null {
  switch (op) {
    case 'write':
    case 'copy':
      return ends.some(isMemory) ? byMemory(ends) : 'write';
    case 'read':
      return 'read';
    case 'host_to_device':
    case 'device_to_host':
    case 'host_both_ways':
      return byMemory(ends);
    case 'storage_read':
      return 'write';
    case 'storage_write':
      return 'read';
    case 'rdma':
    case 'staged_copy':
    case 'all_reduce':
    case 'scaling_knee':
    case 'map_type':
    case 'distance':
    case 'peer_write':
    case 'peer_read':
      return null;
  }
}
