import { benchmarkOf } from './benchmarks/benchmarks.ts';
import { isOfGroup } from './benchmarks/pattern.ts';
import type { BenchmarkEntry } from './benchmark-schema.ts';
import type { Scenario } from './parse-scenario.ts';
import type { ScenarioEntry } from './scenario-schema.ts';

type Problem = Scenario['problem'];

/** Keys of a scenario that cannot go with a benchmark, which says itself what runs and until when. */
const ALONE = ['buffers', 'pages', 'timeline', 'until'] as const;

function checkAlone(entry: ScenarioEntry, problem: Problem): void {
  const other = entry.flows.length > 0 ? 'flows' : ALONE.find((key) => entry[key] !== undefined);
  if (other === undefined) return;
  throw problem([other], {
    expected: `no ${other} beside a benchmark, which has the machine to itself`,
    remedy: 'remove it, or put it into a scenario of its own',
  });
}

/** Pairs or devices, by the tool's pattern; a partner's distance only where there is one. */
function checkEnds({ tool, pairs, devices, shift }: BenchmarkEntry, problem: Problem): void {
  const { pattern = 'pairs' } = benchmarkOf(tool) ?? {};
  const group = isOfGroup(pattern);
  const [given, other] = group ? ([pairs, 'pairs'] as const) : ([devices, 'devices'] as const);
  if (given !== undefined) {
    const remedy = group
      ? 'write devices: [gpu0, gpu1, gpu2], or leave both away for all GPUs'
      : 'write pairs';
    throw problem(['benchmark', other], { expected: `no ${other} for ${tool}`, got: other, remedy });
  }
  if (!group && (pairs === undefined || pairs.length === 0 || (pattern === 'pair' && pairs.length > 1))) {
    throw problem(['benchmark', 'pairs'], {
      expected: pattern === 'pair' ? `one pair for ${tool}` : `the pairs of ${tool}`,
      got: pairs === undefined ? 'nothing' : `${pairs.length} pairs`,
      remedy: 'write it like pairs: [[gpu0, gpu1]]',
    });
  }
  if (shift === undefined || pattern === 'shifted') return;
  throw problem(['benchmark', 'shift'], { expected: `no shift for ${tool}`, remedy: 'remove it' });
}

const LOAD = ['op', 'size', 'depth', 'window', 'access', 'cached', 'relaxed_ordering'] as const;

/** A key that means nothing to the tool. */
function checkLoad(entry: BenchmarkEntry, problem: Problem): void {
  const { heeds = [] } = benchmarkOf(entry.tool) ?? {};
  const other = LOAD.find((key) => entry[key] !== undefined && !heeds.includes(key));
  if (other === undefined) return;
  throw problem(['benchmark', other], {
    expected: `no ${other} for ${entry.tool}, which heeds ${heeds.join(', ')}`,
    remedy: 'remove it',
  });
}

/** What can be said of a benchmark without a system. Throws ModelError. */
export function checkBenchmark(entry: ScenarioEntry, problem: Problem): void {
  if (entry.benchmark === undefined) return;
  checkAlone(entry, problem);
  checkEnds(entry.benchmark, problem);
  checkLoad(entry.benchmark, problem);
}
