import type { Recorder } from '../engine/probe.ts';
import type { PassageFact } from '../fabric/facts.ts';

/**
 * The delivery log: when the tail of each TLP is at the far end of each channel. It cannot repeat a cycle, so it makes
 * every one be simulated.
 */
export class TraceRecorder implements Recorder<PassageFact> {
  private readonly entries: string[][];
  private readonly names: readonly string[];

  /** `names` of the channels by number. */
  constructor(names: readonly string[]) {
    this.names = names;
    this.entries = names.map(() => []);
  }

  add({ output, flow, serial, piece, class: kind, tail }: PassageFact): void {
    const tlp = `${flow}.${serial}${'wrc'[kind]}${piece}`;
    (this.entries[output] as string[]).push(`${tail} ${tlp} ${this.names[output]}`);
  }

  /** Lines `time TLP stage`, channel by channel, each in order of time; a TLP is flow.request, class and piece. */
  lines(): readonly string[] {
    return this.entries.flat();
  }
}
