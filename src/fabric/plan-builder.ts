import type { Carrier, Channel } from '../routing/channel.ts';
import { picoseconds } from '../units.ts';
import type { EndpointPlan, FabricPlan, OutputPlan, PortPlan } from './plan.ts';

/** Where TLPs wait without latency. */
const INNER: Omit<PortPlan, 'id' | 'ordered'> = {
  latency: picoseconds(0),
  storeAndForward: false,
  readPsPerByte: 0,
};

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

  build(): FabricPlan {
    return { outputs: this.outputs, ports: this.ports, endpoints: this.endpoints };
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

  /** The port at the far end of a link's channel; its buffer is read `speedup` times as fast as the link fills it. */
  addIngress(id: string, { carrier, latency, storeAndForward }: Channel, speedup: number | null): number {
    const readPsPerByte = speedup === null || carrier.kind !== 'link' ? 0 : 1e12 / (carrier.rate * speedup);
    return this.addPort({ id, latency, storeAndForward, readPsPerByte, ordered: true });
  }

  /** A port inside a root complex. */
  addInnerPort(id: string): number {
    return this.addPort({ ...INNER, id, ordered: true });
  }

  /** Queues of an endpoint that sends through the output with this id, and receives at `sinkPort`. */
  addEndpoint(id: string, output: string, sinkPort: number): void {
    const dmaPort = this.addPort({ ...INNER, id: `${id} DMA`, ordered: false });
    const completerPort = this.addPort({ ...INNER, id: `${id} completer`, ordered: false });
    this.endpointNumbers.set(id, this.endpoints.length);
    this.endpoints.push({ id, output: this.output(output), dmaPort, completerPort, sinkPort });
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
    const { id, carrier, flight, credits, creditReturn } = channel;
    this.outputNumbers.set(id, this.outputs.length);
    this.outputs.push({ id, flight, port, credits, creditReturn, reverse, ...pace(carrier) });
  }
}

type Pace = Pick<
  OutputPlan,
  'kind' | 'psPerWireByte' | 'psPerPayloadByte' | 'dllpBytesPerTlp' | 'dllpBytesPerWireByte'
>;

function pace(carrier: Carrier): Pace {
  if (carrier.kind === 'scope') {
    const psPerPayloadByte = carrier.rate === null ? 0 : 1e12 / carrier.rate;
    return { kind: 'scope', psPerWireByte: 0, psPerPayloadByte, dllpBytesPerTlp: 0, dllpBytesPerWireByte: 0 };
  }
  return {
    kind: 'link',
    psPerWireByte: 1e12 / (carrier.rate * (1 - carrier.skp)),
    psPerPayloadByte: 0,
    dllpBytesPerTlp: carrier.dllpBytes.perTlp,
    dllpBytesPerWireByte: carrier.dllpBytes.perWireByte,
  };
}
