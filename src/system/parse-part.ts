import { checkPart } from './check-part.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { CpuPart, EndpointPart, Part, SwitchPart } from './part.ts';
import { CPU_FIELDS, ENDPOINT_FIELDS, SWITCH_FIELDS } from './part-fields.ts';
import { type PartEntry, partSchema } from './part-schema.ts';
import { readDocument, type TypedDocument } from './read-document.ts';
import { type Layers, resolveFields } from './resolve-fields.ts';

/** The file of a part that the file `from` names; throws RangeError when there is none. */
export type PartTextOf = (name: string, from: string) => { readonly text: string; readonly file: string };

const MOST_LAYERS = 10;

const noOther: PartTextOf = (name) => {
  throw new RangeError(`no part ${name} can be looked up here`);
};

const read = (text: string, file: string): TypedDocument<PartEntry> =>
  readDocument(text, file, partSchema, 'a part');

const sort = ({ kind }: PartEntry): 'cpu' | 'switch' | 'endpoint' =>
  kind === 'cpu' || kind === 'switch' ? kind : 'endpoint';

function readBase(
  document: TypedDocument<PartEntry>,
  name: string,
  textOf: PartTextOf,
): TypedDocument<PartEntry> {
  const refuse = (got: string, remedy: string) =>
    document.problem(['like'], {
      expected: `a part that a ${sort(document.value)} can be like`,
      got,
      remedy,
    });
  try {
    const { text, file } = textOf(name, document.yaml.file);
    const base = read(text, file);
    if (sort(base.value) === sort(document.value)) return base;
    throw refuse(`${name} of kind ${base.value.kind}`, 'name a part of the same kind');
  } catch (error) {
    if (error instanceof RangeError) throw refuse(`"${name}"`, error.message);
    throw error;
  }
}

function readLayers(own: TypedDocument<PartEntry>, textOf: PartTextOf): Layers {
  const layers: [TypedDocument<PartEntry>, ...TypedDocument<PartEntry>[]] = [own];
  for (let { like } = own.value; like !== undefined; ) {
    const last = layers.at(-1) ?? own;
    if (layers.length === MOST_LAYERS) {
      const remedy = 'is a part like itself, by way of others?';
      throw last.problem(['like'], {
        expected: `at most ${MOST_LAYERS - 1} parts, each like the next`,
        remedy,
      });
    }
    const base = readBase(last, like, textOf);
    layers.push(base);
    ({ like } = base.value);
  }
  return layers;
}

function identity<K extends 'vendor' | 'arch'>(layers: Layers, key: K): NonNullable<PartEntry[K]> {
  for (const { value } of layers) {
    const stated = value[key];
    if (stated !== undefined) return stated;
  }
  const remedy = key === 'vendor' ? 'add it like vendor: AMD' : 'add it like arch: x86';
  throw layers[0].problem([key], { expected: `the CPU's ${key}`, remedy });
}

type Head = Pick<Part, 'name' | 'about' | 'models'>;

function cpuPart(layers: Layers, head: Head): CpuPart {
  const [vendor, arch] = [identity(layers, 'vendor'), identity(layers, 'arch')];
  const { families = [] } = layers[0].value;
  const { values, provenance } = resolveFields(CPU_FIELDS, layers);
  return { kind: 'cpu', ...head, vendor, arch, families, provenance, ...values };
}

function switchPart(layers: Layers, head: Head): SwitchPart {
  const { values, provenance } = resolveFields(SWITCH_FIELDS, layers);
  return { kind: 'switch', ...head, provenance, ...values };
}

function endpointPart(kind: EndpointPart['kind'], layers: Layers, head: Head): EndpointPart {
  const { values, provenance } = resolveFields(ENDPOINT_FIELDS, layers);
  return { kind, ...head, provenance, ...values };
}

function partOf(layers: Layers): Part {
  const { part: name, about, kind, models = [] } = layers[0].value;
  const head = { name, about, models };
  if (kind === 'cpu') return cpuPart(layers, head);
  return kind === 'switch' ? switchPart(layers, head) : endpointPart(kind, layers, head);
}

/**
 * Reads a part's file into a frozen Part with the origin of each number. `textOf` finds the file of the part that this
 * one is `like`. Throws ModelError for a number that is missing or has no source or kind, that contradicts another one or
 * the specification, and whatever else is wrong.
 */
export function parsePart(text: string, fileName: string, textOf: PartTextOf = noOther): Part {
  const layers = readLayers(read(text, fileName), textOf);
  const part = partOf(layers);
  checkPart(part, layers);
  return deepFreeze(part);
}
