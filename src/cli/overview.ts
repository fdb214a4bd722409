import { commandNames, loadCommand } from './command-files.ts';

const HEAD = `Usage: hairpin COMMAND [ARGUMENTS] [OPTIONS]

Simulates PCIe peer-to-peer DMA: will two devices talk directly, by which way, how fast, and what
holds them back?

Commands:
`;

const TAIL = `
All take --json (one JSON document on standard output), --seed and --quiet.
Exit codes: 0 success, a refused pair included; 1 a finding; 2 bad input; 3 a stuck simulation.

Begin with:
  hairpin models                            what there is
  hairpin show wrx90-2sw-flat               a machine
  hairpin explain wrx90-2sw-flat gpu0 gpu4  a transfer
  hairpin COMMAND --help                    more, with examples
`;

/** What `hairpin --help` prints: all commands, each with a line. */
export async function overview(): Promise<string> {
  const names = commandNames();
  const lines: (readonly [usage: string, summary: string])[] = [];
  for (const name of names) {
    const command = await loadCommand(name);
    const forms = command.arguments.map(({ form }) => form);
    lines.push([[name, ...forms].join(' '), command.summary]);
  }
  const width = Math.max(...lines.map(([usage]) => usage.length));
  return `${HEAD}${lines.map(([usage, summary]) => `  ${usage.padEnd(width)}  ${summary}\n`).join('')}${TAIL}`;
}
