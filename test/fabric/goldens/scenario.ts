import { parse } from 'yaml';
import { flowSpec, type FlowSpec } from '../../../src/dma/flow-spec.ts';
import { planFlows } from '../../../src/dma/plan-flows.ts';
import { type RunPlan, runPlan } from '../../../src/dma/run-plan.ts';
import { assemble } from '../../../src/fabric/assemble.ts';
import { loadSystem } from '../../../src/node/load-system.ts';
import type { Generation, Width } from '../../../src/pcie/generation.ts';
import { type Ports, setLink, withRedirect } from '../../../src/system/edit.ts';
import type { System } from '../../../src/system/system.ts';
import { parseBytes, parseRate, parseTime, picoseconds } from '../../../src/units.ts';
import { loadKernel } from '../../support/kernel-files.ts';
import { type Changes, withNumbers } from './with-numbers.ts';

/** A scenario as written in a file of this folder. */
interface Entry {
  readonly about: string;
  /** Name of a system in `models/systems`. */
  readonly system: string;
  readonly seed: string;
  /** Ports with redirect; none unless given. */
  readonly redirect?: Ports;
  /** Links at another speed, by port or child. */
  readonly links?: Readonly<Record<string, { readonly gen: Generation; readonly width: Width }>>;
  /** Other numbers for a part, by its name, wherever it is used. */
  readonly parts?: Readonly<Record<string, Changes>>;
  readonly flows: readonly FlowEntry[];
}

interface FlowEntry {
  readonly id: string;
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  readonly op: 'write' | 'read';
  readonly size: string;
  readonly transfers: number;
  readonly depth?: number;
  readonly rate?: string;
  readonly spread?: 'transfer' | 'request';
  readonly start?: string;
  readonly relaxed_ordering?: boolean;
}

/** A scenario ready to run. */
export interface Scenario {
  readonly about: string;
  readonly plan: RunPlan;
  readonly seed: string;
}

const list = (ends: string | readonly string[]): readonly string[] =>
  typeof ends === 'string' ? [ends] : ends;

function specOf({ from, to, size, rate, start, relaxed_ordering, ...rest }: FlowEntry): FlowSpec {
  return flowSpec({
    ...rest,
    from: list(from),
    to: list(to),
    size: parseBytes(size),
    rate: rate === undefined ? null : parseRate(rate),
    start: start === undefined ? picoseconds(0) : parseTime(start),
    relaxedOrdering: relaxed_ordering ?? false,
  });
}

function systemOf({ system: name, redirect, links = {}, parts = {} }: Entry): System {
  let system = withNumbers(loadSystem(name), parts);
  for (const [port, { gen, width }] of Object.entries(links)) {
    system = setLink(system, port, { generation: gen, width });
  }
  return redirect === undefined ? system : withRedirect(system, redirect);
}

/** Plans a scenario from its text; Error where a flow is refused. */
export function readScenario(text: string): Scenario {
  const entry = parse(text) as Entry;
  const system = systemOf(entry);
  const assembly = assemble(system);
  const context = { system, profile: loadKernel('linux-7.3'), assembly };
  const { accepted, refused, engines } = planFlows(context, entry.flows.map(specOf));
  for (const { spec, reason } of refused) throw new Error(`flow ${spec.id} is refused: ${reason}`);
  const plan = runPlan(
    assembly.plan,
    accepted.map((flow) => flow.plan),
    engines,
  );
  return { about: entry.about, plan, seed: entry.seed };
}
