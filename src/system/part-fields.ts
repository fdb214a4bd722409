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
import { orNone, SCALES } from './scale.ts';

const TIME = field(time, SCALES.whole);
/** Payloads are cut into whole double words. */
const CHUNK = field(size, SCALES.doubleWords);
const COUNT = field(count, SCALES.whole);
const CREDIT = field(credits, orNone(SCALES.whole));
const CREDITS = { headers: CREDIT, data: CREDIT };

const PORT = {
  skp: field(share, SCALES.share),
  phyLatency: TIME,
  dllp: field(dllpPolicy, SCALES.dllp),
  flowControlScale: field(choice(1, 4, 16)),
  credits: { posted: CREDITS, nonposted: CREDITS, completion: CREDITS },
  updateLatency: TIME,
  updateFc: field(updatePolicy, SCALES.updates),
  replayBuffer: field(unlimitedOr(size, '"32 KiB"'), orNone(SCALES.whole)),
};

/** Reach of the ordering rules. */
const ORDER = field(choice('ingress', 'egress'));

const SLOT = field(unlimitedOr(count, '92'), orNone(SCALES.whole));
const CHANNEL = {
  rate: field(unlimitedOr(rate, '"38 GB/s"'), orNone(SCALES.real)),
  latency: TIME,
  slots: { posted: SLOT, nonposted: SLOT, completion: SLOT },
};
const SCOPE = { write: CHANNEL, read: CHANNEL, carries: field(choice('all', 'writes')) };

/** Numbers of a switch; their names and types are those of `SwitchPart`. */
export const SWITCH_FIELDS = {
  port: PORT,
  latency: TIME,
  forwarding: field(choice('cut-through', 'store-and-forward')),
  ingressSpeedup: field(speedup, orNone(SCALES.speedup)),
  queues: field(choice('in-order', 'virtual-output')),
  order: ORDER,
  sharedBuffer: field(noneOr(size, '"64 KiB"'), orNone(SCALES.whole)),
  weights: { upstream: COUNT, downstream: COUNT },
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
  iommu: { entries: COUNT, hitLatency: TIME, walkLatency: TIME, walks: COUNT },
  kernel: { interruptLatency: TIME, mapLatency: TIME, unmapLatency: TIME },
  memoryLatency: TIME,
  cacheLatency: TIME,
  rcb: field(rcb),
  completionChunk: CHUNK,
  shortReads: field(noneOr(size, '"256 B"'), orNone(SCALES.whole)),
};

/** Numbers of an endpoint; their names and types are those of `EndpointPart`. */
export const ENDPOINT_FIELDS = {
  port: PORT,
  dma: {
    writeChunk: CHUNK,
    headerDoubleWords: field(headerDoubleWords),
    mps: field(payloadSize),
    mrrs: field(payloadSize),
    tags: COUNT,
    outstandingBytes: field(unlimitedOr(size, '"64 KiB"'), orNone(SCALES.whole)),
    issueGap: TIME,
    writeGap: TIME,
    writeSetup: TIME,
    landing: { latency: TIME, rate: field(unlimitedOr(rate, '"7.5 GB/s"'), orNone(SCALES.real)) },
    copiesInFlight: field(unlimitedOr(count, '1'), orNone(SCALES.whole)),
    granularity: CHUNK,
    order: field(choice('round-robin', 'random')),
  },
  ats: { entries: field(noneOr(count, '64'), orNone(SCALES.whole)) },
  table: { faultLatency: TIME, fillLatency: TIME, zapLatency: TIME },
  completer: { latency: TIME, completionChunk: CHUNK },
};
