import type { FlowSpec } from '../dma/flow-spec.ts';
import type { BufferSpec } from '../dma/life/life-spec.ts';
import type { PagesSpec } from '../dma/pages/pages-spec.ts';
import type { RingSpec } from '../dma/ring/ring-spec.ts';
import type { RunPlan } from '../dma/run-plan.ts';
import { type Recorders, Simulator } from '../dma/simulator.ts';
import { SoftwareGroup } from '../dma/software-group.ts';
import type { StagingSpec } from '../dma/staging/staging-spec.ts';
import { ChannelRecorder } from '../observe/channel-recorder.ts';
import { FlowRecorder } from '../observe/flow-recorder.ts';
import { OccupancyRecorder } from '../observe/occupancy-recorder.ts';
import { RateRecorder } from '../observe/rate-recorder.ts';
import { WaitRecorder } from '../observe/wait-recorder.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import type { System } from '../system/system.ts';
import type { Picoseconds } from '../units.ts';
import { bufferResults } from './buffer-results.ts';
import { lifeSoftware } from './life-setting.ts';
import type { Accounting } from './accounting.ts';
import { pagesResults } from './pages-results.ts';
import { pagesSoftware } from './pages-setting.ts';
import { type PlannedRequest, planRequest } from './plan-request.ts';
import { ringLegs } from './ring-legs.ts';
import { ringResults } from './ring-results.ts';
import { ringSoftware } from './ring-setting.ts';
import type { RunResult } from './run-result.ts';
import { stagedResults } from './staging-results.ts';
import { stagedSeries } from './staged-series.ts';
import { stagingSoftware } from './staging-setting.ts';
import { timeline } from './timeline.ts';
import { type OwnRecorders, summarise } from './summarise.ts';

export interface RunRequest {
  readonly system: System;
  readonly profile: KernelProfile;
  readonly flows: readonly FlowSpec[];
  /** Shared buffers, whose drivers run beside the flows. */
  readonly buffers?: readonly BufferSpec[];
  /** Flows by way of system memory. */
  readonly staged?: readonly StagingSpec[];
  /** Peer memory with pages, whose drivers and clients run beside the flows. */
  readonly pages?: readonly PagesSpec[];
  /** All-reduces by rings of devices, which run beside the flows. */
  readonly rings?: readonly RingSpec[];
  readonly seed: string;
  /** Null: until all is delivered, for which every flow needs a number of transfers. */
  readonly until: Picoseconds | null;
  /** By which model each flow's way is counted besides; `wire`, that is none, unless given. */
  readonly accounting?: Accounting;
  /** Length of the intervals of a timeline; without it there is none. */
  readonly interval?: Picoseconds;
  /** Listeners beside the usual ones, such as a trace. */
  readonly recorders?: Recorders;
}

/** Runs requests one after the other on one resident engine. */
export class Runner {
  private readonly simulator = new Simulator();

  /** Throws RangeError for flows that the system cannot have, StuckError for runs that do not end. */
  run(request: RunRequest): RunResult {
    return this.perform(request, planRequest(request));
  }

  /** Runs a request as it has been planned. */
  protected perform(request: RunRequest, { planned, plan }: PlannedRequest): RunResult {
    const { system, buffers = [], staged = [], pages = [], rings = [], interval, seed, until } = request;
    const life = lifeSoftware(system, buffers, planned);
    const staging = stagingSoftware(system, staged, planned);
    const paged = pagesSoftware(request, pages, planned);
    const ringed = ringSoftware(rings, planned);
    const software = [life, staging, paged, ringed].filter((one) => one !== null);
    const own = ownRecorders(plan, until);
    const rates = interval === undefined ? null : new RateRecorder(plan.flows.length, interval);
    const facts = this.simulator.run(plan, {
      seed,
      ...(until === null ? {} : { until }),
      ...(software.length === 0 ? {} : { software: new SoftwareGroup(software) }),
      recorders: allRecorders(own, rates, request.recorders),
    });
    const result = summarise(request, planned, plan.fabric, own, facts);
    const accepted = stagedSeries(staged, planned.accepted);
    const legs = ringLegs(rings, result.flows, { planned, flows: own.flows, software: ringed });
    return {
      ...result,
      flows: stagedResults(staged, legs, { planned, flows: own.flows, software: staging }),
      ...(life && { buffers: bufferResults(life.lives, { planned, flows: own.flows }) }),
      ...(paged && { pages: pagesResults(paged.lives, { planned, end: until ?? facts.end }) }),
      ...(rings.length > 0 && { rings: ringResults(rings, { planned, software: ringed }) }),
      ...(rates && { timeline: timeline(rates, until ?? facts.end, { accepted, buffers }) }),
    };
  }
}

const ownRecorders = ({ flows, fabric }: RunPlan, until: Picoseconds | null): OwnRecorders => ({
  flows: new FlowRecorder(flows.length, until ?? Number.POSITIVE_INFINITY),
  waits: new WaitRecorder(flows.length),
  channels: new ChannelRecorder(fabric.outputs.length),
  occupancy: new OccupancyRecorder(fabric.ports.length),
});

/** The listeners that every run has, and those that it was given. */
function allRecorders(own: OwnRecorders, rates: RateRecorder | null, more: Recorders = {}): Recorders {
  return {
    deliveries: [own.flows, ...(rates ? [rates] : []), ...(more.deliveries ?? [])],
    waits: [own.waits, ...(more.waits ?? [])],
    grants: [own.channels, own.occupancy, ...(more.grants ?? [])],
    passages: more.passages ?? [],
  };
}
