import { csv } from '../report/csv.ts';
import type { Comparison } from './compare.ts';
import { sensitivityCsv } from './sensitivity/sensitivity-csv.ts';

const COLUMNS = [
  'system',
  'kernel',
  'devices',
  'flows',
  'rate_GBps',
  'ci95_low_GBps',
  'ci95_high_GBps',
  'limited_by',
  'limited_share',
].map((field) => ({ field }));

function sensitivityFile({ sensitivity, systems, seed }: Comparison): readonly [string, string][] {
  if (sensitivity === undefined) return [];
  const kernel = [...new Set(systems.map((system) => system.kernel))].join(' ');
  return [['sensitivity.csv', sensitivityCsv(sensitivity, { kernel, seed })]];
}

/** The files of a comparison: the whole result, and a row for each system. */
export function compareFiles(result: Comparison): ReadonlyMap<string, string> {
  const rows = result.systems.map(
    ({ system, kernel, devices, flows, rate_GBps, ci95_GBps, limitedBy: [limit] }) => ({
      system,
      kernel,
      devices,
      flows,
      rate_GBps,
      ci95_low_GBps: ci95_GBps?.[0],
      ci95_high_GBps: ci95_GBps?.[1],
      limited_by: limit?.resource,
      limited_share: limit?.share,
    }),
  );
  return new Map([
    ['compare.json', `${JSON.stringify(result, null, 2)}\n`],
    ['compare.csv', csv(rows, COLUMNS)],
    ...sensitivityFile(result),
  ]);
}
