import { type Cells, matrix, type MatrixResult } from '../../experiment/matrix.ts';
import { matrixFiles } from '../../experiment/matrix-files.ts';
import { USUAL_SEED } from '../../experiment/resolve-scenario.ts';
import { Runner } from '../../experiment/runner.ts';
import { matrixDevices, matrixText, type MatrixCell } from '../../report/matrix-text.ts';
import { modelsNote } from '../../report/models-note.ts';
import { wrapText } from '../../report/wrap-text.ts';
import { nodeOf } from '../../system/ancestry.ts';
import type { System } from '../../system/system.ts';
import { bytes, bytesPerSecond, formatBytes, picoseconds } from '../../units.ts';
import { chooseDevices } from '../choose-devices.ts';
import type { CommandModule } from '../command-module.ts';
import { BOOT, loadBooted } from '../boot.ts';
import { KERNEL, OUTPUT, SYSTEM } from '../common-options.ts';
import { pickKernel } from '../pick-kernel.ts';
import { progressBar } from '../progress-bar.ts';
import { sizeOption } from '../size-option.ts';

const USUAL_SIZE = '2 MiB';

function deviceName(system: System, id: string): string {
  const node = nodeOf(system, id);
  return 'part' in node ? `${id} (${node.part.name})` : id;
}

const scaled = <T>(cells: Cells, unit: (value: number) => T): MatrixCell<T>[][] =>
  cells.map((row) => row.map((cell) => (typeof cell === 'number' ? unit(cell) : cell)));

const rate = (gigabytes: number) => bytesPerSecond(gigabytes * 1e9);
const time = (nanoseconds: number) => picoseconds(nanoseconds * 1e3);

function textOf(system: System, result: MatrixResult, width: number): string {
  const { devices, op } = result;
  const deed = op === 'write' ? 'row device writes to column device' : 'row device reads from column device';
  return [
    `${system.name}, ${result.kernel}, simulated; ${deed}, ${formatBytes(bytes(result.bytes))} in each direction\n`,
    matrixDevices(devices.map((id) => deviceName(system, id))),
    matrixText({
      measure: 'unidirectional-bandwidth',
      devices,
      op,
      cells: scaled(result.unidirectional_GBps, rate),
    }),
    matrixText({
      measure: 'bidirectional-bandwidth',
      devices,
      op,
      cells: scaled(result.bidirectional_GBps, rate),
    }),
    `Latency is the simulated round trip of one 128 B read, from its issue to its last completion:\n${matrixText(
      {
        measure: 'latency',
        devices,
        op: 'read',
        cells: scaled(result.read128_latency_ns, time),
      },
    )}`,
    `${wrapText(modelsNote(result.models), width).join('\n')}\n`,
  ].join('\n');
}

export const command: CommandModule = {
  summary: 'all pairs as p2pBandwidthLatencyTest prints them',
  about:
    "Simulates all ordered pairs of GPUs, each pair alone in the machine, and prints matrices in the layout of NVIDIA's p2pBandwidthLatencyTest: one direction, both at once, and the round trip of a read of 128 B.",
  arguments: [SYSTEM],
  options: [
    { form: '--devices <ids>', about: 'devices, by commas (default: all GPUs)' },
    {
      form: '--op <op>',
      about: 'write: rows write to columns (default); read: rows read from columns',
      choices: ['write', 'read'],
    },
    { form: '--size <size>', about: `the copy of each direction (default: ${USUAL_SIZE})` },
    KERNEL,
    BOOT,
    OUTPUT,
  ],
  examples: [
    'matrix wrx90-2sw-flat',
    'matrix gpu-nic-nvme --devices gpu0,gpu2,nic0,nic2',
    'matrix tinybox-6x4090 --op read -o results',
  ],
  run(invocation) {
    const [name = ''] = invocation.args;
    const system = loadBooted(name, invocation);
    const devices = chooseDevices(system, invocation.value('devices'));
    const op = invocation.value('op') === 'read' ? 'read' : 'write';
    const size = sizeOption(invocation, USUAL_SIZE);
    const [profile, seed] = [pickKernel(invocation, system), invocation.value('seed') ?? USUAL_SEED];
    const bar = progressBar(`${system.name}`, invocation);
    const document = matrix({ system, profile, seed, devices, op, size }, new Runner(), bar.update);
    bar.stop();
    return { document, text: (width) => textOf(system, document, width), files: matrixFiles(document) };
  },
};
