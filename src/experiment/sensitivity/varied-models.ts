import type { Part } from '../../system/part.ts';
import { scaledPart } from '../../system/scaled-part.ts';
import type { System } from '../../system/system.ts';
import { type NumberChange, withScaledPart } from '../../system/with-scaled-part.ts';
import type { ExperimentContext } from '../experiment-context.ts';

/** Where an experiment has its machines and parts from. */
export type ModelSource = Pick<ExperimentContext, 'loadSystem' | 'loadParts'>;

/** Keeps what it has loaded: an experiment that is run again loads the same. */
export class VariedModels {
  readonly systems = new Map<string, System>();
  private parts: readonly Part[] | null = null;
  private readonly source: ModelSource;

  constructor(source: ModelSource) {
    this.source = source;
  }

  /** The same models with a number changed, or as they are. */
  under(change: NumberChange | null): ModelSource {
    const changed = new Map<string, System>();
    return {
      loadSystem: (name) => {
        const known = changed.get(name) ?? this.system(name, change);
        changed.set(name, known);
        return known;
      },
      loadParts: () => this.changedParts(change),
    };
  }

  private system(name: string, change: NumberChange | null): System {
    const system = this.systems.get(name) ?? this.source.loadSystem(name);
    this.systems.set(name, system);
    return change === null ? system : withScaledPart(system, change);
  }

  private changedParts(change: NumberChange | null): readonly Part[] {
    this.parts ??= this.source.loadParts();
    return this.parts.map((part) =>
      part.name === change?.part ? (scaledPart(part, change.path, change.factor) ?? part) : part,
    );
  }
}
