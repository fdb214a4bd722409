import * as z from 'zod';
import { deviceKind } from './child-schema.ts';
import { type Entries, fieldsShape } from './fields.ts';
import { record } from './leaf.ts';
import { partName, text } from './names.ts';
import type { CpuPart, Part } from './part.ts';
import { CPU_FIELDS, ENDPOINT_FIELDS, SWITCH_FIELDS } from './part-fields.ts';

/** Microarchitectures of CPUs by the names that descriptions of published measurements use. */
export const CPU_FAMILIES = [
  'zen1',
  'zen2',
  'zen3',
  'zen4',
  'zen5',
  'sandy_bridge_ep',
  'ivy_bridge_ep',
  'haswell_ep',
  'haswell_client',
  'broadwell_ep',
  'skylake_client',
  'skylake_sp',
  'cascade_lake_sp',
  'ice_lake_sp',
  'sapphire_rapids',
  'emerald_rapids',
  'granite_rapids',
  'rocket_lake',
  'alder_lake',
  'raptor_lake',
  'arrow_lake',
  'neoverse',
  'power9',
] as const;

/** A part's file as written; the numbers are under the remaining keys, as `Entries`. */
export interface PartEntry {
  readonly part: string;
  readonly kind: Part['kind'];
  readonly about: string;
  /** Part from which all that is not stated here is taken. */
  readonly like?: string | undefined;
  /** Never taken from the part that this one is like. */
  readonly models?: readonly string[] | undefined;
  readonly vendor?: CpuPart['vendor'] | undefined;
  readonly arch?: CpuPart['arch'] | undefined;
  /** Never taken from the part that this one is like. */
  readonly families?: readonly string[] | undefined;
}

/** The numbers of a part's file. */
export const numbersOf = (entry: PartEntry): Entries => entry as unknown as Entries;

const head = { part: partName, about: text, like: partName.optional(), models: z.array(text).optional() };

const identityShape = {
  vendor: z.enum(['AMD', 'Intel', 'Hygon', 'ARM', 'IBM', 'unknown']).optional(),
  arch: z.enum(['x86', 'arm64', 'ppc64']).optional(),
  families: z.array(z.enum(CPU_FAMILIES)).optional(),
};

/** Schema of a part's file. */
export const partSchema = z.discriminatedUnion('kind', [
  record({ kind: z.literal('cpu'), ...head, ...identityShape, ...fieldsShape(CPU_FIELDS) }),
  record({ kind: z.literal('switch'), ...head, ...fieldsShape(SWITCH_FIELDS) }),
  record({ kind: deviceKind, ...head, ...fieldsShape(ENDPOINT_FIELDS) }),
]) as unknown as z.ZodType<PartEntry>;
