import { DATA_CREDIT_BYTES } from '../pcie/credits.ts';
import type { Channel } from '../routing/channel.ts';
import type { CpuPart, SwitchPart } from '../system/part.ts';
import { picoseconds } from '../units.ts';
import { carrierPace } from './carrier-pace.ts';
import type { EndpointPlan, FabricPlan, OutputPlan, PortPlan } from './plan.ts';

/** Where TLPs wait without latency and without order. */
const PLAIN: Omit<PortPlan, 'id'> = {
  latency: picoseconds(0),
  storeAndForward: false,
  readPsPerByte: 0,
  framing: 0,
  order: 'none',
  virtualOutputs: false,
  weight: 1,
  destinationChange: picoseconds(0),
  translation: null,
};

/** Data that a block of a shared buffer holds: that of one credit. */
const BLOCK = DATA_CREDIT_BYTES;

/** A channel and the ingress port at its far end. */
interface Direction {
  readonly channel: Channel;
  readonly port: number;
}

/** Collects the outputs and ports of a plan, and finds them by name. Numbers follow the order of adding. */
export class PlanBuilder {
  private readonly outputs: OutputPlan[] = [];
  private readonly ports: PortPlan[] = [];
  private readonly endpoints: EndpointPlan[] = [];
  private readonly outputNumbers = new Map<string, number>();
  private readonly endpointNumbers = new Map<string, number>();
  private readonly sharedBuffers = new Map<string, { readonly number: number; readonly blocks: number }>();

  private readonly translates: boolean;

  /** With `translates` there are IOMMUs where TLPs enter root complexes. */
  constructor(translates: boolean) {
    this.translates = translates;
  }

  build(): FabricPlan {
    const { outputs, ports, endpoints } = this;
    return {
      outputs,
      ports,
      endpoints,
      sharedBuffers: [...this.sharedBuffers.values()].map(({ blocks }) => blocks),
    };
  }

  /** Number of the output with this id; RangeError when the machine has none. */
  output(id: string): number {
    const number = this.outputNumbers.get(id);
    if (number === undefined) throw new RangeError(`the machine has no channel ${id} on this way`);
    return number;
  }

  /** Number of the endpoint with this id; RangeError when the machine has none. */
  endpoint(id: string): number {
    const number = this.endpointNumbers.get(id);
    if (number === undefined) throw new RangeError(`${id} is no device that can send or receive`);
    return number;
  }

  /** The ingress port of a switch at the far end of a link's channel. */
  addSwitchPort(
    id: string,
    { carrier, latency, storeAndForward }: Channel,
    part: SwitchPart,
    side: 'upstream' | 'downstream',
  ): number {
    const { ingressSpeedup: speedup, order, queues, weights } = part;
    const link = carrier.kind === 'link' ? carrier : null;
    return this.addPort({
      ...PLAIN,
      id,
      latency,
      storeAndForward,
      readPsPerByte: speedup === null || link === null ? 0 : 1e12 / (link.rate * speedup),
      framing: link?.framing ?? 0,
      order,
      virtualOutputs: queues === 'virtual-output',
      weight: weights[side],
    });
  }

  /** Where TLPs enter a root complex. */
  addRootPort(id: string, { order, destinationChange, iommu }: CpuPart): number {
    const translation = this.translates ? iommu : null;
    return this.addPort({ ...PLAIN, id, order, destinationChange, translation });
  }

  /** A port inside a root complex. */
  addInnerPort(id: string, { order }: CpuPart): number {
    return this.addPort({ ...PLAIN, id, order });
  }

  /** Where completions leave a memory: those for one device do not wait behind those for another. */
  addMemoryPort(id: string, { order }: CpuPart): number {
    return this.addPort({ ...PLAIN, id, order, virtualOutputs: true });
  }

  /** Where TLPs end. */
  addEnd(id: string): number {
    return this.addPort({ ...PLAIN, id });
  }

  /** Queues of an endpoint that sends through the output with this id, and receives at `sinkPort`. */
  addEndpoint(id: string, output: string, sinkPort: number): void {
    const dmaPort = this.addEnd(`${id} DMA`);
    const completerPort = this.addEnd(`${id} completer`);
    this.endpointNumbers.set(id, this.endpoints.length);
    this.endpoints.push({ id, output: this.output(output), dmaPort, completerPort, sinkPort, atsPort: -1 });
  }

  /** An endpoint that only answers, through the output with this id. */
  addAgent(id: string, output: string, sinkPort: number): void {
    const completerPort = this.addEnd(`${id} completer`);
    this.endpointNumbers.set(id, this.endpoints.length);
    this.endpoints.push({
      id,
      output: this.output(output),
      dmaPort: -1,
      completerPort,
      sinkPort,
      atsPort: -1,
    });
  }

  /** The queue of an endpoint's Translation Requests. */
  addAts(id: string): void {
    const number = this.endpoint(id);
    const atsPort = this.addEnd(`${id} ATS`);
    this.endpoints[number] = { ...(this.endpoints[number] as EndpointPlan), atsPort };
  }

  /** Both channels of a link: the receiver of each sends its DLLPs on the other. */
  addLink(down: Direction, up: Direction): void {
    const number = this.outputs.length;
    this.addOutput(down, number + 1);
    this.addOutput(up, number);
  }

  /** A channel inside a root complex. */
  addInnerChannel(channel: Channel, port: number): void {
    this.addOutput({ channel, port }, -1);
  }

  private addPort(port: PortPlan): number {
    this.ports.push(port);
    return this.ports.length - 1;
  }

  private addOutput({ channel, port }: Direction, reverse: number): void {
    const { id, carrier, flight, credits, creditReturn, updatePeriod, replay } = channel;
    this.outputNumbers.set(id, this.outputs.length);
    this.outputs.push({
      id,
      flight,
      port,
      credits,
      creditReturn,
      updatePeriod,
      replay,
      reverse,
      sharedBuffer: this.sharedBuffer(channel),
      ...carrierPace(carrier),
    });
  }

  private sharedBuffer({ sharedBuffer: shared }: Channel): number {
    if (shared === null) return -1;
    const known = this.sharedBuffers.get(shared.chip);
    if (known) return known.number;
    const number = this.sharedBuffers.size;
    this.sharedBuffers.set(shared.chip, { number, blocks: Math.floor(shared.size / BLOCK) });
    return number;
  }
}
