import { listKernelProfiles, loadKernelProfile } from '../../node/load-kernel.ts';
import { listParts, loadPart } from '../../node/load-part.ts';
import { listSystems, loadSystem } from '../../node/load-system.ts';
import { modelsText, type PartLine, partText } from '../../report/models-text.ts';
import { closeNames } from '../../system/close-names.ts';
import type { Part } from '../../system/part.ts';
import type { Answer, CommandModule } from '../command-module.ts';

function partLine({ name, about, provenance }: Part): PartLine {
  const numbers = { stated: 0, measured: 0, inferred: 0, assumed: 0 };
  for (const { kind } of provenance) numbers[kind]++;
  return { name, about, numbers };
}

function list(): Answer {
  const document = {
    systems: listSystems().map((name) => ({ name, about: loadSystem(name).about })),
    parts: listParts().map((name) => partLine(loadPart(name))),
    kernels: listKernelProfiles().map((name) => ({ name, about: loadKernelProfile(name).about })),
  };
  return { document, text: (width) => modelsText(document, width) };
}

function onePart(name: string): Answer {
  const { name: part, kind, about, provenance } = loadPart(name);
  const numbers = provenance.map(({ path, text, kind: sort, source, fixedBy }) => ({
    path,
    value: text,
    kind: sort,
    source,
    ...(fixedBy.length > 0 && { fixed_by: fixedBy }),
  }));
  const document = { part, kind, about, numbers };
  return { document, text: (width) => partText(document, width) };
}

/** Who names a system or a kernel here is told which command shows it. */
function check(name: string): void {
  if (listParts().includes(name) || /^\.{1,2}\//.test(name)) return;
  if (listSystems().includes(name))
    throw new RangeError(`"${name}" is a system, not a part; see hairpin show ${name}`);
  if (listKernelProfiles().includes(name))
    throw new RangeError(`"${name}" is a kernel profile, not a part; use it as --kernel ${name}`);
  const close = closeNames(name, listParts());
  const hint = close.length > 0 ? `did you mean ${close.join(' or ')}?` : 'hairpin models lists them';
  throw new RangeError(`there is no part "${name}"; ${hint}`);
}

export const command: CommandModule = {
  summary: 'parts with their numbers and sources; systems; kernels',
  about:
    'Lists the systems, parts and kernel profiles of this package; or the numbers of one part with value, kind (stated, measured, inferred, assumed) and source.',
  arguments: [
    { form: '[name]', about: 'name of a part, such as switch/microchip/pm50100, or ./its-file.yaml' },
  ],
  options: [],
  examples: [
    'models',
    'models switch/microchip/pm50100',
    'models gpu/nvidia/rtx-pro-6000 --json | jq \'.numbers[] | select(.kind == "assumed")\'',
  ],
  run({ args: [name] }) {
    if (name === undefined) return list();
    check(name);
    return onePart(name);
  },
};
