/** Assumed: at a higher rate no link would train. */
export const MOST_BIT_ERRORS = 1e-4;

/** Whether a link can have this share of bad bits. */
export const isBitErrorRate = (value: number): boolean => value >= 0 && value <= MOST_BIT_ERRORS;
