import type { AcceptedFlow, PlannedFlows } from '../dma/plan-flows.ts';
import type { StagedFlow } from '../dma/staging/staged-flow.ts';
import type { StagingSoftware } from '../dma/staging/staging-software.ts';
import type { StagingSpec } from '../dma/staging/staging-spec.ts';
import type { FlowRecorder } from '../observe/flow-recorder.ts';
import type { FlowSummary } from '../observe/flow-tally.ts';
import { mean, quantile } from '../observe/statistics.ts';
import { stagingBuffers } from '../routing/staging-bound.ts';
import type { FlowResult, LimitShare } from './run-result.ts';

interface Run {
  readonly planned: PlannedFlows;
  readonly flows: FlowRecorder;
  readonly software: StagingSoftware | null;
}

/** One of the two DMAs: what it delivered and waited for, and how long it had nothing to move. */
interface Leg {
  readonly name: 'in' | 'out';
  readonly result: FlowResult;
  readonly summary: FlowSummary;
  readonly idle: number;
}

function latencyOf({ latencies }: StagedFlow): FlowResult['latency_ns'] {
  if (latencies.length === 0) return null;
  const sorted = Float64Array.from(latencies).toSorted();
  return { p50: quantile(sorted, 0.5) / 1e3, p99: quantile(sorted, 0.99) / 1e3, mean: mean(sorted) / 1e3 };
}

/** What the slower leg waited for; when it had nothing to move it waited for buffers, which the other leg and the host held. */
function limits({ name, result, idle }: Leg, via: string): readonly LimitShare[] {
  return result.limitedBy
    .flatMap(({ resource, share }): readonly LimitShare[] => {
      if (resource !== 'none') return [{ resource: `${name}: ${resource}`, share }];
      const buffers = Math.min(share, idle);
      return [
        { resource: stagingBuffers(via), share: buffers },
        { resource, share: share - buffers },
      ];
    })
    .filter(({ resource, share }) => share > 0 || resource === 'none')
    .sort((a, b) => b.share - a.share);
}

function delivered(via: string, flow: StagedFlow, legs: readonly [Leg, Leg]): Partial<FlowResult> {
  const [first, second] = legs;
  const { bytes, lastArrival, goodputHalfWidth } = second.summary;
  if (bytes === 0) return {};
  const gb = (bytes * 1e3) / (lastArrival - first.summary.firstIssue);
  const half = goodputHalfWidth / 1e9;
  const slower = second.idle < first.idle ? second : first;
  return {
    bytes,
    goodput_GBps: gb,
    ci95_GBps: Number.isNaN(half) ? null : [gb - half, gb + half],
    latency_ns: latencyOf(flow),
    limitedBy: limits(slower, via),
  };
}

function accounted(legs: readonly FlowResult[]): Pick<FlowResult, 'accounted_GBps'> {
  const rates = legs.flatMap(({ accounted_GBps: rate }) => (rate === undefined ? [] : [rate]));
  if (rates.length === 0) return {};
  return { accounted_GBps: rates.includes(null) ? null : Math.min(...rates.map(Number)) };
}

class Results {
  private readonly run: Run;
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(run: Run) {
    this.run = run;
    this.numbers = new Map(run.planned.accepted.map(({ spec }: AcceptedFlow, i) => [spec.id, i]));
  }

  of(spec: StagingSpec, legs: readonly [FlowResult, FlowResult]): FlowResult {
    const { id, from, to, via } = spec;
    const flow = this.run.software?.flows.find((each) => each.spec === spec);
    const [first, second] = legs;
    const refused = first.refused ?? second.refused;
    return {
      id,
      from,
      to,
      op: 'staged',
      bytes: 0,
      goodput_GBps: null,
      ci95_GBps: null,
      latency_ns: null,
      limitedBy: [],
      ...(flow && delivered(via, flow, [this.leg('in', first, flow), this.leg('out', second, flow)])),
      ...accounted(legs),
      ...(refused === undefined ? {} : { refused }),
      routes: [...first.routes, ...second.routes],
    };
  }

  private leg(name: 'in' | 'out', result: FlowResult, { clocks }: StagedFlow): Leg {
    const summary = this.run.flows.summary(this.numbers.get(result.id) as number);
    const { firstIssue, lastArrival } = summary;
    const span = lastArrival - firstIssue;
    const idle = span > 0 ? Math.max(0, 1 - clocks[name].busyUntil(lastArrival) / span) : 1;
    return { name, result, summary, idle };
  }
}

/** The results of a run's flows, each staged flow's before those of its two DMAs, which `results` ends with. */
export function stagedResults(
  staged: readonly StagingSpec[],
  results: readonly FlowResult[],
  run: Run,
): readonly FlowResult[] {
  const all = new Results(run);
  const first = results.length - 2 * staged.length;
  const own = staged.flatMap((spec, i) => {
    const legs = results.slice(first + 2 * i, first + 2 * i + 2) as [FlowResult, FlowResult];
    return [all.of(spec, legs), ...legs.map((leg) => ({ ...leg, legOf: spec.id }))];
  });
  return [...results.slice(0, first), ...own];
}
