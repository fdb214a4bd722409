import { PAGE, SUBSECTION } from '../dma/pages/page-map.ts';
import type { PagesClientSpec, PagesSpec } from '../dma/pages/pages-spec.ts';
import { providerMemory } from '../policy/provider-memory.ts';
import { endpoints, socketOf } from '../system/ancestry.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { PagesClientEntry, PagesEntry } from './pages-schema.ts';
import type { Scenario } from './parse-scenario.ts';
import { remedyFor } from './scenario-system.ts';

/** An entry of a scenario, where it stands, and what it may name. */
interface Place {
  readonly scenario: Scenario;
  readonly system: System;
  readonly entry: PagesEntry;
  readonly path: DocumentPath;
}

function checkKnown({ scenario, system }: Place, name: string, path: DocumentPath): void {
  const memory = name.startsWith('mem:');
  const known = memory ? system.sockets.map(({ id }) => `mem:${id}`) : endpoints(system).map(({ id }) => id);
  if (known.includes(name)) return;
  const expected = `a ${memory ? 'memory' : 'device'} of ${system.name}`;
  throw scenario.problem(path, { expected, got: JSON.stringify(name), remedy: remedyFor(name, known) });
}

/** ZONE_DEVICE wants whole subsections, and a pool is in a memory BAR. */
function checkPool({ scenario, system, entry, path }: Place): void {
  const { pool, provider } = entry;
  const problem = (expected: string, remedy: string) =>
    scenario.problem([...path, 'pool'], { expected, got: `${pool} B`, remedy });
  if (pool < SUBSECTION || pool % SUBSECTION !== 0)
    throw problem('a multiple of 2 MiB, for the kernel makes pages of no less', 'write it like "2 MiB"');
  const { bytes } = memoryOf({ scenario, system, entry, path });
  if (bytes !== null && pool > bytes)
    throw problem(`at most the ${bytes} B of the memory BAR of ${provider}`, 'lower it');
}

function memoryOf({ scenario, system, entry, path }: Place) {
  try {
    return providerMemory(system, entry.provider);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const expected = 'a device with a memory BAR';
    throw scenario.problem([...path, 'provider'], { expected, got: entry.provider, remedy: error.message });
  }
}

function checkClient(
  { scenario, entry: { pool, provider, remove } }: Place,
  client: PagesClientEntry,
  path: DocumentPath,
) {
  const problem = (key: keyof PagesClientEntry, expected: string, remedy: string) =>
    scenario.problem([...path, key], { expected, remedy });
  const { device, size, depth, rate, requests, leak } = client;
  const timed = scenario.entry.until?.time !== undefined;
  if (device === provider)
    throw problem('device', 'a device other than the provider', 'choose another device');
  if (Math.ceil(size / PAGE) * PAGE > pool)
    throw problem('size', `at most the pool's ${pool} B`, 'lower it, or raise the size of the pool');
  if (depth !== undefined && rate !== undefined)
    throw problem('depth', 'either depth (closed load) or rate (open load)', 'remove one of them');
  if (requests === undefined && !timed)
    throw problem(
      'requests',
      'the number of requests',
      'add it like requests: 1000, or end the run with until: { time: "1 ms" }',
    );
  if (leak === true && remove !== undefined && !timed)
    throw problem(
      'leak',
      'an end of the run, as an unbind waits for the page for ever',
      'add until: { time: "1 ms" }',
    );
}

function clientSpec(place: Place, client: PagesClientEntry, path: DocumentPath): PagesClientSpec {
  checkKnown(place, client.device, [...path, 'device']);
  checkClient(place, client, path);
  const { device, op = 'write', size, depth = 1, rate = null, requests = null, hold, leak = false } = client;
  const id = client.id ?? `${place.entry.id}:${device}`;
  return { id, device, op, size, depth, rate, requests, hold, start: client.start ?? picoseconds(0), leak };
}

function pagesSpec(place: Place): PagesSpec {
  const { entry, system, path } = place;
  const { id, provider, pool, remove = null, grace = picoseconds(0) } = entry;
  checkKnown(place, provider, [...path, 'provider']);
  checkPool(place);
  const fallback = entry.fallback ?? `mem:${socketOf(system, provider).id}`;
  checkKnown(place, fallback, [...path, 'fallback']);
  const clients = entry.clients.map((each, i) => clientSpec(place, each, [...path, 'clients', i]));
  return { id, provider, pool, fallback, remove, grace, clients };
}

/** The clients' ids, which name them in the results. */
function checkIds(specs: readonly PagesSpec[], scenario: Scenario): void {
  const seen = new Set<string>();
  for (const [p, { clients }] of specs.entries()) {
    for (const [c, { id }] of clients.entries()) {
      const [expected, remedy] = [`another id than ${id}`, 'give one of them an id of its own'];
      if (seen.has(id)) throw scenario.problem(['pages', p, 'clients', c], { expected, remedy });
      seen.add(id);
    }
  }
}

/**
 * The peer memory with pages of a scenario. Unless they say otherwise clients write, one request at a time, and what finds no
 * room goes to the memory of the provider's socket. Throws ModelError for names that are not of the system, pools that
 * the kernel cannot make and loads that make no sense.
 */
export function scenarioPages(scenario: Scenario, system: System): readonly PagesSpec[] {
  const { pages = [] } = scenario.entry;
  const specs = pages.map((entry, i) => pagesSpec({ scenario, system, entry, path: ['pages', i] }));
  checkIds(specs, scenario);
  return specs;
}
