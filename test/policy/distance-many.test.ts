import { describe, expect, test } from 'vitest';
import { clientFunction } from '../../src/policy/client-function.ts';
import { distanceMany } from '../../src/policy/distance-many.ts';
import { P2pMemory } from '../../src/policy/p2p-memory.ts';
import { withoutRedirect } from '../../src/system/edit.ts';
import fixture from '../fixtures/provider-selection.json' with { type: 'json' };
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { vectorSystem } from '../support/vector-system.ts';

const KERNEL = loadKernel('linux-7.3');
const systemOf = (topology: string) => vectorSystem(vectorFixture(topology));
const registered = (...providers: readonly string[]): P2pMemory =>
  providers.reduce((memory, id) => memory.register(id, { published: true }), new P2pMemory(KERNEL));

/** What is asked of a memory of map types. */
class Listening extends P2pMemory {
  readonly asked: string[] = [];

  override ask(...[system, provider, client]: Parameters<P2pMemory['ask']>) {
    this.asked.push(client);
    return super.ask(system, provider, client);
  }
}

test('all 12 selection vectors are in the fixture', () => {
  const { sums, choices, clients, unregistered, stale } = fixture;
  const ids = [...sums, ...choices, ...clients, unregistered, stale].map(({ id }) => id);
  expect(ids).toEqual(Array.from({ length: 12 }, (_, i) => `S${String(i + 1).padStart(2, '0')}`));
});

describe('the sum of distances', () => {
  test.each(fixture.sums)('$id: $title', ({ topology, provider, clients, distance }) => {
    expect(distanceMany(registered(provider), systemOf(topology), { provider, clients })).toBe(distance);
  });

  const POISONED = { provider: 'A', clients: ['A', 'B', 'A'] };

  test('is given up at the first refused client', () => {
    const memory = new Listening(KERNEL);
    expect(distanceMany(memory, systemOf('2rp-client'), POISONED)).toBe(-1);
    expect(memory.asked).toEqual(['A', 'B']);
  });

  test('is still -1 when asked verbosely, but all clients are visited', () => {
    const memory = new Listening(KERNEL);
    expect(distanceMany(memory, systemOf('2rp-client'), { ...POISONED, verbose: true })).toBe(-1);
    expect(memory.asked).toEqual(['A', 'B', 'A']);
  });

  test.each([false, true])('ends at a client that is no PCI device, verbose or not (%s)', (verbose) => {
    const memory = new Listening(KERNEL);
    const clients = ['A', { device: 'serial8250', parents: ['platform'] }, 'B'];
    expect(distanceMany(memory, systemOf('sw'), { provider: 'A', clients, verbose })).toBe(-1);
    expect(memory.asked).toEqual(['A']);
  });

  test('complains of a client that the system does not have', () => {
    const [memory, question] = [registered('A'), { provider: 'A', clients: ['Z'] }];
    expect(() => distanceMany(memory, systemOf('sw'), question)).toThrow(/"Z" is not in system/);
  });
});

describe('a client that is a device', () => {
  test.each(fixture.clients)('$id: $title', ({ topology, provider, client, ...expected }) => {
    const [system, memory] = [systemOf(topology), registered(provider)];
    expect(clientFunction(system, client)).toBe(expected.function);
    expect(distanceMany(memory, system, { provider, clients: [client] })).toBe(expected.distance);
    expect(memory.mapType(system, provider, client)).toBe(expected.mapType);
  });
});

describe('what is remembered of a provider', () => {
  const { unregistered, stale } = fixture;

  test('S11: nothing without registered memory: a distance, but no mapping', () => {
    const { topology, provider, client, distance, mapType } = unregistered;
    const [system, memory] = [systemOf(topology), new P2pMemory(KERNEL)];
    const sum = () => distanceMany(memory, system, { provider, clients: [client] });
    expect([sum(), memory.mapType(system, provider, client)]).toEqual([distance, mapType]);
    memory.register(provider, { published: false });
    const redirecting = systemOf('sw-dn1-rr');
    expect(memory.mapType(redirecting, provider, client)).toBe(stale.before);
  });

  test('S12: the map type outlives a change of ACS until the distance is asked for', () => {
    const { topology, provider, client, port, before, after } = stale;
    const [system, memory] = [systemOf(topology), registered(provider)];
    const changed = withoutRedirect(system, [port]);
    expect(memory.mapType(system, provider, client)).toBe(before);
    expect(memory.mapType(changed, provider, client)).toBe(before);
    expect(distanceMany(memory, changed, { provider, clients: [client] })).toBe(4);
    expect(memory.mapType(changed, provider, client)).toBe(after);
  });

  test('S12: and is gone when the driver of the provider unbinds', () => {
    const { topology, provider, client, port, before, after } = stale;
    const [system, memory] = [systemOf(topology), registered(provider)];
    expect(memory.mapType(system, provider, client)).toBe(before);
    memory.unbind(provider);
    const changed = withoutRedirect(system, [port]);
    expect(memory.mapType(changed, provider, client)).toBe('NOT_SUPPORTED');
    memory.register(provider, { published: false });
    expect(memory.mapType(changed, provider, client)).toBe(after);
  });
});
