import { describe, expect, it } from 'vitest';
import { CopyTurns } from '../../src/dma/copy-turns.ts';
import { Transfers } from '../../src/dma/transfers.ts';

const WRITES = 2;
const READS = 3;

/** Two engines of which the second is tried; copies are numbered from 0 on. */
function engines(granularity: number, copies: number): CopyTurns {
  const transfers = new Transfers();
  const turns = new CopyTurns(transfers);
  turns.reset([64, granularity]);
  for (let i = 0; i < copies; i++) turns.add(WRITES, transfers.start(0, 0, 0));
  return turns;
}

/** The copies that so many requests come from, each of so many bytes. */
function requests(turns: CopyTurns, count: number, bytes = 256): readonly number[] {
  return Array.from({ length: count }, () => {
    const copy = turns.current(WRITES);
    turns.spend(WRITES, bytes);
    return copy;
  });
}

describe('copies in flight', () => {
  it('give requests in turn, each for as many bytes as the engine interleaves by', () => {
    expect(requests(engines(256, 3), 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    expect(requests(engines(512, 3), 7)).toEqual([0, 0, 1, 1, 2, 2, 0]);
    expect(requests(engines(1, 2), 4)).toEqual([0, 1, 0, 1]);
    expect(requests(engines(Infinity, 2), 4)).toEqual([0, 0, 0, 0]);
  });

  it('pass the turn with the request that goes over, and owe nothing for it', () => {
    expect(requests(engines(300, 2), 6)).toEqual([0, 0, 1, 1, 0, 0]);
    expect(requests(engines(300, 2), 4, 400)).toEqual([0, 1, 0, 1]);
  });

  it('that come later are behind all others', () => {
    const turns = engines(256, 2);
    expect(requests(turns, 1)).toEqual([0]);
    turns.add(WRITES, 7);
    expect(requests(turns, 6)).toEqual([1, 0, 7, 1, 0, 7]);
  });

  it('that have issued all leave, and the next has its whole turn', () => {
    const turns = engines(512, 3);
    expect(requests(turns, 3)).toEqual([0, 0, 1]);
    turns.removeCurrent(WRITES);
    expect(requests(turns, 5)).toEqual([2, 2, 0, 0, 2]);
    turns.removeCurrent(WRITES);
    turns.removeCurrent(WRITES);
    expect(turns.current(WRITES)).toBe(-1);
    turns.add(WRITES, 1);
    expect(requests(turns, 3)).toEqual([1, 1, 1]);
  });

  it('that read take turns apart from those that write, and engines apart from each other', () => {
    const turns = engines(256, 2);
    expect([turns.current(READS), turns.current(0)]).toEqual([-1, -1]);
    turns.add(READS, 5);
    expect(requests(turns, 3)).toEqual([0, 1, 0]);
    expect(turns.current(READS)).toBe(5);
    turns.removeCurrent(READS);
    expect([turns.current(READS), turns.current(WRITES)]).toEqual([-1, 1]);
  });
});
