/** A TLP has begun to leave a queue through an output. Numbers are those of the plan; times in ps. */
export class GrantFact {
  output = 0;
  port = 0;
  /** 0 posted, 1 non-posted, 2 completion. */
  class = 0;
  payload = 0;
  /** When its head had come into the queue, and when it starts and ends to leave. */
  arrived = 0;
  start = 0;
  end = 0;
  /** Bad transmissions before the good one. */
  replays = 0;
}

/** Which TLP a channel carries, and when its tail will be at the far end: what a trace wants to know of a grant. */
export class PassageFact {
  output = 0;
  class = 0;
  flow = 0;
  /** Number of its request in the flow, and of the piece of the request that it is. */
  serial = 0;
  piece = 0;
  tail = 0;
}

/** A TLP of a flow has waited at a stage of its way from `from` to `to`, for one resource. */
export class WaitFact {
  flow = 0;
  /** Rises along the way: 0 for copies that wait for their engine; completions count on from where requests cannot reach. */
  stage = 0;
  from = 0;
  to = 0;
  /** A number of `resources.ts`. */
  resource = 0;
}

/** The tail of a TLP that carries data has arrived at its end. */
export class DeliveryFact {
  flow = 0;
  class = 0;
  serial = 0;
  piece = 0;
  payload = 0;
  time = 0;
  /** When the first request of its transfer started, and when the transfer was wished. */
  issued = 0;
  wished = 0;
  /** Whether the transfer has ended with it; it did so at `ended`. */
  last = false;
  ended = 0;
}
