import { ACCOUNTINGS } from '../../experiment/accounting.ts';
import { stagingFlows } from '../../dma/staging/staging-flows.ts';
import { BENCHMARKS } from '../../experiment/benchmarks/benchmarks.ts';
import { benchmarkRun } from '../../experiment/benchmark-run.ts';
import type { BenchmarkContext } from '../../experiment/benchmarks/protocol.ts';
import type { Scenario } from '../../experiment/parse-scenario.ts';
import { resolveScenario } from '../../experiment/resolve-scenario.ts';
import { runFiles } from '../../experiment/run-files.ts';
import type { RunResult } from '../../experiment/run-result.ts';
import { Runner, type RunRequest } from '../../experiment/runner.ts';
import { scenarioBenchmark } from '../../experiment/scenario-benchmark.ts';
import { runSensitivity } from '../../experiment/sensitivity/run-sensitivity.ts';
import type { Sensitivity } from '../../experiment/sensitivity/sensitivity.ts';
import { runText } from '../../report/run-text.ts';
import type { System } from '../../system/system.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, booted } from '../boot.ts';
import { KERNEL, OUTPUT, SENSITIVITY } from '../common-options.ts';
import { kernelOf, loadScenario, loadSystemOf } from '../load-scenario.ts';
import { deliveryProgress } from '../delivery-progress.ts';
import type { Invocation } from '../invocation.ts';
import { progressBar } from '../progress-bar.ts';
import { sayingOnce } from '../saying-once.ts';
import { UsageError } from '../usage-error.ts';
import { withSensitivity } from '../with-sensitivity.ts';

/** Progress counts what staged flows move, in either DMA. */
const withLegs = ({ flows, staged = [], ...request }: RunRequest): RunRequest => ({
  ...request,
  flows: [...flows, ...staged.flatMap(stagingFlows)],
});

/** A line for each benchmark. */
const TOOLS = Object.entries(BENCHMARKS)
  .map(([name, { about }]) => `  ${name.padEnd(32)}${about}`)
  .join('\n');

/** A scenario on its machine as it is, or as a change leaves it. */
interface Resolved {
  readonly scenario: Scenario;
  readonly invocation: Invocation;
  readonly requestOn: (system: System) => RunRequest;
}

function simulated(request: RunRequest, invocation: Invocation): RunResult {
  const progress = deliveryProgress(withLegs(request), invocation);
  const accounting = ACCOUNTINGS.find((name) => name === invocation.value('accounting')) ?? 'wire';
  const result = new Runner().run({ ...request, accounting, recorders: progress.recorders });
  progress.stop();
  return result;
}

/** A scenario's benchmark; null where it has none. */
function replayed(
  scenario: Scenario,
  request: RunRequest,
  context: Pick<BenchmarkContext, 'runner' | 'progress'>,
): RunResult | null {
  const benchmark = scenarioBenchmark(scenario, request.system);
  return benchmark && benchmarkRun(benchmark, { ...request, ...context }, scenario);
}

function resultOf(request: RunRequest, { scenario, invocation }: Resolved): RunResult {
  if (scenario.entry.benchmark !== undefined && invocation.value('accounting') !== null)
    throw new UsageError('--accounting counts flows, and the scenario has a benchmark; leave it away');
  const bar = progressBar('replaying', invocation);
  const result = replayed(scenario, request, { runner: new Runner(), progress: bar.update });
  bar.stop();
  return result ?? simulated(request, invocation);
}

function sensitivityOf(system: System, { scenario, invocation, requestOn }: Resolved): Promise<Sensitivity> {
  const bar = progressBar('changing assumed numbers', invocation);
  const resultOn = (changed: System, runner: Runner): RunResult => {
    const request = requestOn(changed);
    return replayed(scenario, request, { runner }) ?? runner.run(request);
  };
  return runSensitivity({ system, resultOn, progress: bar.update }).finally(bar.stop);
}

export const command: CommandModule = {
  summary: 'simulates a scenario; tables here, results to a folder',
  about:
    'Simulates the flows of a scenario file and prints goodput, latency and what limited each of them. With -o the folder has result.json, flows.csv, links.csv and queues.csv afterwards.',
  arguments: [{ form: '<scenario>', about: 'a scenario file (schema/scenario.json says its form)' }],
  options: [
    KERNEL,
    BOOT,
    OUTPUT,
    SENSITIVITY,
    {
      form: '--accounting <model>',
      about:
        'a further column: what this model gives the way of each flow, pcie-bench or nccl (default: wire, none)',
      choices: [...ACCOUNTINGS],
    },
  ],
  examples: [
    'run redirect.yaml',
    'run redirect.yaml -o results/redirect --seed 2',
    'run redirect.yaml --accounting nccl',
    "run redirect.yaml --json | jq '.flows[] | {id, goodput_GBps}'",
  ],
  notes: `A scenario is a YAML file; schema/scenario.json has all its keys:
  scenario: redirect-costs-both-directions
  system: wrx90-2sw-flat
  set: { acs: { redirect: all } }
  flows:
    - { id: there, from: gpu0, to: gpu1, op: write, size: 64 KiB, depth: 32 }
    - { id: back, from: gpu1, to: gpu0, op: write, size: 64 KiB, depth: 32 }
  until: { delivered: all }
A flow makes as many transfers as are under way at a time (depth), unless it says: transfers: 1000.
With until: { time: 1 ms } it makes as many as the time allows.
A flow can be staged through system memory, as users do where the kernel refuses the pair:
    - { from: gpu0, to: gpu4, via: mem:s0, staging: { buffers: 4, size: 512 KiB }, size: 64 MiB }
In place of flows a scenario may have a benchmark, which is replayed as the tool does it:
  benchmark: { tool: p2pmark_all_to_all, devices: [gpu0, gpu1, gpu2, gpu3] }
  benchmark: { tool: p2pBandwidthLatencyTest_bi, pairs: [[gpu0, gpu1]] }
The tools:
${TOOLS}`,
  async run(given) {
    const invocation = sayingOnce(given);
    const [file = ''] = invocation.args;
    const scenario = loadScenario(file);
    const machine = loadSystemOf(scenario);
    const requestOn = (loaded: System): RunRequest => {
      const system = booted(loaded, invocation);
      const profile = kernelOf(scenario, system, invocation);
      return resolveScenario(scenario, { system, profile, seed: invocation.value('seed') });
    };
    const resolved = { scenario, invocation, requestOn };
    const result = resultOf(requestOn(machine), resolved);
    const document = { scenario: scenario.name, ...result };
    const answer = { document, text: (width: number) => runText(document, width), files: runFiles(document) };
    if (!invocation.flag('sensitivity')) return answer;
    return withSensitivity(answer, await sensitivityOf(machine, resolved), result);
  },
};
