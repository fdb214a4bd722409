import { parse } from 'yaml';
import { flowSpec, type FlowSpec } from '../../../src/dma/flow-spec.ts';
import { planFlows } from '../../../src/dma/plan-flows.ts';
import { type RunPlan, runPlan } from '../../../src/dma/run-plan.ts';
import { assemble } from '../../../src/fabric/assemble.ts';
import { loadSystem } from '../../../src/node/load-system.ts';
import type { Generation, Width } from '../../../src/pcie/generation.ts';
import { type Ports, setIommu, setLink, withBitErrorRate, withRedirect } from '../../../src/system/edit.ts';
import type { IommuMode, LinkSpeed, System, SystemNode } from '../../../src/system/system.ts';
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
  /** Speed that all links of the machine are capable of, and run at; their own unless given. */
  readonly all_links?: { readonly gen: Generation; readonly width: Width };
  /** Bit-error rates of links, by port or child. */
  readonly bit_errors?: Readonly<Record<string, number>>;
  readonly iommu?: { readonly mode: IommuMode; readonly pages?: string };
  /** Other numbers for a part, by its name, wherever it is used. */
  readonly parts?: Readonly<Record<string, Changes>>;
  readonly flows: readonly FlowEntry[];
}

interface FlowEntry {
  readonly id: string;
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  readonly op: 'write' | 'read' | 'atomic';
  readonly size: string;
  readonly region?: string;
  readonly access?: 'sequential' | 'random';
  readonly cached?: boolean;
  readonly transfers: number;
  readonly depth?: number;
  readonly rate?: string;
  readonly spread?: 'transfer' | 'request';
  readonly start?: string;
  readonly relaxed_ordering?: boolean;
  readonly id_based_ordering?: boolean;
}

/** A scenario ready to run. */
export interface Scenario {
  readonly about: string;
  readonly plan: RunPlan;
  readonly seed: string;
}

const list = (ends: string | readonly string[]): readonly string[] =>
  typeof ends === 'string' ? [ends] : ends;

function specOf(entry: FlowEntry): FlowSpec {
  const { from, to, size, region, rate, start, relaxed_ordering, id_based_ordering, ...rest } = entry;
  return flowSpec({
    ...rest,
    from: list(from),
    to: list(to),
    size: parseBytes(size),
    region: region === undefined ? null : parseBytes(region),
    rate: rate === undefined ? null : parseRate(rate),
    start: start === undefined ? picoseconds(0) : parseTime(start),
    relaxedOrdering: relaxed_ordering ?? false,
    idBasedOrdering: id_based_ordering ?? false,
  });
}

/** The machine with links that are all capable of a speed, and run at it. */
function withAllLinks(system: System, { gen, width }: { gen: Generation; width: Width }): System {
  const speed: LinkSpeed = { generation: gen, width };
  const nodes = Object.entries(system.nodes).map(([id, node]): [string, SystemNode] => [
    id,
    'link' in node ? { ...node, link: { ...node.link, capability: speed, current: speed } } : node,
  ]);
  return { ...system, nodes: Object.fromEntries(nodes) };
}

function systemOf({
  system: name,
  redirect,
  all_links,
  links = {},
  bit_errors = {},
  iommu,
  parts = {},
}: Entry): System {
  let system = withNumbers(loadSystem(name), parts);
  if (all_links !== undefined) system = withAllLinks(system, all_links);
  for (const [port, { gen, width }] of Object.entries(links)) {
    system = setLink(system, port, { generation: gen, width });
  }
  for (const [port, rate] of Object.entries(bit_errors)) system = withBitErrorRate(system, port, rate);
  if (iommu !== undefined) system = setIommu(system, iommu.mode, parseBytes(iommu.pages ?? '4 KiB'));
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
