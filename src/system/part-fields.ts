import { field } from './fields.ts';
import {
  choice,
  count,
  credits,
  dllpPolicy,
  family,
  headerDoubleWords,
  rcb,
  share,
  speedup,
  unlimitedOr,
} from './part-values.ts';
import { payloadSize, rate, size, time } from './quantities.ts';

const TIME = field(time);
const CREDIT = field(credits);
const CREDITS = { headers: CREDIT, data: CREDIT };

const PORT = {
  skp: field(share),
  phyLatency: TIME,
  dllp: field(dllpPolicy),
  credits: { posted: CREDITS, nonposted: CREDITS, completion: CREDITS },
  updateLatency: TIME,
};

const SLOT = field(unlimitedOr(count, '92'));
const CHANNEL = {
  rate: field(unlimitedOr(rate, '"38 GB/s"')),
  latency: TIME,
  slots: { posted: SLOT, nonposted: SLOT, completion: SLOT },
};
const SCOPE = { write: CHANNEL, read: CHANNEL };

/** Numbers of a switch; their names and types are those of `SwitchPart`. */
export const SWITCH_FIELDS = {
  port: PORT,
  latency: TIME,
  forwarding: field(choice('cut-through', 'store-and-forward')),
  ingressSpeedup: field(speedup),
};

/** Numbers of a CPU's root complex; their names and types are those of `CpuPart`. */
export const CPU_FIELDS = {
  port: PORT,
  family: field(family),
  scopes: {
    same_root_port: SCOPE,
    same_host_bridge: SCOPE,
    other_host_bridge: SCOPE,
    other_socket: SCOPE,
    socket_link: SCOPE,
    soc_agent: SCOPE,
    memory: SCOPE,
  },
  memoryLatency: TIME,
  rcb: field(rcb),
  completionChunk: field(size),
};

/** Numbers of an endpoint; their names and types are those of `EndpointPart`. */
export const ENDPOINT_FIELDS = {
  port: PORT,
  dma: {
    writeChunk: field(size),
    headerDoubleWords: field(headerDoubleWords),
    mps: field(payloadSize),
    mrrs: field(payloadSize),
    tags: field(count),
    outstandingBytes: field(unlimitedOr(size, '"64 KiB"')),
    issueGap: TIME,
    copiesInFlight: field(unlimitedOr(count, '1')),
    granularity: field(size),
    order: field(choice('round-robin', 'random')),
  },
  completer: { latency: TIME, completionChunk: field(size) },
};
