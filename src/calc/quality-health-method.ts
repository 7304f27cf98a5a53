import { z } from 'zod';
import { healthFormulaUnverified, healthQuality } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { oneRowEach } from './one-row-each.ts';

const group = z.strictObject({
  id: z.string().min(1),
  x0: z.number().nonnegative().describe('Spells in the base period.'),
  x1: z.number().nonnegative().describe('Spells in the current period.'),
  c0: z.number().positive().describe('Base unit cost, pounds.'),
  a0: z.number().describe('Share alive after 30 days, base; adjusted for case mix.'),
  a1: z.number().describe('The same, current.'),
  k: z
    .number()
    .describe(
      'Health before treatment over health after it; 0.8 elective and 0.4 otherwise where not measured.',
    ),
  k1: z
    .number()
    .optional()
    .describe(
      'The same in the current period, where health before and after is measured in both; k by default.',
    ),
  L0: z.number().describe('Remaining life expectancy of those treated, years, base.'),
  L1: z.number().describe('The same, current.'),
  w0: z.number().describe('Wait in years (80th percentile), base; above 5 is taken for days.'),
  w1: z.number().describe('The same, current.'),
});

/** `calc quality-health`: health output adjusted in four parts. */
export const qualityHealthMethod = calcMethod({
  name: 'quality-health',
  title: 'Health output adjusted for survival, health gain, wait and life expectancy',
  summary:
    'Output of health care by group of patients, adjusted for the share that survives, the health gained, the wait, and the life left to those treated: Σ x1·c0·[(a1 − k)/(a0 − k)]·[Λ1/Λ0] / Σ x0·c0 with Λ = (1 − e^(−rL·L))/rL − (e^(rw·w) − 1)/rw. ' +
    `A group that cannot be adjusted counts by volume alone and says why. ${healthFormulaUnverified}`,
  source:
    'Unverified: to be checked against Castelli and others and Bojke and others, Centre for Health Economics, University of York, before it is quoted.',
  inputSchema: z.strictObject({
    groups: z
      .array(group)
      .min(1)
      .refine((groups) => groups.some((one) => one.x0 > 0), {
        message: 'no group has spells in the base period',
      })
      .superRefine(oneRowEach('id')),
    rL: z.number().nonnegative().default(0.015).describe('Discount rate of life, a year.'),
    rw: z.number().nonnegative().default(0.015).describe('Rate at which waiting costs, a year.'),
  }),
  outputSchema: z.strictObject({
    volumeIndex: z.number(),
    volumeAndSurvivalIndex: z.number(),
    qualityAdjustedIndex: z.number(),
    qualityIndex: z.number().describe('Quality-adjusted over volume.'),
    groups: z.array(
      z.strictObject({
        id: z.string(),
        survivalFactor: z.number().nullable(),
        lambdaBase: z.number().nullable(),
        lambdaCurrent: z.number().nullable(),
        fellBackBecause: z.string().nullable(),
      }),
    ),
    verification: z.string(),
  }),
  run: ({ groups, rL, rw }) => {
    const found = healthQuality(groups, { rL, rw });
    return { ...found, groups: [...found.groups], verification: healthFormulaUnverified };
  },
  example: {
    input: {
      groups: [
        { id: 'hip', x0: 100, x1: 110, c0: 6000, a0: 0.95, a1: 0.965, k: 0.8, L0: 12, L1: 12, w0: 0, w1: 0 },
      ],
      rL: 0,
      rw: 0,
    },
    // (0.965 − 0.8)/(0.95 − 0.8) is 1.1, and 1.1 times 1.1 spells: worked by hand.
    output: {
      volumeIndex: 1.1,
      volumeAndSurvivalIndex: 1.21,
      qualityAdjustedIndex: 1.21,
      qualityIndex: 1.1,
      groups: [{ id: 'hip', survivalFactor: 1.1, lambdaBase: 12, lambdaCurrent: 12, fellBackBecause: null }],
      verification: healthFormulaUnverified,
    },
  },
});
