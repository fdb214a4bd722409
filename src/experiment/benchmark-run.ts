import type { BenchmarkContext } from './benchmarks/protocol.ts';
import type { Scenario } from './parse-scenario.ts';
import type { RunResult } from './run-result.ts';
import type { ScenarioBenchmark } from './scenario-benchmark.ts';

/** Replays a benchmark; the result is that of its largest run, with the benchmark's value. Throws ModelError where it has none. */
export function benchmarkRun(
  { tool, benchmark, workload }: ScenarioBenchmark,
  context: BenchmarkContext,
  { problem }: Scenario,
): RunResult {
  const { about, unit, protocol } = benchmark;
  const outcome = protocol(workload, context);
  if (!('skipped' in outcome)) {
    const { run, value, scale } = outcome;
    return { ...run, benchmark: { tool, about, unit, value, scale } };
  }
  const { run, skipped } = outcome;
  if (run !== undefined) return { ...run, benchmark: { tool, about, unit, value: null, refused: skipped } };
  throw problem(['benchmark'], {
    expected: `what ${tool} can measure`,
    got: skipped,
    remedy: 'change the pairs',
  });
}
