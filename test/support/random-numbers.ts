import * as fc from 'fast-check';
import type { Credits } from '../../src/system/part.ts';
import type { LinkSpeed, System } from '../../src/system/system.ts';
import { bytes, picoseconds } from '../../src/units.ts';
import { testRate, testScope } from './vector-system.ts';
import { type Changes, withParts } from './with-parts.ts';

const credits = (
  headers: readonly (number | null)[],
  data: readonly (number | null)[],
): fc.Arbitrary<Credits> =>
  fc.record({ headers: fc.constantFrom(...headers), data: fc.constantFrom(...data) });

const port = fc.record({
  skp: fc.constantFrom(0, 1 / 376),
  phyLatency: fc.constantFrom(0, 10_000, 40_000).map(picoseconds),
  updateLatency: fc.constantFrom(0, 50_000).map(picoseconds),
  dllp: fc.constantFrom({ kind: 'none' } as const, { kind: 'per-tlp', count: 1 } as const),
  credits: fc.record({
    posted: credits([null, 8, 127], [null, 64, 2032]),
    nonposted: credits([null, 4, 127], [null]),
    completion: credits([null, 8], [null, 64]),
  }),
});

const scope = fc
  .record({
    rate: fc.constantFrom(null, 20, 73).map((rate) => (rate === null ? null : testRate(rate))),
    latency: fc.constantFrom(0, 195_000).map(picoseconds),
    slots: fc.record({
      posted: fc.constantFrom(null, 16),
      nonposted: fc.constantFrom(null, 16),
      completion: fc.constantFrom(null, 16),
    }),
  })
  .map(testScope);

const scopes = fc.record({
  same_root_port: scope,
  same_host_bridge: scope,
  other_host_bridge: scope,
  other_socket: scope,
  socket_link: scope,
  soc_agent: scope,
  remote_memory: scope,
  memory: scope,
});

const dma = fc.record({
  writeChunk: fc.constantFrom(64, 256, 512).map(bytes),
  mps: fc.constantFrom(128, 256, 512).map(bytes),
  mrrs: fc.constantFrom(128, 512, 4096).map(bytes),
  tags: fc.constantFrom(4, 768),
  outstandingBytes: fc.constantFrom(null, bytes(16_384)),
  issueGap: fc.constantFrom(0, 3000, 50_000).map(picoseconds),
  copiesInFlight: fc.constantFrom(null, 1, 2),
});

const parts: fc.Arbitrary<Changes> = fc.record({
  port,
  switch: fc.record({
    latency: fc.constantFrom(0, 115_000).map(picoseconds),
    forwarding: fc.constantFrom('cut-through', 'store-and-forward'),
    ingressSpeedup: fc.constantFrom(null, 1),
  }),
  cpu: fc.record({
    scopes,
    rcb: fc.constantFrom(64, 128).map(bytes),
    completionChunk: fc.constant(bytes(256)),
  }),
  dma,
  completer: fc.record({ completionChunk: fc.constantFrom(128, 256).map(bytes) }),
});

const speed = fc.constantFrom<LinkSpeed>(
  { generation: 5, width: 16 },
  { generation: 4, width: 16 },
  { generation: 3, width: 4 },
);

/** Other numbers for all sockets but the first. */
function withOtherSockets(system: System, { port: numbers, cpu }: Changes): System {
  const [first, ...rest] = system.sockets;
  if (!first) return system;
  const changed = rest.map(({ id, part }) => ({
    id,
    part: { ...part, port: { ...part.port, ...numbers }, ...cpu },
  }));
  return { ...system, sockets: [first, ...changed] };
}

/** The machine with other numbers in all its parts, other ones in each further socket, and other speeds of its links. */
export const randomNumbers = (system: System): fc.Arbitrary<System> => {
  const ports = Object.values(system.nodes).filter(
    ({ kind }) => kind === 'root_port' || kind === 'switch_down',
  );
  const links = fc.record(Object.fromEntries(ports.map(({ id }) => [id, speed])));
  return fc
    .tuple(parts, parts, links)
    .map(([changes, others, speeds]) =>
      withOtherSockets(withParts(system, { ...changes, links: speeds }), others),
    );
};
