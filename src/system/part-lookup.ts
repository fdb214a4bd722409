import type { DocumentPath, ModelError } from './model-error.ts';
import type { CpuPart, EndpointPart, Part, SwitchPart } from './part.ts';
import type { TypedDocument } from './read-document.ts';

/** Finds a part by its name, or by a path that begins with `./` or `../`; throws RangeError when there is none. */
export type PartOf = (name: string) => Part;

/** Finds parts for places in a file; throws ModelError with that place. */
export interface PartLookup {
  cpu(name: string | undefined, path: DocumentPath): CpuPart;
  switch(name: string | undefined, path: DocumentPath): SwitchPart;
  endpoint(kind: EndpointPart['kind'], name: string | undefined, path: DocumentPath): EndpointPart;
}

export function partLookup(document: TypedDocument<unknown>, partOf: PartOf): PartLookup {
  function find<Kind extends Part['kind']>(kind: Kind, name: string | undefined, path: DocumentPath) {
    const wanted = name ?? `${kind}/generic`;
    const refuse = (got: string, remedy: string): ModelError =>
      document.problem([...path, 'part'], { expected: `a part of kind ${kind}`, got, remedy });
    const part = attempt(
      () => partOf(wanted),
      (why) => refuse(`"${wanted}"`, why),
    );
    if (part.kind !== kind) throw refuse(`"${wanted}" of kind ${part.kind}`, 'name a part of that kind');
    return part as Extract<Part, { kind: Kind }>;
  }
  return {
    cpu: (name, path) => find('cpu', name, path),
    switch: (name, path) => find('switch', name, path),
    endpoint: (kind, name, path) => find(kind, name, path) as EndpointPart,
  };
}

function attempt(find: () => Part, refuse: (why: string) => ModelError): Part {
  try {
    return find();
  } catch (error) {
    if (error instanceof RangeError) throw refuse(error.message);
    throw error;
  }
}
