import type { DocumentPath } from '../system/model-error.ts';
import type { Scenario } from './parse-scenario.ts';
import type { FlowEntry } from './scenario-schema.ts';
import { MOST_BYTES } from './scenario-values.ts';

type Problem = Scenario['problem'];

const DEED = 'the source writes into the buffers and the destination reads from them';
const OWN_PLACE = 'its chunks go through the buffers one after the other';

/** Keys of a flow that mean nothing where it is staged, and why. */
const WITHOUT_MEANING = [
  ['op', DEED],
  ['region', OWN_PLACE],
  ['access', OWN_PLACE],
  ['spread', 'it has one destination'],
  ['rate', 'its load is closed, so many transfers at a time (depth)'],
  ['invalidate_every', 'its translations are those of the buffers, which stay'],
] as const;

/** What can be said of `via` and `staging` without a system. Throws ModelError. */
export function checkStaged(flow: FlowEntry, path: DocumentPath, problem: Problem): void {
  const { via, staging } = flow;
  if (via === undefined) {
    if (staging === undefined) return;
    const remedy = 'add it like via: mem, or remove staging';
    throw problem([...path, 'via'], {
      expected: 'the memory of the staging buffers',
      got: 'nothing',
      remedy,
    });
  }
  for (const [key, why] of WITHOUT_MEANING) {
    if (flow[key] === undefined) continue;
    throw problem([...path, key], {
      expected: `no ${key} where a flow is staged, as ${why}`,
      remedy: 'remove it',
    });
  }
  const { buffers, size } = staging ?? {};
  if ((buffers ?? 1) * (size ?? 1) <= MOST_BYTES) return;
  throw problem([...path, 'staging', 'buffers'], {
    expected: 'at most 1 TiB in all staging buffers of a flow',
    remedy: 'lower it, or the size',
  });
}
