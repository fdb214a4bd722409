/**
 * Stages of a flow's waits, rising along the way: copies that wait for their engine, requests from their engine on, and
 * completions beyond any stage of a request.
 */
export const COPY_STAGE = 0;
export const REQUEST_STAGE = 1;
export const COMPLETION_STAGE = 32;
