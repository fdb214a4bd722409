import { inFlow, outFlow } from '../dma/staging/staging-flows.ts';
import type { Scenario } from './parse-scenario.ts';
import type { FlowEntry } from './scenario-schema.ts';

const named = (end: string | readonly string[]): string => (typeof end === 'string' ? end : end.join('+'));

/** A staged flow's DMAs have ids, too. */
const allOf = (id: string, { via }: FlowEntry): readonly string[] =>
  via === undefined ? [id] : [id, inFlow(id), outFlow(id)];

/**
 * Ids of a scenario's flows in the file's order: those given, or the ends, told apart by a number. Throws ModelError for an id
 * that is one of a staged flow's DMAs.
 */
export function flowIds({ entry: { flows }, problem }: Scenario): readonly string[] {
  const seen = new Set<string>();
  return flows.map((flow, i) => {
    const usual = flow.id ?? `${named(flow.from)}>${named(flow.to)}`;
    let id = usual;
    for (let n = 2; allOf(id, flow).some((each) => seen.has(each)); n++) {
      if (flow.id !== undefined) {
        const expected = 'an id that no other flow has, nor one of the two DMAs (/in, /out) of a staged one';
        throw problem(['flows', i, 'id'], { expected, remedy: 'rename one of them' });
      }
      id = `${usual}#${n}`;
    }
    for (const each of allOf(id, flow)) seen.add(each);
    return id;
  });
}
