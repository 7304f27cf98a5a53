import { z } from 'zod';
import { bunching } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { screenOutput, screenResult, seedSchema } from './screen-method.ts';

const place = z.int().nonnegative();

/** `calc bunching`: more cases at a target than a smooth curve foretells. */
export const bunchingMethod = calcMethod({
  name: 'bunching',
  title: 'Cases that bunch at a target',
  summary:
    'The excess of counts in a window around a target over a polynomial through the other bins, with its interval by resampling residuals, and by degree. Bins are of one width, in order; "target" is the place of the target\'s bin counted from 0.',
  source:
    'Chetty, R. and others (2011), Adjustment costs, firm responses, and micro vs. macro labor supply elasticities; Kleven, H. J. and Waseem, M. (2013), Using notches to uncover optimization frictions.',
  inputSchema: z
    .strictObject({
      counts: z.array(z.number().nonnegative()).min(5).describe('Cases by bin.'),
      target: place.describe("Place of the target's bin."),
      below: place.default(0).describe('Bins of the window below it.'),
      above: place.default(0).describe('Bins of the window above it.'),
      degree: z.int().min(1).max(9).default(7).describe('Degree of the polynomial.'),
      scale: z
        .number()
        .positive()
        .optional()
        .describe('Divisor of the distance from the target before powers are taken.'),
      round: z.array(place).optional().describe('Places of round numbers, each with a level of its own.'),
      seed: seedSchema,
      replicates: z.int().min(100).max(100_000).optional().describe('How often residuals are resampled.'),
    })
    .refine(({ counts, target }) => target < counts.length, {
      path: ['target'],
      message: 'the target lies beyond the bins',
    }),
  outputSchema: screenOutput({
    excess: z.number(),
    relative: z.number().describe('Excess over the fitted count at the target.'),
    interval: z.strictObject({
      low: z.number(),
      high: z.number(),
      level: z.number(),
      method: z.string(),
      meaning: z.string(),
    }),
    byDegree: z.array(
      z.strictObject({
        degree: z.number(),
        excess: z.number(),
        relative: z.number(),
        fitAtTarget: z.number(),
      }),
    ),
    missingWithin: z.number().nullable().describe('Bins to the right within which as many are missing.'),
    lastBefore: z.strictObject({ share: z.number(), neighbours: z.number() }).nullable(),
  }),
  run: (given) => {
    const result = screenResult(bunching(given));
    return result.testable ? { ...result, byDegree: result.byDegree.map((one) => ({ ...one })) } : result;
  },
  example: {
    input: { counts: [60, 57, 53, 52, 48, 120, 41, 37, 34, 33], target: 5, degree: 1, replicates: 100 },
    output: {
      testable: true,
      n: 535,
      p: 1.813519569876345e-11,
      leans: true,
      excess: 75.64189189189187,
      relative: 1.7052551408987044,
      interval: {
        low: 74.98011892804968,
        high: 76.13680149744339,
        level: 0.95,
        method: 'Residual bootstrap (Chetty and others, 2011)',
        meaning: 'How far the excess moves with the scatter of the bins beside the window.',
      },
      byDegree: [
        {
          degree: 1,
          excess: 75.64189189189187,
          relative: 1.7052551408987044,
          fitAtTarget: 44.35810810810812,
        },
        {
          degree: 3,
          excess: 75.94901719901719,
          relative: 1.7241162936624133,
          fitAtTarget: 44.05098280098281,
        },
        {
          degree: 5,
          excess: 75.13996889580093,
          relative: 1.6749869994799789,
          fitAtTarget: 44.860031104199074,
        },
        {
          degree: 7,
          excess: 75.41399416909618,
          relative: 1.6914274504675328,
          fitAtTarget: 44.58600583090381,
        },
      ],
      missingWithin: null,
      lastBefore: { share: 0.08971962616822429, neighbours: 0.09813084112149532 },
      statement:
        'Pattern consistent with cases ended in time for the target. Also consistent with: rounding / a legal or clinical step at that time / genuine effort / mix. To tell them apart: look at what became of the cases that ended at the target, and at the same durations before the target was set.',
    },
  },
});
