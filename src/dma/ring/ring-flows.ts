import { bytes } from '../../units.ts';
import { type FlowSpec, flowSpec } from '../flow-spec.ts';
import { ringSlices } from './ring-slices.ts';
import type { RingSpec } from './ring-spec.ts';

/** The device after that of this number, to which it sends. */
export const successor = ({ devices }: RingSpec, number: number): string =>
  devices[(number + 1) % devices.length] as string;

/** Ids of the flows of a ring's edges, in the order of the devices that send. */
export const edgeFlows = (spec: RingSpec): readonly string[] =>
  spec.devices.map((device, i) => `${spec.id}/${device}>${successor(spec, i)}`);

/** The edges of a ring, whose transfers are slices; they go into the slots of the next device one after the other. */
export function ringFlows(spec: RingSpec): readonly FlowSpec[] {
  const { devices, iterations, op, asksKernel, slots } = spec;
  const { slice, turns } = ringSlices(spec);
  const ids = edgeFlows(spec);
  return devices.map((device, i) =>
    flowSpec({
      id: ids[i] as string,
      from: [device],
      to: [successor(spec, i)],
      op,
      size: slice,
      region: bytes(slice * Math.min(slots, turns.length)),
      transfers: turns.length * iterations,
      driven: true,
      asksKernel,
    }),
  );
}
