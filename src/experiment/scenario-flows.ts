import type { FlowSpec } from '../dma/flow-spec.ts';
import type { Operation } from '../routing/transfer-spec.ts';
import { endpoints } from '../system/ancestry.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { picoseconds } from '../units.ts';
import type { Scenario } from './parse-scenario.ts';
import type { FlowEntry } from './scenario-schema.ts';
import { remedyFor } from './scenario-system.ts';

/** One name in `from` or `to`, and where it stands. */
interface End {
  readonly id: string;
  readonly path: DocumentPath;
}

const isMemory = (id: string): boolean => id.startsWith('mem:');

function endsOf(value: string | readonly string[], path: DocumentPath): readonly End[] {
  return typeof value === 'string'
    ? [{ id: value, path }]
    : value.map((id, i) => ({ id, path: [...path, i] }));
}

/** The names of a system's flows, and complaints about others. */
class EndCheck {
  private readonly scenario: Scenario;
  private readonly system: System;

  constructor(scenario: Scenario, system: System) {
    this.scenario = scenario;
    this.system = system;
  }

  known({ id, path }: End): void {
    const known = isMemory(id)
      ? this.system.sockets.map((socket) => `mem:${socket.id}`)
      : endpoints(this.system).map((node) => node.id);
    if (known.includes(id)) return;
    const bridge = Object.hasOwn(this.system.nodes, id);
    throw this.scenario.problem(path, {
      expected: `${isMemory(id) ? 'a memory' : 'a device'} of ${this.system.name}`,
      got: bridge ? `${id}, which is a port or a switch` : JSON.stringify(id),
      remedy: remedyFor(id, known),
    });
  }

  /** The end that issues the requests. */
  initiator([first, second]: readonly End[], op: Operation): void {
    const verb = op === 'read' ? 'read by its destination' : 'written by its source';
    if (second) {
      const remedy = 'make a flow for each';
      throw this.scenario.problem(second.path, {
        expected: `one device, as data is ${verb}`,
        got: 'several',
        remedy,
      });
    }
    if (first && isMemory(first.id)) {
      const remedy = `let the device do it: op: ${op === 'read' ? 'write' : 'read'}`;
      throw this.scenario.problem(first.path, {
        expected: `a device, as data is ${verb}`,
        got: first.id,
        remedy,
      });
    }
  }

  distinct(from: readonly End[], to: readonly End[]): void {
    const same = to.find(({ id }) => from.some((other) => other.id === id));
    if (!same) return;
    const remedy = 'choose another device';
    throw this.scenario.problem(same.path, {
      expected: 'two different ends',
      got: `${same.id} on both`,
      remedy,
    });
  }
}

const ids = (ends: readonly End[]): readonly string[] => ends.map(({ id }) => id);

/** Invalidations have a time from one to the next. */
function checkInvalidations(
  scenario: Scenario,
  { invalidate_every: every }: FlowEntry,
  path: DocumentPath,
): void {
  if (every !== 0) return;
  const remedy = 'write it like "20 us", or leave it away';
  throw scenario.problem([...path, 'invalidate_every'], { expected: 'a time above 0', remedy });
}

function flowOf(entry: FlowEntry, path: DocumentPath, check: EndCheck): Omit<FlowSpec, 'transfers'> {
  const { op = 'write' } = entry;
  const [from, to] = [endsOf(entry.from, [...path, 'from']), endsOf(entry.to, [...path, 'to'])];
  for (const end of [...from, ...to]) check.known(end);
  check.initiator(op === 'read' ? to : from, op);
  check.distinct(from, to);
  return {
    id: entry.id ?? `${ids(from).join('+')}>${ids(to).join('+')}`,
    from: ids(from),
    to: ids(to),
    op,
    size: entry.size,
    region: entry.region ?? null,
    access: entry.access ?? 'sequential',
    cached: entry.cached ?? false,
    depth: entry.depth ?? 1,
    rate: entry.rate ?? null,
    spread: entry.spread ?? 'transfer',
    start: entry.start ?? picoseconds(0),
    invalidateEvery: entry.invalidate_every ?? null,
    relaxedOrdering: entry.relaxed_ordering ?? false,
    idBasedOrdering: entry.id_based_ordering ?? false,
  };
}

/** Ids that were not given are told apart by a number. */
function distinctIds(flows: readonly FlowSpec[]): readonly FlowSpec[] {
  const seen = new Set<string>();
  return flows.map((flow) => {
    let id = flow.id;
    for (let n = 2; seen.has(id); n++) id = `${flow.id}#${n}`;
    seen.add(id);
    return { ...flow, id };
  });
}

/**
 * The flows of a scenario. Unless they say otherwise they write, one transfer at a time, and make as many transfers as are under
 * way at a time (`depth`), or in a run that ends at a time, as many as that allows. Throws ModelError for ends that are not of
 * the system or cannot do what is asked.
 */
export function scenarioFlows(scenario: Scenario, system: System): readonly FlowSpec[] {
  const check = new EndCheck(scenario, system);
  const timed = scenario.entry.until?.time !== undefined;
  const flows = scenario.entry.flows.map((entry, i) => {
    checkInvalidations(scenario, entry, ['flows', i]);
    const flow = flowOf(entry, ['flows', i], check);
    return { ...flow, transfers: entry.transfers ?? (timed ? null : flow.depth) };
  });
  return distinctIds(flows);
}
