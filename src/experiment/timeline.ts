import { dataFlow } from '../dma/life/life-flows.ts';
import { type BufferSpec, placesOf } from '../dma/life/life-spec.ts';
import type { AcceptedFlow } from '../dma/plan-flows.ts';
import type { RateRecorder } from '../observe/rate-recorder.ts';
import type { TimelineResult } from './run-result.ts';

interface Series {
  readonly id: string;
  readonly flows: readonly string[];
}

/** Those of the flows themselves, and of each importer all that it moves, wherever the memory is. */
function allSeries(accepted: readonly AcceptedFlow[], buffers: readonly BufferSpec[]): readonly Series[] {
  const own = accepted.filter(({ spec }) => !spec.driven).map(({ spec: { id } }) => ({ id, flows: [id] }));
  const importers = buffers.flatMap((buffer) =>
    buffer.importers.map((importer) => ({
      id: importer.id,
      flows: placesOf(buffer).map((place) => dataFlow(importer, place)),
    })),
  );
  return [...own, ...importers];
}

/** What was delivered over time, up to `end` ps. */
export function timeline(
  rates: RateRecorder,
  end: number,
  {
    accepted,
    buffers,
  }: { readonly accepted: readonly AcceptedFlow[]; readonly buffers: readonly BufferSpec[] },
): TimelineResult {
  const intervals = Math.ceil(end / rates.width);
  const numberOf = new Map(accepted.map(({ spec }, i) => [spec.id, i]));
  return {
    interval_ps: rates.width,
    series: allSeries(accepted, buffers).map(({ id, flows }) => {
      const numbers = flows.flatMap((flow) => numberOf.get(flow) ?? []);
      return { id, rate_GBps: rates.rates(numbers, intervals).map((rate) => rate / 1e9) };
    }),
  };
}
