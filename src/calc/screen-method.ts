import { z } from 'zod';
import type { NotTestable, Tested } from '../measure/index.ts';

const share = z.number().min(0).max(1);

/** What every screen gives: its statement alone where it could not be run, and its figures beside it where it was. */
export function screenOutput<Shape extends z.ZodRawShape>(detail: Shape) {
  return z.union([
    z.strictObject({ testable: z.literal(false), statement: z.string() }),
    z.strictObject({
      testable: z.literal(true),
      statement: z.string().describe('In the required words; taken alone, not corrected for other screens.'),
      n: z.number(),
      p: share.describe('How often chance alone would give as much.'),
      leans: z.boolean().describe('Whether the data lean the way the pattern would.'),
      ...detail,
    }),
  ]);
}

/** A screen as `calc` gives it: without its number and its words, which the statement holds. */
export function screenResult<Screen extends Tested>(screen: Screen | NotTestable) {
  if (!screen.isTestable) return { testable: false as const, statement: screen.statement };
  const { test: _, isTestable: __, words: ___, ...figures } = screen;
  return { testable: true as const, ...figures };
}

export const seedSchema = z.int().nonnegative().optional().describe('Seed of the draws.');
