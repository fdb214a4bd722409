import { csv } from '../../report/csv.ts';
import { validationSensitivityCsv } from '../sensitivity/validation-sensitivity-csv.ts';
import type { Accuracy, ValidationReport } from './report.ts';
import type { ValidationRow } from './validation-row.ts';

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

/** Trust grades of rows that may be scored. Source: measurements, `_schema.measurements.trust`. */
const GRADES = ['A', 'B', 'C'] as const;

const PHENOMENA = [
  { field: 'phenomenon' },
  { field: 'rows' },
  ...GRADES.map((grade) => ({ field: `grade_${grade}` })),
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

interface OfPhenomenon extends Halves {
  readonly phenomenon: string;
  readonly all: Accuracy;
  readonly rows: readonly ValidationRow[];
}

function phenomenonRow({ phenomenon, all, rows, in_sample: fixed, out_of_sample: free }: OfPhenomenon) {
  const grades = GRADES.map((grade) => [
    `grade_${grade}`,
    rows.filter(({ trust }) => trust === grade).length,
  ]);
  return {
    phenomenon,
    rows: all.rows,
    ...(Object.fromEntries(grades) as Readonly<Record<string, number>>),
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
export function accuracyCsv({ phenomena, rows, ...report }: ValidationReport): string {
  const lines = phenomena.map((each) => {
    const own = rows.filter(({ phenomenon }) => phenomenon === each.phenomenon);
    return phenomenonRow({ ...each, all: each, rows: own });
  });
  return csv([...lines, phenomenonRow({ ...report, phenomenon: 'all', rows })], PHENOMENA);
}

const WORST = [
  ...['id', 'phenomenon', 'trust', 'unit'].map((field) => ({ field })),
  ...['measured', 'predicted', 'error_pct'].map((field) => ({ field, digits: 1 })),
];

/** The rows with the largest errors as csv, the largest first. */
export const worstRowsCsv = ({ rows, worst }: ValidationReport): string =>
  csv(
    worst.flatMap((id) => rows.filter((row) => row.id === id)).map((row) => ({ ...row })),
    WORST,
  );

/** The files of a validation beside its chart: the whole result, a line for each row, and one for each phenomenon. */
export function validationFiles(report: ValidationReport): ReadonlyMap<string, string> {
  const rows = report.rows.map((row) => ({ ...row }));
  return new Map([
    ['result.json', `${JSON.stringify(report, null, 2)}\n`],
    ['rows.csv', csv(rows, ROWS)],
    ['phenomena.csv', accuracyCsv(report)],
    ...(report.sensitivity
      ? [['sensitivity.csv', validationSensitivityCsv(report.sensitivity, report)] as const]
      : []),
  ]);
}
