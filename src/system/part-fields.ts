import { field } from './fields.ts';
import {
  choice,
  count,
  credits,
  cutBoundary,
  dllpPolicy,
  family,
  headerDoubleWords,
  noneOr,
  rcb,
  share,
  speedup,
  unlimitedOr,
  updatePolicy,
} from './part-values.ts';
import { payloadSize, rate, size, time } from './quantities.ts';

const TIME = field(time);
const CREDIT = field(credits);
const CREDITS = { headers: CREDIT, data: CREDIT };

const PORT = {
  skp: field(share),
  phyLatency: TIME,
  dllp: field(dllpPolicy),
  flowControlScale: field(choice(1, 4, 16)),
  credits: { posted: CREDITS, nonposted: CREDITS, completion: CREDITS },
  updateLatency: TIME,
  updateFc: field(updatePolicy),
  replayBuffer: field(unlimitedOr(size, '"32 KiB"')),
};

/** Reach of the ordering rules. */
const ORDER = field(choice('ingress', 'egress'));

const SLOT = field(unlimitedOr(count, '92'));
const CHANNEL = {
  rate: field(unlimitedOr(rate, '"38 GB/s"')),
  latency: TIME,
  slots: { posted: SLOT, nonposted: SLOT, completion: SLOT },
};
const SCOPE = { write: CHANNEL, read: CHANNEL, carries: field(choice('all', 'writes')) };

/** Numbers of a switch; their names and types are those of `SwitchPart`. */
export const SWITCH_FIELDS = {
  port: PORT,
  latency: TIME,
  forwarding: field(choice('cut-through', 'store-and-forward')),
  ingressSpeedup: field(speedup),
  queues: field(choice('in-order', 'virtual-output')),
  order: ORDER,
  sharedBuffer: field(noneOr(size, '"64 KiB"')),
  weights: { upstream: field(count), downstream: field(count) },
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
    remote_memory: SCOPE,
    memory: SCOPE,
  },
  order: ORDER,
  recut: field(noneOr(cutBoundary, '"64 B"')),
  requesterId: field(choice('kept', 'replaced')),
  destinationChange: TIME,
  iommu: { entries: field(count), hitLatency: TIME, walkLatency: TIME, walks: field(count) },
  kernel: { interruptLatency: TIME, mapLatency: TIME, unmapLatency: TIME },
  memoryLatency: TIME,
  cacheLatency: TIME,
  rcb: field(rcb),
  completionChunk: field(size),
  shortReads: field(noneOr(size, '"256 B"')),
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
    writeGap: TIME,
    writeSetup: TIME,
    landing: { latency: TIME, rate: field(unlimitedOr(rate, '"7.5 GB/s"')) },
    copiesInFlight: field(unlimitedOr(count, '1')),
    granularity: field(size),
    order: field(choice('round-robin', 'random')),
  },
  ats: { entries: field(noneOr(count, '64')) },
  table: { faultLatency: TIME, fillLatency: TIME, zapLatency: TIME },
  completer: { latency: TIME, completionChunk: field(size) },
};
