import * as fc from 'fast-check';
import { type FlowControlScale, maxDataCredits } from '../../src/pcie/credits.ts';
import type { TlpClass } from '../../src/pcie/tlp-class.ts';
import type {
  Credits,
  DllpPolicy,
  UpdatePolicy,
  EndpointPart,
  PortNumbers,
  Scope,
  ScopeChannel,
} from '../../src/system/part.ts';
import { bytes, bytesPerSecond, type Picoseconds, picoseconds } from '../../src/units.ts';
import { testCpu, testEndpoint, testSwitch } from './vector-system.ts';

/** Largest MPS of the random parts, in bytes; every buffer has room for one such TLP. */
const MPS = 256;

/** One of the choices, in ps, or anything up to the largest of them. */
export const randomTime = (...choices: readonly number[]): fc.Arbitrary<Picoseconds> =>
  fc.oneof(fc.constantFrom(...choices), fc.nat(Math.max(...choices))).map((value) => picoseconds(value));

/** `a` in half of the cases. */
export const either = <A, B>(a: A, b: fc.Arbitrary<B>): fc.Arbitrary<A | B> =>
  fc.oneof<fc.Arbitrary<A | B>[]>(fc.constant(a), b);

const classes = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<Record<TlpClass, T>> =>
  fc.record({ posted: of, nonposted: of, completion: of });

/** Few, or now and then the most that can be advertised. */
const credits = (scale: FlowControlScale): fc.Arbitrary<Credits> =>
  fc.record({
    headers: either(null, fc.integer({ min: 1, max: 6 })),
    data: fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 3, arbitrary: fc.integer({ min: MPS / 16, max: (4 * MPS) / 16 }) },
      { weight: 1, arbitrary: fc.constant(maxDataCredits(scale)) },
    ),
  });

const dllp: fc.Arbitrary<DllpPolicy> = fc.oneof(
  fc.constant<DllpPolicy>({ kind: 'none' }),
  fc.constantFrom(0.3, 1, 4).map((count): DllpPolicy => ({ kind: 'per-tlp', count })),
  fc.constantFrom(64, 127).map((ps): DllpPolicy => ({ kind: 'time-per-tlp', time: picoseconds(ps) })),
  fc.constant<DllpPolicy>({ kind: 'specification-limit' }),
);

const ofScale = (flowControlScale: FlowControlScale) =>
  fc.record({ flowControlScale: fc.constant(flowControlScale), credits: classes(credits(flowControlScale)) });

const unscaled = {
  skp: fc.constantFrom(0, 1 / 376),
  phyLatency: randomTime(0, 5000, 10_000),
  dllp,
  updateLatency: randomTime(0, 3000, 50_000),
  updateFc: fc.oneof(
    fc.constant<UpdatePolicy>({ kind: 'at-once' }),
    fc.constant<UpdatePolicy>({ kind: 'specification-limit' }),
    fc.constantFrom(4000, 40_000).map((ps): UpdatePolicy => ({ kind: 'period', period: picoseconds(ps) })),
  ),
  replayBuffer: either(null, fc.integer({ min: MPS + 24, max: 2048 }).map(bytes)),
};

const port: fc.Arbitrary<PortNumbers> = fc
  .constantFrom<FlowControlScale[]>(1, 4, 16)
  .chain((scale) => fc.tuple(fc.record(unscaled), ofScale(scale)))
  .map(([numbers, scaled]) => ({ ...numbers, ...scaled }));

const endpointPort: fc.Arbitrary<PortNumbers> = port.map((numbers) => ({
  ...numbers,
  credits: { ...numbers.credits, completion: { headers: null, data: null } },
}));

/** Parts whose latencies may be zero and whose buffers are small, but have room for a TLP of the largest payload. */
export const randomSwitch = fc
  .record({
    port,
    latency: randomTime(0, 115_000),
    forwarding: fc.constantFrom('cut-through' as const, 'store-and-forward' as const),
    ingressSpeedup: fc.constantFrom(null, 1, 1.5, 2),
    queues: fc.constantFrom('in-order' as const, 'virtual-output' as const),
    order: fc.constantFrom('ingress' as const, 'egress' as const),
    sharedBuffer: either(null, fc.integer({ min: 512, max: 2048 }).map(bytes)),
    weights: fc.record({
      upstream: fc.integer({ min: 1, max: 3 }),
      downstream: fc.integer({ min: 1, max: 3 }),
    }),
  })
  .map(testSwitch);

const dma = fc.record<EndpointPart['dma']>({
  writeChunk: fc.constantFrom(64, 128, 256).map(bytes),
  headerDoubleWords: fc.constantFrom(3, 4),
  mps: fc.constantFrom(128, MPS).map(bytes),
  mrrs: fc.constantFrom(128, 256, 512, 4096).map(bytes),
  tags: fc.integer({ min: 1, max: 8 }),
  outstandingBytes: either(null, fc.constantFrom(4096, 5000).map(bytes)),
  issueGap: randomTime(0, 1, 20_000),
  writeGap: randomTime(0, 1, 30_000),
  writeSetup: randomTime(0, 1, 5000),
  landing: fc.record({
    latency: randomTime(0, 1, 30_000),
    rate: either(null, fc.constant(bytesPerSecond(7.5e9))),
  }),
  copiesInFlight: fc.constantFrom(1, null, 2, 3),
  granularity: fc.constantFrom(64, 300, 1024, 4096).map(bytes),
  order: fc.constantFrom('round-robin' as const, 'random' as const),
});

const completer = fc.record({
  latency: randomTime(0, 100_000, 405_000),
  completionChunk: fc.constantFrom(128, 256).map(bytes),
});

const ats = fc.record({ entries: either(null, fc.integer({ min: 1, max: 4 })) });

export const randomEndpoint = fc
  .record({ port: endpointPort, dma, ats, completer })
  .map((numbers) => testEndpoint({ kind: 'other', ...numbers }));

const scopeChannel: fc.Arbitrary<ScopeChannel> = fc.record({
  rate: either(
    null,
    fc.constantFrom(5, 22, 60).map((rate) => bytesPerSecond(rate * 1e9)),
  ),
  latency: randomTime(0, 50_000, 195_000),
  slots: classes(either(null, fc.integer({ min: 1, max: 4 }))),
});
const scope: fc.Arbitrary<Scope> = fc.record({
  write: scopeChannel,
  read: scopeChannel,
  carries: fc.constant('all' as const),
});

export const randomCpu = fc
  .record({
    port,
    order: fc.constantFrom('ingress' as const, 'egress' as const),
    recut: either(null, fc.constantFrom(64, 128).map(bytes)),
    requesterId: fc.constantFrom('kept' as const, 'replaced' as const),
    destinationChange: randomTime(0, 0, 100_000),
    iommu: fc.record({
      entries: fc.integer({ min: 1, max: 4 }),
      hitLatency: randomTime(0, 5000),
      walkLatency: randomTime(0, 280_000),
      walks: fc.integer({ min: 1, max: 2 }),
    }),
    memoryLatency: randomTime(0, 200_000),
    cacheLatency: randomTime(0, 100_000),
    scopes: fc.record({
      same_root_port: scope,
      same_host_bridge: scope,
      other_host_bridge: scope,
      other_socket: scope,
      socket_link: scope,
      soc_agent: scope,
      remote_memory: scope,
      memory: scope,
    }),
  })
  .map(testCpu);
