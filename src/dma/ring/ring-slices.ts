import { type Bytes, bytes } from '../../units.ts';
import type { RingSpec } from './ring-spec.ts';

/** Of the data type of nccl-tests, float. */
const ELEMENT = 4;

/** A slice that a device sends, and what it waits for; numbers are of slices since the iteration began. */
export interface SliceTurn {
  /** From 0 to 2(N-1) - 1. */
  readonly step: number;
  /** How many its sender must have received; 0 in the first step, which sends the sender's own data. */
  readonly needs: number;
  /** How many its receiver must have sent until its slot is free; 0 in the last step, in which it is consumed as it comes. */
  readonly freedBy: number;
}

/** What every device of a ring sends in an iteration. */
export interface RingSlices {
  /** Of each slice. */
  readonly slice: Bytes;
  /** Slices that each round takes through all its steps, one round after the other. */
  readonly rounds: readonly number[];
  /** All slices, in the order in which they are sent. */
  readonly turns: readonly SliceTurn[];
}

/** The fewest parts of at most `limit` elements that are equal; the fewest of all where that takes more than twice as many. */
function partsOf(elements: number, limit: number): number {
  const least = Math.ceil(elements / limit);
  for (let parts = least; parts <= 2 * least; parts++) if (elements % parts === 0) return parts;
  return least;
}

/** Whole numbers that differ by one at most, with so many in all. */
const spread = (all: number, rounds: number): readonly number[] =>
  Array.from(
    { length: rounds },
    (_, i) => Math.floor(((i + 1) * all) / rounds) - Math.floor((i * all) / rounds),
  );

function turnsOf(rounds: readonly number[], steps: number): readonly SliceTurn[] {
  const turns: SliceTurn[] = [];
  for (const slices of rounds) {
    for (let i = 0; i < slices * steps; i++) {
      const step = Math.floor(i / slices);
      const number = turns.length;
      turns.push({
        step,
        needs: step === 0 ? 0 : number - slices + 1,
        freedBy: step === steps - 1 ? 0 : number + slices + 1,
      });
    }
  }
  return turns;
}

/**
 * How the data of a ring is cut: each device's share of 1/N into slices, all of one size of 4 B or more and none larger than a
 * slot. A share that is not of whole elements of 4 B, or not of equal slices, is made larger, by less than 4 B a slice.
 *
 * A round has slices for half the slots at most (NCCL src/include/collectives.h, ALLREDUCE_CHUNKSTEPS), and does all steps before
 * the next begins. A share in one piece would not do: where a step has as many slices as there are slots or more, all devices wait
 * for a slot that gets free when the next device sends the first slice of the next step, which that does when it has sent all of
 * this one. With fewer slices, s, than slots, b, no ring gets stuck. Take the first slice, n, that not all devices have sent: it
 * waits for slice n - s to come, which all have sent, and for the slot of slice n - b, which gets free when the next device
 * sends slice n - b + s, at most n - 1, which it has. So one slot is too few for anyone, and two are enough.
 */
export function ringSlices({ devices, size, buffer, slots }: RingSpec): RingSlices {
  const elements = Math.ceil(size / (ELEMENT * devices.length));
  const parts = partsOf(elements, Math.floor(buffer / slots / ELEMENT));
  const rounds = spread(parts, Math.ceil(parts / Math.max(1, Math.floor(slots / 2))));
  return {
    slice: bytes(ELEMENT * Math.ceil(elements / parts)),
    rounds,
    turns: turnsOf(rounds, 2 * (devices.length - 1)),
  };
}
