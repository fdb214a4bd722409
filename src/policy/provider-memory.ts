import { endpoints, nodeOf } from '../system/ancestry.ts';
import type { Bar, System, SystemNode } from '../system/system.ts';

/** The memory BAR by which peers reach a function. */
export interface ProviderMemory {
  /** Place among the function's BARs, from 0; null where the system file does not state its BARs. */
  readonly bar: number | null;
  /** CPU physical address; null where it is not stated. */
  readonly address: number | null;
  /** Null where it is not stated. */
  readonly bytes: number | null;
}

/** Null where the BARs are not stated; bridges have none that peers use. */
function barsOf(node: SystemNode): readonly Bar[] | null {
  return node.kind === 'endpoint' || node.kind === 'rciep' ? node.bars : [];
}

const isMemory = ({ kind }: Bar): boolean => kind === 'memory';

const hasMemory = (node: SystemNode): boolean => barsOf(node)?.some(isMemory) ?? true;

function withoutMemory(system: System, node: SystemNode): RangeError {
  const has = barsOf(node)?.length === 0 ? 'none' : 'only an I/O BAR';
  const others = endpoints(system).filter(hasMemory);
  const names = others.map(({ id }) => id).join(', ');
  const remedy = others.length === 0 ? 'state one in `bars` of the system file' : `name one of ${names}`;
  return new RangeError(`expected a function with a memory BAR; ${node.id} has ${has}; ${remedy}`);
}

/**
 * The largest memory BAR of a function, the first of equal ones, since that is where devices with registers besides have
 * their memory (assumed). Throws RangeError for a function without a memory BAR, a bridge for one. Source: kernel-p2pdma,
 * section 2 (Linux `pcim_p2pdma_provider`, which knows no I/O BARs).
 */
export function providerMemory(system: System, provider: string): ProviderMemory {
  const node = nodeOf(system, provider);
  const bars = barsOf(node);
  if (bars === null) return { bar: null, address: null, bytes: null };
  const most = Math.max(...bars.filter(isMemory).map(({ size }) => size));
  const bar = bars.findIndex((each) => isMemory(each) && each.size === most);
  const found = bars[bar];
  if (found === undefined) throw withoutMemory(system, node);
  return { bar, address: found.address, bytes: found.size };
}
