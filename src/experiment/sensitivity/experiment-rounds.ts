import type { System } from '../../system/system.ts';
import type { NumberChange } from '../../system/with-scaled-part.ts';
import type { Experiment, ExperimentContext } from '../experiment-context.ts';
import type { Figure } from './figure.ts';
import { RememberingRunner } from './remembering-runner.ts';
import { TableCollector } from './table-collector.ts';
import { tableFigures } from './table-figures.ts';
import { VariedModels } from './varied-models.ts';

/** An experiment that is run as it is, and then again with numbers changed. Its first round must be the one without a change. */
export class ExperimentRounds {
  private readonly runner: RememberingRunner;
  private readonly models: VariedModels;
  private readonly experiment: Experiment;
  private readonly context: Omit<ExperimentContext, 'runner'>;

  /** Output and progress of `context` hear the round without a change alone; `runner` makes its runs. */
  constructor(
    experiment: Experiment,
    context: Omit<ExperimentContext, 'runner'>,
    runner = new RememberingRunner(),
  ) {
    this.runner = runner;
    this.experiment = experiment;
    this.context = context;
    this.models = new VariedModels(context);
  }

  /** The quantities that the experiment's tables show. Rejects with what the experiment throws. */
  async figures(change: NumberChange | null): Promise<readonly Figure[]> {
    const { context, runner } = this;
    const tables = new TableCollector(change === null ? context.output : null);
    const quiet = change === null ? {} : { progress: () => {} };
    try {
      await this.experiment.run({
        ...context,
        ...this.models.under(change),
        ...quiet,
        runner,
        output: tables,
      });
    } finally {
      runner.rewind();
    }
    return tableFigures(tables.tables);
  }

  /** The machines that the first round loaded, and after it those that have been run. */
  systems(): readonly System[] {
    return [...this.models.systems.values(), ...this.runner.systems];
  }
}
