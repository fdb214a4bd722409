import type { Sensitivity } from '../experiment/sensitivity/sensitivity.ts';
import { sensitivityCsv, type SensitivitySetting } from '../experiment/sensitivity/sensitivity-csv.ts';
import { sensitivityText } from '../report/sensitivity-text.ts';
import type { Answer } from './command-module.ts';

/** An answer with how far the assumed numbers move it: in its document, behind its text, and as `sensitivity.csv`. */
export const withSensitivity = (
  { document, text, files, ...rest }: Answer,
  sensitivity: Sensitivity,
  { kernel, seed }: SensitivitySetting,
): Answer => ({
  ...rest,
  document: { ...(document as object), sensitivity },
  text: (width) => `${text(width)}\n${sensitivityText(sensitivity, width)}`,
  files: new Map([...(files ?? []), ['sensitivity.csv', sensitivityCsv(sensitivity, { kernel, seed })]]),
});
