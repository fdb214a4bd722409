import type { Operation } from '../routing/transfer-spec.ts';
import { endpoints } from '../system/ancestry.ts';
import type { DocumentPath } from '../system/model-error.ts';
import type { System } from '../system/system.ts';
import type { Scenario } from './parse-scenario.ts';
import { remedyFor } from './scenario-system.ts';

/** One name in `from`, `to` or `via`, and where it stands. */
export interface End {
  readonly id: string;
  readonly path: DocumentPath;
}

const isMemory = (id: string): boolean => id.startsWith('mem:');

/** The names of a system's flows, and complaints about others: each throws ModelError. */
export class EndCheck {
  private readonly scenario: Scenario;
  private readonly system: System;

  constructor(scenario: Scenario, system: System) {
    this.scenario = scenario;
    this.system = system;
  }

  known({ id, path }: End): void {
    const known = isMemory(id)
      ? this.system.sockets.map((socket) => `mem:${socket.id}`)
      : endpoints(this.system).map((node) => node.id);
    if (known.includes(id)) return;
    const bridge = Object.hasOwn(this.system.nodes, id);
    throw this.scenario.problem(path, {
      expected: `${isMemory(id) ? 'a memory' : 'a device'} of ${this.system.name}`,
      got: bridge ? `${id}, which is a port or a switch` : JSON.stringify(id),
      remedy: remedyFor(id, known),
    });
  }

  /** The end that issues the requests. */
  initiator([first, second]: readonly End[], op: Operation): void {
    const verb = op === 'read' ? 'read by its destination' : 'written by its source';
    const remedy = `let the device do it: op: ${op === 'read' ? 'write' : 'read'}`;
    if (second) this.single(second, `as data is ${verb}`);
    if (first && isMemory(first.id)) this.device(first, `as data is ${verb}`, remedy);
  }

  /** One of the two ends of a staged flow. */
  staged([first, second]: readonly End[]): void {
    if (second) this.single(second, 'as a staged flow has two ends');
    if (first && isMemory(first.id)) {
      this.device(first, 'as memory needs no staging', 'choose a device, or remove via and staging');
    }
  }

  distinct(from: readonly End[], to: readonly End[]): void {
    const same = to.find(({ id }) => from.some((other) => other.id === id));
    if (!same) return;
    const remedy = 'choose another device';
    throw this.scenario.problem(same.path, {
      expected: 'two different ends',
      got: `${same.id} on both`,
      remedy,
    });
  }

  private single({ path }: End, why: string): never {
    const remedy = 'make a flow for each';
    throw this.scenario.problem(path, { expected: `one device, ${why}`, got: 'several', remedy });
  }

  private device({ id, path }: End, why: string, remedy: string): never {
    throw this.scenario.problem(path, { expected: `a device, ${why}`, got: id, remedy });
  }
}
