import { csv } from '../../report/csv.ts';
import type { Accuracy, ValidationReport } from './report.ts';

const ROWS = [
  'id',
  'platform',
  'phenomenon',
  'protocol',
  'trust',
  'unit',
  'measured',
  'predicted',
  'error_pct',
  'fluid',
  'fluid_error_pct',
  'tolerance_pct',
  'within_tolerance',
  'in_sample',
  'assumed_share',
  'scale',
  'source',
].map((field) => ({ field }));

const PHENOMENA = [
  { field: 'phenomenon' },
  { field: 'rows' },
  { field: 'median_error_pct', digits: 2 },
  { field: 'fluid_median_error_pct', digits: 2 },
  { field: 'within_tolerance' },
  { field: 'in_sample_rows' },
  { field: 'in_sample_median_error_pct', digits: 2 },
  { field: 'out_of_sample_rows' },
  { field: 'out_of_sample_median_error_pct', digits: 2 },
];

/** An accuracy and those of its two halves. */
interface Halves {
  readonly in_sample: Accuracy;
  readonly out_of_sample: Accuracy;
}

function phenomenonRow(phenomenon: string, all: Accuracy, { in_sample: fixed, out_of_sample: free }: Halves) {
  return {
    phenomenon,
    rows: all.rows,
    median_error_pct: all.median_error_pct,
    fluid_median_error_pct: all.fluid_median_error_pct,
    within_tolerance: all.within_tolerance,
    in_sample_rows: fixed.rows,
    in_sample_median_error_pct: fixed.median_error_pct,
    out_of_sample_rows: free.rows,
    out_of_sample_median_error_pct: free.median_error_pct,
  };
}

/** The table of phenomena as csv; the last line is of all rows. */
export function accuracyCsv({ phenomena, all, ...halves }: ValidationReport): string {
  const rows = phenomena.map((each) => phenomenonRow(each.phenomenon, each, each));
  return csv([...rows, phenomenonRow('all', all, halves)], PHENOMENA);
}

/** The files of a validation beside its chart: the whole result, a line for each row, and one for each phenomenon. */
export function validationFiles(report: ValidationReport): ReadonlyMap<string, string> {
  const rows = report.rows.map((row) => ({ ...row }));
  return new Map([
    ['result.json', `${JSON.stringify(report, null, 2)}\n`],
    ['rows.csv', csv(rows, ROWS)],
    ['phenomena.csv', accuracyCsv(report)],
  ]);
}
