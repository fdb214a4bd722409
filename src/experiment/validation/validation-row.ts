import type { MeasuredRow } from './measured-row.ts';
import type { RowPrediction } from './predict-row.ts';

/** A scored row with what the model and the fluid baseline say of it. */
export interface ValidationRow {
  readonly id: string;
  readonly platform: string;
  readonly phenomenon: string;
  readonly protocol: string;
  readonly measured: number | string;
  readonly predicted: number | string;
  readonly unit: MeasuredRow['unit'];
  readonly error_pct: number;
  readonly fluid: number | null;
  readonly fluid_error_pct: number | null;
  readonly tolerance_pct: number;
  readonly within_tolerance: boolean;
  /** A number of a part was fixed from this row. */
  readonly in_sample: boolean;
  /** Share of assumed numbers among those of the parts on the way. */
  readonly assumed_share: number | null;
  readonly trust: MeasuredRow['trust'];
  readonly scale: string | null;
  readonly source: string | null;
}

/** Of words and distances 0 where they are equal, else 100. */
function errorOf(predicted: number | string, { value, unit }: MeasuredRow): number {
  if (unit === 'enum' || unit === 'count') return predicted === value ? 0 : 100;
  return (100 * Math.abs(Number(predicted) - Number(value))) / Number(value);
}

/** The errors of a prediction in percent of what was measured. Source: measurements, `_schema.scoring` (error_pct). */
export function validationRow(row: MeasuredRow, prediction: RowPrediction): ValidationRow {
  const { predicted, fluid, scale, inSample, assumedShare } = prediction;
  const error = errorOf(predicted, row);
  return {
    id: row.id,
    platform: row.platform,
    phenomenon: row.phenomenon ?? 'other',
    protocol: row.protocol,
    measured: row.value,
    predicted,
    unit: row.unit,
    error_pct: error,
    fluid,
    fluid_error_pct: fluid === null ? null : errorOf(fluid, row),
    tolerance_pct: row.tolerance_pct,
    within_tolerance: error <= row.tolerance_pct,
    in_sample: inSample,
    assumed_share: assumedShare,
    trust: row.trust,
    scale,
    source: row.source ?? null,
  };
}
