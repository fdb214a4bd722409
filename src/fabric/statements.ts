import { Probe } from '../engine/probe.ts';
import { GrantFact, PassageFact, WaitFact } from './facts.ts';
import type { Outputs } from './outputs.ts';
import type { TlpStore } from './tlp-store.ts';

/** Puts what the fabric does into facts, one object of each kind used again and again, for whoever listens. */
export class Statements {
  readonly grants = new Probe<GrantFact>();
  readonly passages = new Probe<PassageFact>();
  readonly waits = new Probe<WaitFact>();
  private readonly grantFact = new GrantFact();
  private readonly passageFact = new PassageFact();
  private readonly waitFact = new WaitFact();
  private readonly tlps: TlpStore;
  private readonly outputs: Outputs;

  constructor(tlps: TlpStore, outputs: Outputs) {
    this.tlps = tlps;
    this.outputs = outputs;
  }

  /** A flow has waited at a stage; nothing is said where the time is empty. */
  waited(flow: number, stage: number, from: number, to: number, resource: number): void {
    if (from >= to || !this.waits.active) return;
    const { waitFact: fact } = this;
    fact.flow = flow;
    fact.stage = stage;
    fact.from = from;
    fact.to = to;
    fact.resource = resource;
    const { recorders } = this.waits;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }

  /** The TLP has been granted the output, whose `freeAt` is its end. */
  granted(tlp: number, port: number, output: number): void {
    if (!this.grants.active) return;
    const { tlps, grantFact: fact } = this;
    fact.output = output;
    fact.port = port;
    fact.class = tlps.class[tlp] as number;
    fact.payload = tlps.payload[tlp] as number;
    fact.arrived = tlps.head[tlp] as number;
    fact.start = tlps.start[tlp] as number;
    fact.end = this.outputs.freeAt[output] as number;
    fact.replays = this.outputs.lastReplays;
    const { recorders } = this.grants;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }

  /** The TLP will be at the far end of the output at its `tail`. */
  passed(tlp: number, output: number): void {
    if (!this.passages.active) return;
    const { tlps, passageFact: fact } = this;
    fact.output = output;
    fact.class = tlps.class[tlp] as number;
    fact.flow = tlps.flow[tlp] as number;
    fact.serial = tlps.serial[tlp] as number;
    fact.piece = tlps.piece[tlp] as number;
    fact.tail = tlps.tail[tlp] as number;
    const { recorders } = this.passages;
    for (let i = 0; i < recorders.length; i++) recorders[i]?.add(fact);
  }
}
