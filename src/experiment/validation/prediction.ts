/** What a row comes to by the model, in the row's unit, with the scale of what was simulated; or why it cannot be predicted. */
export type Prediction =
  | { readonly value: number | string; readonly scale: string | null }
  | { readonly skipped: string };
