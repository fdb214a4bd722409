import type { PlannedFlows } from '../dma/plan-flows.ts';
import { edgeFlows } from '../dma/ring/ring-flows.ts';
import type { RingSoftware } from '../dma/ring/ring-software.ts';
import type { RingSpec } from '../dma/ring/ring-spec.ts';
import { mean } from '../observe/statistics.ts';
import type { RingResult } from './ring-result.ts';

interface Run {
  readonly planned: PlannedFlows;
  readonly software: RingSoftware | null;
}

/** Times in ps. */
function rates({ devices, size }: RingSpec, times: readonly number[]): Partial<RingResult> {
  if (times.length === 0) return {};
  const time = mean(Float64Array.from(times));
  const algorithm = (size * 1e3) / time;
  return {
    time_ns: time / 1e3,
    algbw_GBps: algorithm,
    busbw_GBps: (algorithm * 2 * (devices.length - 1)) / devices.length,
  };
}

/** What the rings of a run came to. */
export function ringResults(rings: readonly RingSpec[], { planned, software }: Run): readonly RingResult[] {
  return rings.map((spec) => {
    const edges = new Set(edgeFlows(spec));
    const times = software?.rings.find((each) => each.spec === spec)?.times ?? [];
    return {
      id: spec.id,
      devices: spec.devices,
      size: spec.size,
      iterations: times.length,
      time_ns: null,
      algbw_GBps: null,
      busbw_GBps: null,
      ...rates(spec, times),
      refused: planned.refused.find((flow) => edges.has(flow.spec.id))?.reason ?? null,
    };
  });
}
