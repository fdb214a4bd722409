/** The face of hairpin's core: no `node:` module is needed for anything exported here. */

export type { BufferSpec, ImporterSpec, LifeStep } from './dma/life/life-spec.ts';
export { InvariantError } from './dma/life/life-trace.ts';
export type { FlowSpec } from './dma/flow-spec.ts';
export { flowSpec } from './dma/flow-spec.ts';
export { type RingRequest, type RingSpec, ringSpec } from './dma/ring/ring-spec.ts';
export { type Assembly, assemble } from './fabric/assemble.ts';
export type { FabricPlan } from './fabric/plan.ts';
export type { DeliveryFact, GrantFact, PassageFact, WaitFact } from './fabric/facts.ts';
export type { Recorder } from './engine/probe.ts';
export { StuckError } from './engine/stuck-error.ts';
export { benchmarkRun } from './experiment/benchmark-run.ts';
export { type Benchmark, BENCHMARKS, benchmarkOf } from './experiment/benchmarks/benchmarks.ts';
export type { BenchmarkContext, Outcome, Protocol } from './experiment/benchmarks/protocol.ts';
export type { Workload, WorkloadFlow } from './experiment/benchmarks/workload.ts';
export { boundOfRun } from './experiment/bound-of-run.ts';
export { type Explanation, explain } from './experiment/explain.ts';
export { type FlowStatistics, flowStatistics } from './experiment/flow-statistics.ts';
export { providerRanks } from './experiment/provider-ranks.ts';
export { parseScenario, type Scenario } from './experiment/parse-scenario.ts';
export { resolveScenario } from './experiment/resolve-scenario.ts';
export type { RingResult } from './experiment/ring-result.ts';
export type { BufferResult, FlowResult, LinkResult, RunResult } from './experiment/run-result.ts';
export { Runner, type RunRequest } from './experiment/runner.ts';
export { scenarioBenchmark } from './experiment/scenario-benchmark.ts';
export { runSensitivity } from './experiment/sensitivity/run-sensitivity.ts';
export type { Sensitivity } from './experiment/sensitivity/sensitivity.ts';
export { parseBootOptions } from './policy/boot-options.ts';
export { distanceMany } from './policy/distance-many.ts';
export { iommuGroups } from './policy/iommu-groups.ts';
export type { KernelProfile } from './policy/kernel-profile.ts';
export { parseKernelProfile } from './policy/parse-kernel-profile.ts';
export { type Mapping, mappingOf } from './policy/mapping.ts';
export { P2pMemory } from './policy/p2p-memory.ts';
export { bootSystem } from './policy/program-acs.ts';
export { chooseProvider } from './policy/provider-choice.ts';
export { mapScatterList } from './policy/scatter-list.ts';
export { VerdictCache } from './policy/verdict-cache.ts';
export { type MapType, type Verdict, verdict } from './policy/verdict.ts';
export { verdictMatrix } from './policy/verdict-matrix.ts';
export { type Bound, boundOf } from './routing/bound.ts';
export { fluidRates } from './routing/fluid.ts';
export type { Route } from './routing/route.ts';
export { routeTable } from './routing/route-table.ts';
export type { TransferSpec } from './routing/transfer-spec.ts';
export { chain, endpoints, hostBridgeOf, nodeOf, socketOf } from './system/ancestry.ts';
export { setAcsControl, setIommu, setLink, withoutRedirect, withRedirect } from './system/edit.ts';
export { ModelError } from './system/model-error.ts';
export { parsePart } from './system/parse-part.ts';
export { parseSystem } from './system/parse-system.ts';
export type { Part } from './system/part.ts';
export type { System, SystemNode } from './system/system.ts';
export { type NumberChange, withScaledPart } from './system/with-scaled-part.ts';
export {
  type Bytes,
  type BytesPerSecond,
  bytes,
  bytesPerSecond,
  parseBytes,
  parseRate,
  parseTime,
  type Picoseconds,
  picoseconds,
} from './units.ts';
