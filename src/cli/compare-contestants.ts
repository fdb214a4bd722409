import { benchmarkRun } from '../experiment/benchmark-run.ts';
import type { BenchmarkEntry } from '../experiment/benchmark-schema.ts';
import { benchmarkOf } from '../experiment/benchmarks/benchmarks.ts';
import { workloadFlows } from '../experiment/benchmarks/workload-flows.ts';
import type { Contestant } from '../experiment/compare-run.ts';
import { compareTraffic, type TrafficName } from '../experiment/compare-traffic.ts';
import type { Scenario } from '../experiment/parse-scenario.ts';
import { resolveScenario } from '../experiment/resolve-scenario.ts';
import { scenarioBenchmark } from '../experiment/scenario-benchmark.ts';
import type { DocumentPath, ModelError } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import { bytes, formatBytes } from '../units.ts';
import { chooseDevices } from './choose-devices.ts';
import type { Invocation } from './invocation.ts';
import { kernelOf, loadScenario } from './load-scenario.ts';
import { pickKernel } from './pick-kernel.ts';
import { sayingOnce } from './saying-once.ts';
import { sizeOption } from './size-option.ts';
import { wholeNumber } from './whole-number.ts';

/** The same traffic for each system, and what to call it. */
export interface Contest {
  readonly traffic: string;
  /** What its rates are. */
  readonly measure: string;
  contestant(system: System): Contestant;
}

const BY_SLOWEST = 'the sum over the devices of their bytes by the time of their slowest flow';
const USUAL_SIZE = '128 KiB';
const USUAL_COPIES = 4;

function builtIn(name: TrafficName, invocation: Invocation): Contest {
  const size = sizeOption(invocation, USUAL_SIZE);
  const copies = wholeNumber(invocation, 'copies', USUAL_COPIES);
  const load = `${copies} ${copies === 1 ? 'copy' : 'copies'} of ${formatBytes(size)}`;
  const deed =
    name === 'all-to-all'
      ? `each device writes ${load} to each other one`
      : `each device of the first half writes ${load} to its counterpart in the second half`;
  return {
    traffic: `${name}: ${deed}`,
    measure: BY_SLOWEST,
    contestant(system) {
      const devices = chooseDevices(system, invocation.value('devices'));
      return {
        system,
        profile: pickKernel(invocation, system),
        flows: compareTraffic(devices, { name, size, copies }),
      };
    },
  };
}

function onlyFlows(scenario: Scenario, path: DocumentPath): ModelError {
  return scenario.problem(path, {
    expected: 'flows from device to device alone, whose rates can be compared',
    remedy: 'remove it, or simulate it on each system with hairpin run',
  });
}

function fromScenario(scenario: Scenario, invocation: Invocation): Contest {
  if (scenario.entry.until?.time !== undefined) {
    throw scenario.problem(['until', 'time'], {
      expected: 'an end by delivery, as rates are compared for the same bytes',
      remedy: 'write until: { delivered: all } and give the flows transfers',
    });
  }
  for (const [i, { via }] of scenario.entry.flows.entries()) {
    if (via !== undefined) throw onlyFlows(scenario, ['flows', i, 'via']);
  }
  for (const key of ['buffers', 'pages'] as const) {
    if (scenario.entry[key] !== undefined) throw onlyFlows(scenario, [key]);
  }
  return scenario.entry.benchmark === undefined
    ? {
        traffic: `scenario ${scenario.name}`,
        measure: BY_SLOWEST,
        contestant: (system) => resolved(scenario, system, invocation),
      }
    : fromBenchmark(scenario, scenario.entry.benchmark, invocation);
}

function resolved(scenario: Scenario, loaded: System, invocation: Invocation): Contestant {
  const profile = kernelOf(scenario, loaded, invocation);
  const { flows, system } = resolveScenario(scenario, { system: loaded, profile });
  return { system, profile, flows };
}

/** A benchmark whose value is a rate, replayed on each system. */
function fromBenchmark(scenario: Scenario, { tool }: BenchmarkEntry, invocation: Invocation): Contest {
  const { about = '', unit } = benchmarkOf(tool) ?? {};
  if (unit !== 'GB/s') {
    throw scenario.problem(['benchmark', 'tool'], {
      expected: 'a benchmark whose value is a rate, of which the higher is the better',
      remedy: 'choose another, or replay it on each system with hairpin run',
    });
  }
  return {
    traffic: `scenario ${scenario.name}`,
    measure: `the value of ${tool} (${about})`,
    contestant(loaded) {
      const { system, profile } = resolved(scenario, loaded, invocation);
      const told = scenarioBenchmark(scenario, system);
      if (told === null) throw new RangeError(`${tool} is no benchmark`);
      const flows = workloadFlows(told.workload, { size: bytes(1) });
      return { system, profile, flows, replay: (context) => benchmarkRun(told, context, scenario) };
    },
  };
}

/** The traffic of `--traffic`: a name, or a scenario's file. Throws ModelError and RangeError. */
export function contestOf(given: Invocation): Contest {
  const invocation = sayingOnce(given);
  const name = invocation.value('traffic') ?? 'all-to-all';
  return name === 'all-to-all' || name === 'pairs'
    ? builtIn(name, invocation)
    : fromScenario(loadScenario(name), invocation);
}
