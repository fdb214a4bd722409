import { availableParallelism } from 'node:os';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import type { ValidationReport } from '../../experiment/validation/report.ts';
import { validationCharts } from '../../experiment/validation/validation-charts.ts';
import { validationFiles } from '../../experiment/validation/validation-files.ts';
import { publishedMeasurements } from '../../node/published-measurements.ts';
import { storedSensitivity } from '../../node/stored-sensitivity.ts';
import { validate } from '../../node/validate.ts';
import { storedMovesText } from '../../report/stored-moves-text.ts';
import { validationText } from '../../report/validation-text.ts';
import type { CommandModule } from '../command-module.ts';
import { KERNEL, OUTPUT, SENSITIVITY } from '../common-options.ts';
import { announcedKernel } from '../pick-kernel.ts';
import { progressBar } from '../progress-bar.ts';
import { wholeNumber } from '../whole-number.ts';
import type { Files } from '../write-folder.ts';

async function filesOf(report: ValidationReport): Promise<Files> {
  const files = new Map<string, string | Uint8Array>(validationFiles(report));
  const { drawChart } = await import('../draw-chart.ts');
  for (const [name, chart] of validationCharts(report)) {
    const { svg, png } = await drawChart(chart);
    files.set(`${name}.svg`, svg).set(`${name}.png`, png);
  }
  return files;
}

export const command: CommandModule = {
  summary: 'predictions beside published measurements',
  about:
    'Predicts measured rows: builds the machine of each, replays what the benchmark does, and prints the median error by phenomenon beside that of a fluid model, which shares links and caps max-min fairly and knows nothing else. Rows that miss their tolerance are a result, not a failure.',
  arguments: [
    { form: '[measurements]', about: 'file of measurements (default: the published ones of this package)' },
  ],
  options: [
    { form: '--jobs <count>', about: 'rows at a time (default: one for each core); changes no result' },
    KERNEL,
    OUTPUT,
    SENSITIVITY,
  ],
  examples: ['validate', 'validate my-measurements.json -o results', 'validate --jobs 4 --json'],
  notes:
    'A file of measurements has platforms (CPU and tree) and rows; models/measurements/published.json is an example.',
  async run(invocation) {
    const [path = publishedMeasurements()] = invocation.args;
    const bar = progressBar('validating', invocation);
    const document = await validate(path, {
      profile: announcedKernel(invocation.value('kernel'), invocation),
      seed: invocation.value('seed') ?? USUAL_SEED,
      jobs: wholeNumber(invocation, 'jobs', availableParallelism()),
      progress: bar.update,
      vary: invocation.flag('sensitivity'),
    }).finally(bar.stop);
    const files = invocation.value('output') === null ? {} : { files: await filesOf(document) };
    const stored = path === publishedMeasurements() ? storedSensitivity('validate') : null;
    const moves = (width: number): string =>
      document.sensitivity || stored === null ? '' : `\n${storedMovesText(null, stored, width)}`;
    return { document, text: (width) => `${validationText(document, width)}${moves(width)}`, ...files };
  },
};
