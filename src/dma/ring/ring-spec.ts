import { type Bytes, bytes } from '../../units.ts';

/**
 * An all-reduce by a ring of devices, each of which sends to the next and the last to the first. Its data goes round in 2(N-1)
 * steps, reduce-scatter and then all-gather, of 1/N of the size each; in a step a device sends on what it received in the one
 * before. It is pipelined in slices as by NCCL's protocol Simple: every device has a buffer for what comes from the one before,
 * in slots, of which a sender needs a free one. A slot is free again when its device has sent the content on, or consumed it in
 * the last step. Sources: NCCL documentation, NCCL_BUFFSIZE (4 MiB); NCCL src/include/device.h, NCCL_STEPS (8), each a slot. NCCL's
 * all-reduce moves two of them at a time (src/include/collectives.h, ALLREDUCE_SLICESTEPS), as `slots: 4` would, and has a buffer
 * for each of its channels.
 *
 * The arithmetic, the launch of kernels, and the flags that tell of data and of free slots take no time.
 */
export interface RingSpec {
  readonly id: string;
  /** In the order of the ring; two or more. */
  readonly devices: readonly string[];
  /** Of the data that each device has, `size` of nccl-tests. */
  readonly size: Bytes;
  /** All-reduces one after the other: all devices begin one when the last has ended the one before. */
  readonly iterations: number;
  /** `write`: each device writes to the next; `read`: the next reads from it. */
  readonly op: 'write' | 'read';
  readonly asksKernel: boolean;
  /** All slots of a device. */
  readonly buffer: Bytes;
  /** Two or more: see `ringSlices`. */
  readonly slots: number;
}

/** What a ring must say; the rest has defaults: one all-reduce by writes that the kernel allows, and the buffer of NCCL. */
export type RingRequest = Pick<RingSpec, 'id' | 'devices' | 'size'> & Partial<RingSpec>;

const NCCL_BUFFER = { buffer: bytes(4 << 20), slots: 8 } as const;

/** A whole ring from what must be said. Throws RangeError for one that cannot be. */
export function ringSpec(request: RingRequest): RingSpec {
  const spec: RingSpec = { iterations: 1, op: 'write', asksKernel: true, ...NCCL_BUFFER, ...request };
  const [problem] = problems(spec);
  if (problem !== undefined) throw new RangeError(`ring ${spec.id} ${problem}`);
  return spec;
}

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;

function problems({ devices, size, iterations, buffer, slots }: RingSpec): readonly string[] {
  const twice = devices.find((device, i) => devices.indexOf(device) < i);
  const count = devices.length === 1 ? '1 device' : `${devices.length} devices`;
  const room = slots === 1 ? '1 slot' : `${slots} slots`;
  return [
    ...(devices.length < 2 ? [`has ${count}; expected two or more`] : []),
    ...(twice === undefined ? [] : [`has ${twice} twice; expected each device once`]),
    ...(isCount(size, 1) ? [] : [`reduces ${size} B; expected whole bytes, one or more`]),
    ...(isCount(iterations, 1) ? [] : [`has ${iterations} iterations; expected one or more`]),
    ...(isCount(slots, 2)
      ? []
      : [`has ${room} at each device; expected two or more, or nobody can send what is received`]),
    ...(buffer >= 4 * slots ? [] : [`has buffers of ${buffer} B for ${room}; expected 4 B or more for each`]),
  ];
}
