import * as z from 'zod';

// a process uses each schema a few times, which does not pay for compiling it
z.config({ jitless: true });

/** One value of a file: how it is read, and what to say where it cannot be. */
export interface LeafRules<T> {
  readonly expected: string;
  readonly remedy: string;
  /** JSON Schema of the value as written, for editors. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Undefined, or a RangeError thrown, refuses the value. */
  read(value: unknown): T | undefined;
}

/** What a refused leaf leaves in its issue, for `readDocument` to put into words. */
export interface LeafRefusal {
  readonly expected: string;
  readonly remedy: string;
}

function attempt<T>(rules: LeafRules<T>, value: unknown): T | undefined {
  try {
    return rules.read(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A zod schema for one value with its own words for what was expected and how to mend it. */
export function leaf<T>(rules: LeafRules<T>): z.ZodType<T> {
  return z
    .unknown()
    .meta(rules.schema)
    .transform((value, context) => {
      const read = attempt(rules, value);
      if (read !== undefined) return read;
      const params: LeafRefusal = { expected: rules.expected, remedy: rules.remedy };
      context.issues.push({ code: 'custom', input: value, message: rules.expected, params });
      return z.NEVER;
    }) as unknown as z.ZodType<T>;
}

/**
 * A map with exactly these keys. Its issue for an unknown key has the known ones for a message, and that for another sort of
 * value the example.
 */
export function record<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  example?: string,
): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : example),
  });
}
