/** A state that facts are added to; `add` copies what it keeps, for the fact object is used again. */
export interface Recorder<Fact> {
  add(fact: Fact): void;
}

/**
 * A recorder that can take a cycle of a periodic run as often as it recurs: `repeat` adds all facts that have come since the
 * last `mark` `times` more, each time `delta` ps later. One that cannot (a trace) makes every cycle be simulated.
 */
export interface RepeatingRecorder<Fact> extends Recorder<Fact> {
  mark(): void;
  repeat(delta: number, times: number): void;
}

/**
 * The place at which a component states facts of one kind; a fact carries its own time. Recorders never act on the model. The
 * component itself goes through `recorders`: a loop shared by all probes would meet more classes than V8 keeps apart.
 */
export class Probe<Fact> {
  readonly recorders: Recorder<Fact>[] = [];
  /** False while nobody listens: components need not make the fact. */
  active = false;

  attach(recorder: Recorder<Fact>): void {
    this.recorders.push(recorder);
    this.active = true;
  }

  clear(): void {
    this.recorders.length = 0;
    this.active = false;
  }
}
