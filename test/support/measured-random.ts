import * as fc from 'fast-check';
import type { FlowRequest } from '../../src/dma/flow-spec.ts';
import { bytesPerSecond, parseTime } from '../../src/units.ts';
import { withRedirect } from '../../src/system/edit.ts';
import type { System } from '../../src/system/system.ts';
import { flow } from './measured-run.ts';
import {
  type Below,
  device,
  type LinkText,
  measuredSystem,
  type Numbers,
  pcieSwitch,
} from './measured-system.ts';

/** A machine with any sane numbers in its parts, and a little traffic. */
export interface RandomRun {
  readonly system: System;
  readonly flows: readonly FlowRequest[];
  readonly seed: string;
}

/**
 * So many of the numbers that an arbitrary draws, the simplest first, to which failures shrink: parts take long to read, and
 * few of them in ever new places find as much.
 */
const pool = <T extends Numbers>(numbers: fc.Arbitrary<T>, count: number): fc.Arbitrary<Numbers> =>
  fc.constantFrom<Numbers[]>({}, ...fc.sample(numbers, { numRuns: count, seed: 7 }));

const time = (most: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: most }).map((ns) => `${ns} ns`);

const link: fc.Arbitrary<LinkText> = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, 2, 4, 8, 16))
  .map(([generation, width]) => `gen${generation}x${width}` as LinkText);

/** At least one payload of 512 B, the largest MPS that is drawn. */
const withData = fc.record({
  headers: fc.constantFrom(1, 2, 8, 32, 127),
  data: fc.constantFrom(32, 33, 64, 512, 2032),
});
const credits = fc.record({
  posted: withData,
  nonposted: fc.record({ headers: fc.constantFrom(1, 4, 32, 127), data: fc.constantFrom(1, 127) }),
  completion: withData,
});

const port = fc.record({
  skp: fc.constantFrom(0, '1/376'),
  phy_latency: time(20),
  dllp: fc.constantFrom('none', '0.3 per TLP', '1 per TLP', '2 per TLP', 'specification-limit'),
  credits,
  update_latency: time(50),
});

/** Devices must take completions without limit. */
const devicePort = port.map((numbers) => ({
  ...numbers,
  credits: { ...numbers.credits, completion: { headers: 'infinite', data: 'infinite' } },
}));

const deviceNumbers = pool(
  fc.record({
    port: devicePort,
    dma: fc.record({
      write_chunk: fc.constantFrom('64 B', '128 B', '200 B', '256 B', '512 B'),
      header_double_words: fc.constantFrom(3, 4),
      mps: fc.constantFrom('128 B', '256 B', '512 B'),
      mrrs: fc.constantFrom('128 B', '512 B', '4 KiB'),
      tags: fc.constantFrom(1, 2, 16, 256),
      outstanding_bytes: fc.constantFrom('unlimited', '4 KiB', '64 KiB'),
      issue_gap: time(30),
      copies_in_flight: fc.constantFrom<string | number>('unlimited', 1, 2),
      granularity: fc.constantFrom('64 B', '300 B', '4 KiB', '256 KiB'),
      order: fc.constantFrom('round-robin', 'random'),
    }),
    completer: fc.record({
      latency: time(500),
      completion_chunk: fc.constantFrom('128 B', '256 B', '512 B'),
    }),
  }),
  40,
);

const switchNumbers = pool(
  fc.record({
    port,
    latency: time(150),
    forwarding: fc.constantFrom('cut-through', 'store-and-forward'),
    ingress_speedup: fc.constantFrom<string | number>('unlimited', 1, 1.5, 4),
  }),
  20,
);

const slot = fc.constantFrom<string | number>('unlimited', 1, 3, 92);
const channel = fc.record({
  rate: fc.constantFrom('unlimited', '1 GB/s', '20 GB/s', '100 GB/s'),
  latency: time(200),
  slots: fc.record({ posted: slot, nonposted: slot, completion: slot }),
});
const scope = fc.record({ write: channel, read: channel });
const cpuNumbers = pool(
  fc.record({
    port,
    memory_latency: time(300),
    rcb: fc.constantFrom('64 B', '128 B'),
    completion_chunk: fc.constantFrom('128 B', '256 B', '512 B'),
    scopes: fc.record({
      same_root_port: scope,
      same_host_bridge: scope,
      other_host_bridge: scope,
      other_socket: scope,
      socket_link: scope,
      memory: scope,
    }),
  }),
  16,
);

/** A tree below a port: names are given later, in tree order. */
type Tree =
  | { readonly kind: 'device'; readonly link: LinkText; readonly numbers: Numbers }
  | {
      readonly kind: 'switch';
      readonly link: LinkText;
      readonly numbers: Numbers;
      readonly below: readonly Tree[];
    };

const leaf = fc.record({ kind: fc.constant('device' as const), link, numbers: deviceNumbers });
const switchOver = (below: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> =>
  fc.record({
    kind: fc.constant('switch' as const),
    link,
    numbers: switchNumbers,
    below: fc.array(below, { minLength: 1, maxLength: 3 }),
  });
const tree: fc.Arbitrary<Tree> = fc.oneof(
  { weight: 1, arbitrary: leaf },
  { weight: 3, arbitrary: switchOver(leaf) },
  { weight: 1, arbitrary: switchOver(fc.oneof(leaf, switchOver(leaf))) },
);

const machine = fc.record({
  sockets: fc.array(fc.record({ cpu: cpuNumbers, below: fc.array(tree, { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
  redirect: fc.boolean(),
});

class Naming {
  readonly devices: string[] = [];
  private switches = 0;

  place(placed: Tree): Below {
    if (placed.kind === 'device') {
      const id = `d${this.devices.length}`;
      this.devices.push(id);
      return device(id, placed.link, placed.numbers);
    }
    const id = `sw${this.switches++}`;
    return pcieSwitch(
      id,
      placed.link,
      placed.below.map((child) => this.place(child)),
      { numbers: placed.numbers },
    );
  }
}

/** One flow, its ends as numbers to be folded to those that the machine has. */
const wish = fc.record({
  read: fc.boolean(),
  initiator: fc.nat(),
  targets: fc.array(fc.nat(), { minLength: 1, maxLength: 3 }),
  size: fc.constantFrom(1, 64, 100, 256, 1000, 4096, 4100, 8192),
  transfers: fc.integer({ min: 1, max: 5 }),
  depth: fc.integer({ min: 1, max: 4 }),
  rate: fc.constantFrom(null, null, 0.1e9, 5e9),
  spread: fc.constantFrom('transfer' as const, 'request' as const),
  start: time(2000),
  relaxedOrdering: fc.boolean(),
});

type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never;

function request(
  wished: Wish,
  index: number,
  devices: readonly string[],
  memories: readonly string[],
): FlowRequest {
  const { read, size, transfers, depth, rate, spread, start, relaxedOrdering } = wished;
  const initiator = devices[wished.initiator % devices.length] as string;
  const others = [...devices.filter((id) => id !== initiator), ...memories];
  const targets = [...new Set(wished.targets.map((target) => others[target % others.length] as string))];
  const [from, to] = read ? [targets, [initiator]] : [[initiator], targets];
  return {
    ...flow('', '', size, { transfers, depth, spread, relaxedOrdering, start: parseTime(start) }),
    id: `f${index}`,
    from,
    to,
    op: read ? 'read' : 'write',
    rate: rate === null ? null : bytesPerSecond(rate),
  };
}

/** Machines of one or two sockets and up to some twenty devices; credits hold a payload at least, slots a TLP. */
export const randomRun: fc.Arbitrary<RandomRun> = fc
  .record({
    machine,
    wishes: fc.array(wish, { minLength: 1, maxLength: 5 }),
    seed: fc.string({ maxLength: 4 }),
  })
  .map(({ machine: { sockets, redirect }, wishes, seed }) => {
    const naming = new Naming();
    const placed = sockets.map(({ cpu, below }) => ({ cpu, below: below.map((each) => naming.place(each)) }));
    const system = measuredSystem(...placed);
    const memories = placed.map((_, i) => `mem:s${i}`);
    const requests = wishes.map((each, i) => request(each, i, naming.devices, memories));
    return {
      [fc.toStringMethod]: () => JSON.stringify({ sockets: placed, redirect, flows: requests, seed }),
      system: redirect ? withRedirect(system, 'all') : system,
      flows: requests,
      seed,
    };
  });
