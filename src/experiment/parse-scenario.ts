import type { DocumentPath, ModelError } from '../system/model-error.ts';
import { readDocument, type TypedDocument } from '../system/read-document.ts';
import { checkBenchmark } from './check-benchmark.ts';
import { checkStaged } from './check-staged.ts';
import { type FlowEntry, type ScenarioEntry, scenarioSchema } from './scenario-schema.ts';
import { MOST_BYTES } from './scenario-values.ts';

/** A scenario that is well formed; whether its names are those of a system is seen when it is resolved. */
export interface Scenario {
  readonly name: string;
  /** Path of the file, for messages and for systems beside it. */
  readonly file: string;
  readonly entry: ScenarioEntry;
  /** An error about the value at a place in the file. */
  readonly problem: TypedDocument<ScenarioEntry>['problem'];
}

type Problem = Scenario['problem'];

function checkLoad(flow: FlowEntry, path: DocumentPath, problem: Problem): void {
  if (flow.rate !== undefined && flow.depth !== undefined) {
    throw problem([...path, 'depth'], {
      expected: 'a rate (open load) or a depth (closed load)',
      got: 'both',
      remedy: 'remove one of the two',
    });
  }
  const total = flow.size * (flow.transfers ?? flow.depth ?? 1);
  if (total <= MOST_BYTES) return;
  const key = flow.transfers === undefined ? 'depth' : 'transfers';
  throw problem([...path, key], {
    expected: 'at most 1 TiB in all transfers of a flow',
    got: `${total} B`,
    remedy: 'lower it, or the size',
  });
}

function checkEnd(entry: ScenarioEntry, problem: Problem): void {
  const { until = { delivered: 'all' } } = entry;
  if ((until.delivered === undefined) === (until.time === undefined)) {
    const got = until.time === undefined ? 'neither' : 'both';
    throw problem(['until'], {
      expected: 'either delivered or time',
      got,
      remedy: 'write { delivered: all } or { time: "1 ms" }',
    });
  }
  if (until.time === 0) {
    throw problem(['until', 'time'], { expected: 'a time above 0', remedy: 'write it like "1 ms"' });
  }
  if (until.time !== undefined) return;
  for (const [i, flow] of entry.flows.entries()) checkEndless(flow, ['flows', i], problem);
}

function checkEndless(flow: FlowEntry, path: DocumentPath, problem: Problem): ModelError | void {
  if (flow.rate === undefined || flow.transfers !== undefined) return;
  const remedy = 'add it like transfers: 1000, or end the run with until: { time: "1 ms" }';
  throw problem([...path, 'transfers'], {
    expected: 'the number of transfers, as an open load has no end',
    got: 'nothing',
    remedy,
  });
}

function checkIds(flows: readonly FlowEntry[], problem: Problem): void {
  const seen = new Set<string>();
  for (const [i, { id }] of flows.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) {
      throw problem(['flows', i, 'id'], {
        expected: 'an id of its own for each flow',
        got: `"${id}" again`,
        remedy: 'rename one of them',
      });
    }
    seen.add(id);
  }
}

function checkAny({ flows, buffers = [], pages = [], benchmark }: ScenarioEntry, problem: Problem): void {
  if (benchmark !== undefined || flows.length + buffers.length + pages.length > 0) return;
  throw problem(['flows'], {
    expected: 'at least one flow, one of buffers or pages, or a benchmark',
    got: 'none',
    remedy: 'write it like flows: [{ from: gpu0, to: gpu1, size: 64 MiB }]',
  });
}

/** Reads a scenario file (DESIGN, section 7). Throws ModelError, with line and column, for whatever is wrong with it. */
export function parseScenario(text: string, file: string): Scenario {
  const { value: entry, problem } = readDocument(text, file, scenarioSchema, 'a scenario');
  checkAny(entry, problem);
  checkBenchmark(entry, problem);
  for (const [i, flow] of entry.flows.entries()) {
    checkLoad(flow, ['flows', i], problem);
    checkStaged(flow, ['flows', i], problem);
  }
  checkEnd(entry, problem);
  checkIds(entry.flows, problem);
  return { name: entry.scenario, file, entry, problem };
}
