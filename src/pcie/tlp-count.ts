import { nextCompletion, nextReadRequest, pieces } from './split.ts';

const PAGE = 4096;

/** A range of addresses; whole bytes. */
export interface AddressRange {
  readonly address: number;
  readonly size: number;
}

/** How a completer cuts its completions, in bytes. */
export interface CompletionRule {
  readonly rcb: number;
  readonly chunk: number;
}

/**
 * TLPs for a range, where `count` tells it for a range inside one 4 KiB page: nothing crosses pages, so each whole page is
 * alike and is counted once.
 */
function countByPage({ address, size }: AddressRange, count: (range: AddressRange) => number): number {
  const head = Math.min(size, Math.ceil(address / PAGE) * PAGE - address);
  const pages = Math.floor((size - head) / PAGE);
  const tail = size - head - pages * PAGE;
  const whole = pages > 0 ? pages * count({ address: 0, size: PAGE }) : 0;
  return count({ address, size: head }) + whole + count({ address: 0, size: tail });
}

/**
 * Number of requests into which a transfer is cut by `nextWriteChunk` or `nextReadRequest`; `limit` in bytes. Needs no more
 * time for a large transfer than for a small one.
 */
export const requestCount = (range: AddressRange, limit: number): number =>
  countByPage(range, ({ size }) => Math.ceil(size / limit));

/**
 * Number of completions for a whole read transfer that is cut by `mrrs` into requests, and each of these by the completer's
 * rule. Throws RangeError where the rule's chunk is below its RCB.
 */
export const completionCount = (range: AddressRange, mrrs: number, { rcb, chunk }: CompletionRule): number =>
  countByPage(range, ({ address, size }) => {
    const requests = pieces(address, size, (at, rest) => nextReadRequest(at, rest, mrrs));
    return requests.reduce(
      (sum, request) =>
        sum +
        pieces(request.address, request.size, (at, rest) => nextCompletion(at, rest, rcb, chunk)).length,
      0,
    );
  });
