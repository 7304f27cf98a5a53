import type { z } from 'zod';

/** One statistical method that can be run alone, JSON in and JSON out. */
export interface CalcMethod {
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what it works out, and the conventions a reader must know. */
  readonly summary: string;
  /** Where the method comes from: author, year, work. */
  readonly source: string;
  readonly inputSchema: z.ZodType;
  readonly outputSchema: z.ZodType;
  /** Works out the output, or a promise of it, from input that has passed the schema. */
  readonly run: (input: unknown) => unknown;
  /** A small case that the tests execute. */
  readonly example: { readonly input: unknown; readonly output: unknown };
}

/** Makes a method from typed parts, so that `run` may rely on what the schema has checked. */
export function calcMethod<I extends z.ZodType, O extends z.ZodType>(parts: {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly inputSchema: I;
  readonly outputSchema: O;
  readonly run: (input: z.infer<I>) => z.infer<O> | Promise<z.infer<O>>;
  readonly example: { readonly input: unknown; readonly output: unknown };
}): CalcMethod {
  return { ...parts, run: (input) => parts.run(input as z.infer<I>) };
}
