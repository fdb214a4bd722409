import { bytes } from '../../units.ts';
import { type FlowSpec, flowSpec } from '../flow-spec.ts';
import { type BufferSpec, type ImporterSpec, placesOf } from './life-spec.ts';

/** A read of one double word: the shortest that pushes posted writes ahead of it. */
const FLUSH_BYTES = bytes(4);

/** Ids of the flows of an importer with the memory in one place, and of a copy between two places. */
export const dataFlow = ({ id }: ImporterSpec, place: string): string => `${id}@${place}`;
export const flushFlow = ({ id }: ImporterSpec, place: string): string => `${id}@${place}/flush`;
export const copyFlow = ({ id }: BufferSpec, from: string, to: string): string => `${id}/${from}>${to}`;

function importerFlows(
  { size: region }: BufferSpec,
  importer: ImporterSpec,
  place: string,
): readonly FlowSpec[] {
  const { device, op, size } = importer;
  const [from, to] = op === 'write' ? [device, place] : [place, device];
  const common = { driven: true, region };
  return [
    flowSpec({ ...common, id: dataFlow(importer, place), from: [from], to: [to], op, size }),
    flowSpec({
      ...common,
      id: flushFlow(importer, place),
      from: [place],
      to: [device],
      op: 'read',
      size: FLUSH_BYTES,
    }),
  ];
}

/** The exporter's device writes its memory out, and reads it back in. */
function copyFlows(buffer: BufferSpec): readonly FlowSpec[] {
  const { exporter, size } = buffer;
  const common = { driven: true, size };
  return placesOf(buffer)
    .slice(1)
    .flatMap((memory) => [
      flowSpec({ ...common, id: copyFlow(buffer, exporter, memory), from: [exporter], to: [memory] }),
      flowSpec({
        ...common,
        id: copyFlow(buffer, memory, exporter),
        from: [memory],
        to: [exporter],
        op: 'read',
      }),
    ]);
}

/** All flows that a buffer's life may need: of each importer with each place of the memory, and the copies of moves. */
export function lifeFlows(buffer: BufferSpec): readonly FlowSpec[] {
  const places = placesOf(buffer);
  const importers = buffer.importers.flatMap((importer) =>
    places.flatMap((place) => importerFlows(buffer, importer, place)),
  );
  return [...importers, ...copyFlows(buffer)];
}
