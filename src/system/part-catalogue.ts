import type { CpuPart, Part } from './part.ts';

/** What a published description says of a CPU; null or absent: it does not say. */
export interface CpuDescription {
  readonly vendor: string;
  readonly model?: string | null | undefined;
  readonly family_hint?: string | null | undefined;
}

/** Finds the names of the parts that published descriptions of machines mean by words of their own. */
export interface PartCatalogue {
  /** The part of that kind with the longest model text that occurs in `model`, else the generic one. */
  child(kind: string, model: string | undefined): string;
  /** The vendor's part with the longest model text that occurs, else that of the family, else the generic one. */
  cpu(description: CpuDescription): string;
}

/** Letters and digits, of which a word is made. */
const WORD = String.raw`[\p{L}\p{N}]`;

function occurs(entry: string, model: string): boolean {
  const literal = entry.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
  return new RegExp(`(?<!${WORD})${literal}(?!${WORD})`, 'iu').test(model);
}

function longestModel(parts: readonly Part[], model: string | null | undefined): string | undefined {
  if (model === null || model === undefined) return undefined;
  const entries = parts.flatMap(({ name, models }) => models.map((entry) => ({ name, entry })));
  const found = entries.filter(({ entry }) => occurs(entry, model));
  return found.sort((a, b) => b.entry.length - a.entry.length)[0]?.name;
}

const isCpu = (part: Part): part is CpuPart => part.kind === 'cpu';

const claimsOf = (part: Part): readonly string[] => [
  ...part.models.map((model) => `the model "${model.toLowerCase()}"`),
  ...(isCpu(part) ? part.families.map((family) => `the family ${family}`) : []),
];

function checkClaims(parts: readonly Part[]): void {
  const owners = new Map<string, string>();
  for (const part of parts) {
    for (const claim of claimsOf(part)) {
      const key = `${part.kind}: ${claim}`;
      const owner = owners.get(key);
      if (owner !== undefined)
        throw new RangeError(`${owner} and ${part.name} both claim ${claim}; leave it to one of them`);
      owners.set(key, part.name);
    }
  }
}

function genericOf(parts: readonly Part[], kind: string): string {
  const name = `${kind}/generic`;
  if (parts.some((part) => part.name === name)) return name;
  throw new RangeError(`there is no part ${name} in the catalogue; add it or name another kind`);
}

/**
 * The catalogue of some parts. Model texts are compared in whole words of letters and digits, without case. Throws RangeError
 * where two parts of a kind claim one model text or family, and where a generic part is wanted that is not there.
 */
export function partCatalogue(parts: readonly Part[]): PartCatalogue {
  checkClaims(parts);
  return {
    child(kind, model) {
      const ofKind = parts.filter((part) => part.kind === kind);
      return longestModel(ofKind, model) ?? genericOf(parts, kind);
    },
    cpu({ vendor, model, family_hint: family }) {
      const cpus = parts.filter(isCpu).filter((part) => vendor === 'unknown' || part.vendor === vendor);
      const ofFamily = cpus.find(({ families }) => families.some((each) => each === family));
      return longestModel(cpus, model) ?? ofFamily?.name ?? genericOf(parts, 'cpu');
    },
  };
}
