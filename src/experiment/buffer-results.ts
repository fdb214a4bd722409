import type { LifeEvent } from '../dma/life/exporter.ts';
import { dataFlow } from '../dma/life/life-flows.ts';
import type { BufferLife } from '../dma/life/life-software.ts';
import { type ImporterSpec, placesOf } from '../dma/life/life-spec.ts';
import type { PlannedFlows } from '../dma/plan-flows.ts';
import type { FlowRecorder } from '../observe/flow-recorder.ts';
import type { BufferResult, ImporterResult, LifeEventResult } from './run-result.ts';

interface Run {
  readonly planned: PlannedFlows;
  readonly flows: FlowRecorder;
}

function eventResult({ what, from, to, errno, attachments, mapped, bill }: LifeEvent): LifeEventResult {
  const costs = Object.entries(bill.costs).map(([cost, time]) => [`${cost}_ns`, time / 1e3]);
  return {
    what,
    from_ps: from,
    to_ps: to,
    errno,
    attachments,
    mapped,
    total_ns: (to - from) / 1e3,
    costs: Object.fromEntries(costs) as LifeEventResult['costs'],
  };
}

function importerResult(life: BufferLife, number: number, { planned, flows }: Run): ImporterResult {
  const spec = life.spec.importers[number] as ImporterSpec;
  const { refused = null, maps = 0 } = life.importers[number] ?? {};
  const ids = placesOf(life.spec).map((place) => dataFlow(spec, place));
  const summaries = planned.accepted.flatMap((flow, i) =>
    ids.includes(flow.spec.id) ? [flows.summary(i)] : [],
  );
  const bytes = summaries.reduce((sum, each) => sum + each.bytes, 0);
  const first = Math.min(...summaries.map(({ firstIssue }) => firstIssue));
  const last = Math.max(...summaries.map(({ lastArrival }) => lastArrival));
  const { id, device, kind, op } = spec;
  const reason = planned.refused.find((flow) => flow.spec.id === ids[0])?.reason;
  return {
    id,
    device,
    kind,
    op,
    bytes,
    goodput_GBps: bytes > 0 ? (bytes * 1e3) / (last - first) : null,
    maps,
    refused: refused === null ? null : [refused, ...(reason === undefined ? [] : [reason])].join(': '),
  };
}

/** What has happened to the buffers of a run, and what their importers have moved. */
export function bufferResults(lives: readonly BufferLife[], run: Run): readonly BufferResult[] {
  return lives.map((life) => ({
    id: life.spec.id,
    exporter: life.spec.exporter,
    kind: life.spec.kind,
    state: life.buffer.state,
    operations: life.buffer.trace.count,
    place: placesOf(life.spec)[life.buffer.place] ?? '',
    events: life.exporter.events.map(eventResult),
    importers: life.spec.importers.map((_, i) => importerResult(life, i, run)),
  }));
}
