import type { Protocol } from './protocol.ts';
import { steadyRate } from './steady-rate.ts';

/** Blocking transfers: each begins when the one before has ended. Tools: copies of an FPGA card's runtime, simple drivers. */
export const oneAtATime: Protocol = (workload, context) =>
  steadyRate({ ...workload, depth: workload.depth ?? 1 }, context);
