import { z } from 'zod';
import { id, isoDate } from './words.ts';

const growth = z.number().gt(-1);
const ofOutput = id.optional().describe('The output that it is about; an output or an input, not both.');
const ofInput = id.optional().describe('The input that it is about.');
const byPeriod = z.record(z.string(), z.number().positive());

const ofQuality = id
  .optional()
  .describe('The quality measure that it is about, an output or input then not.');

interface About {
  readonly output?: string | undefined;
  readonly input?: string | undefined;
  readonly quality?: string | undefined;
}
const isOne = ({ output, input, quality }: About) =>
  [output, input, quality].filter((one) => one !== undefined).length === 1;
const oneOf = { message: 'it is about one output or one input: give `output` or `input`' };

/** Annual figures that a monthly or quarterly series is held to. */
export const annualFigures = z
  .strictObject({
    id,
    output: ofOutput,
    input: ofInput,
    of: z
      .enum(['volume', 'cost'])
      .optional()
      .describe('Of an input, whether the figures are its volume (the default) or its cost.'),
    figures: byPeriod.describe(
      'First day of each year, and the total of that year; years follow each other.',
    ),
    method: z
      .enum(['denton-proportional', 'denton-additive', 'cholette-dagum'])
      .optional()
      .describe(
        'How the difference is spread: Cholette–Dagum where there are periods after the last annual figure, proportional Denton otherwise, by default.',
      ),
    source: z.string().min(1).describe('Where the annual figures come from.'),
  })
  .refine(isOne, oneOf)
  .refine(({ figures }) => Object.keys(figures).length > 0, { message: 'give at least one annual figure' });

const link = z.union([
  z.literal('none'),
  z.strictObject({
    overlap: z
      .strictObject({
        old: byPeriod.describe('First day of a period: the figure counted the old way.'),
        new: byPeriod.describe('First day of the same period: the figure counted the new way.'),
      })
      .describe('Periods that were counted both ways.'),
  }),
  z
    .strictObject({
      growth: growth.describe(
        'Growth from the last old period to the first new one, as it is judged to be, as a share.',
      ),
      low: growth.describe('The least it could be.'),
      high: growth.describe('The most it could be.'),
      source: z.string().min(1).describe('Who judges so, and from what.'),
    })
    .refine((one) => one.low <= one.growth && one.growth <= one.high, {
      message: 'the growth lies outside its range',
    }),
]);

/** A day from which a series is no longer counted as it was. */
export const discontinuity = z
  .strictObject({
    id,
    title: z.string().min(1).describe('What a reader sees.'),
    on: isoDate.describe('The first day counted the new way: the first day of a period.'),
    kind: z.enum(['definition', 'system', 'scope', 'legal']).describe('What changed.'),
    decided_by: z.string().min(1).describe('The role that decided it, never a name.'),
    output: ofOutput,
    input: ofInput,
    quality: ofQuality,
    link: link.describe(
      'How both sides are joined: by periods counted both ways, by a judged growth with its range, or `none`, and then no growth is told across the day.',
    ),
    evidence: z.string().min(1).describe('Where the figures or the judgement stand.'),
  })
  .refine(isOne, {
    message: 'it is about one output, one input or one quality measure: give `output`, `input` or `quality`',
  });

/** Annual figures of one series, as the charter declares them. */
export type AnnualFigures = z.infer<typeof annualFigures>;
/** A break in one series, as the charter declares it. */
export type Discontinuity = z.infer<typeof discontinuity>;
