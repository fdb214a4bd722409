import { describe, expect, it } from 'vitest';
import { ReadRequests } from '../../src/dma/read-requests.ts';
import { Transfers } from '../../src/dma/transfers.ts';

describe('a transfer', () => {
  it('ends with its last byte, at the latest arrival, in whatever order its TLPs arrive', () => {
    const transfers = new Transfers();
    const slot = transfers.start(0, 0, 50);
    transfers.cover(slot, 0, 1000);
    expect(transfers.arrive(slot, 256, 900)).toBe(false);
    expect(transfers.arrive(slot, 488, 1200)).toBe(false);
    expect(transfers.arrive(slot, 256, 1100)).toBe(true);
    expect(transfers.lastArrival[slot]).toBe(1200);
  });

  it('begins anew in the slot of one that has ended', () => {
    const transfers = new Transfers();
    const slot = transfers.start(3, 1, 10);
    transfers.cover(slot, 0, 512);
    transfers.issued[slot] = 20;
    transfers.address[slot] = 512;
    transfers.arrive(slot, 512, 40);
    transfers.release(slot);
    expect(transfers.start(4, -1, 30)).toBe(slot);
    transfers.cover(slot, 64, 256);
    const { flow, destination, address, toIssue, toArrive, wished, issued, lastArrival } = transfers;
    const columns = [flow, destination, address, toIssue, toArrive, wished, issued, lastArrival];
    expect(columns.map((column) => column[slot])).toEqual([4, -1, 64, 256, 256, 30, -1, 0]);
  });

  it('keeps its numbers when thousands of others are under way', () => {
    const transfers = new Transfers();
    const slots = Array.from({ length: 3000 }, (_, i) => {
      const slot = transfers.start(i, 0, i);
      transfers.cover(slot, 0, i + 1);
      return slot;
    });
    expect(new Set(slots).size).toBe(3000);
    expect(slots.every((slot, i) => transfers.flow[slot] === i && transfers.toArrive[slot] === i + 1)).toBe(
      true,
    );
    transfers.reset();
    expect(transfers.start(0, 0, 0)).toBe(0);
  });
});

describe('a read request', () => {
  it('ends with its last byte', () => {
    const requests = new ReadRequests();
    const [slot, other] = [requests.start(7, 0, 4032, 512), requests.start(7, 0, 4544, 512)];
    expect([64, 256, 192].map((bytes) => requests.arrive(slot, bytes))).toEqual([false, false, true]);
    expect(requests.arrive(other, 256)).toBe(false);
  });

  it('begins anew in the slot of one that has ended', () => {
    const requests = new ReadRequests();
    const slot = requests.start(7, 2, 4032, 512);
    requests.arrive(slot, 64);
    requests.release(slot);
    expect(requests.start(8, 0, 128, 256)).toBe(slot);
    const { transfer, destination, address, bytes } = requests;
    expect([transfer, destination, address, bytes].map((column) => column[slot])).toEqual([8, 0, 128, 256]);
    expect(requests.arrive(slot, 256)).toBe(true);
  });

  it('keeps its numbers when thousands of others are under way', () => {
    const requests = new ReadRequests();
    const slots = Array.from({ length: 3000 }, (_, i) => requests.start(i, 0, 2 ** 40 + i, i + 1));
    expect(slots.every((slot, i) => requests.address[slot] === 2 ** 40 + i)).toBe(true);
    expect(slots.every((slot, i) => requests.arrive(slot, i + 1))).toBe(true);
    requests.reset();
    expect(requests.start(0, 0, 0, 1)).toBe(0);
  });
});
