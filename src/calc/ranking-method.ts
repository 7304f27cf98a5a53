import { z } from 'zod';
import { rankSensitivity, smallestTurn, turningWeights } from '../stats/index.ts';
import { calcMethod } from './calc-method.ts';
import { weightsFault } from './weights-fault.ts';

const inputSchema = z
  .strictObject({
    measures: z
      .array(z.strictObject({ id: z.string().min(1), weight: z.number().min(0).max(1) }))
      .min(2)
      .describe('What is weighed; weights add to 1 and are never rescaled.'),
    units: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          values: z
            .array(z.number())
            .describe(
              'What the unit scores with all weight on each measure, in the order of the measures; more is better.',
            ),
        }),
      )
      .min(2)
      .max(50),
    draws: z.int().min(100).max(1_000_000).default(20_000),
    seed: z.int().nonnegative().default(20_260_401),
  })
  .superRefine(({ measures, units }, context) => {
    const fault = weightsFault(measures.map((one) => one.weight));
    if (fault) context.addIssue({ code: 'custom', path: ['measures'], message: fault });
    units.forEach(({ values }, u) => {
      if (values.length !== measures.length)
        context.addIssue({
          code: 'custom',
          path: ['units', u, 'values'],
          message: `${values.length} values for ${measures.length} measures`,
        });
    });
  });

/** `calc ranking`: an order of units under all other weights. */
export const rankingMethod = calcMethod({
  name: 'ranking',
  title: 'An order of units under other weights',
  summary:
    'Under which weights an order of units changes: the share of all weights that add to 1, drawn evenly, and of weights near the given ones, under which each unit has each place; the places with all weight on one measure; for each measure the weights at which a unit changes places, the others sharing the rest as given; and the least weight that must move. ' +
    'This is sensitivity to a choice, never part of an interval. Units are organisations, places or teams: never persons.',
  source: 'Dirichlet(1, …, 1) and Dirichlet(50 × weights) over the simplex, as in `calc weights`.',
  inputSchema,
  outputSchema: z.strictObject({
    units: z.array(
      z.strictObject({
        id: z.string(),
        score: z.number(),
        rank: z.int().describe('1 is the highest score; ties share the better place.'),
        shares: z.array(z.number()).describe('Share of evenly drawn weights with place 1, 2, …'),
        nearby: z.array(z.number()).describe('The same for weights near the given ones.'),
        alone: z.array(z.int()).describe('Its place with all weight on each measure.'),
        turns: z
          .array(z.array(z.strictObject({ weight: z.number(), side: z.enum(['above', 'below']) })))
          .describe('By measure: weights beyond which it has another place.'),
        smallestShift: z
          .number()
          .nullable()
          .describe('Weight to move for it to change places; null where none does.'),
        changesWith: z.string().nullable(),
      }),
    ),
    sameOrder: z.number().describe('Share of evenly drawn weights with the whole order as given.'),
    draws: z.number(),
    seed: z.number(),
  }),
  run: ({ measures, units, draws, seed }) => {
    const scored = { values: units.map(({ values }) => values), weights: measures.map((one) => one.weight) };
    const found = rankSensitivity(scored, { seed, draws });
    return {
      units: units.map(({ id }, u) => {
        const turn = smallestTurn(scored, u);
        return {
          id,
          score: found.scores[u] ?? 0,
          rank: found.ranks[u] ?? 0,
          shares: [...(found.shares[u] ?? [])],
          nearby: [...(found.nearby[u] ?? [])],
          alone: found.alone.map((ranks) => ranks[u] ?? 0),
          turns: turningWeights(scored, u).map((own) => [...own]),
          smallestShift: turn?.shift ?? null,
          changesWith: turn === null ? null : (units[turn.other]?.id ?? null),
        };
      }),
      sameOrder: found.sameOrder,
      draws,
      seed,
    };
  },
  example: {
    input: {
      measures: [
        { id: 'success', weight: 0.5 },
        { id: 'wait', weight: 0.5 },
      ],
      units: [
        { id: 'north', values: [1.25, 0.75] },
        { id: 'south', values: [1, 1.125] },
      ],
      draws: 1000,
      seed: 1,
    },
    // Success outweighs the wait for north beyond a weight of 0.6: exactly 40% of all weights; 1,000 draws give 38.9%.
    output: {
      units: [
        {
          id: 'north',
          score: 1,
          rank: 2,
          shares: [0.389, 0.611],
          nearby: [0.083, 0.917],
          alone: [1, 2],
          turns: [[{ weight: 0.6, side: 'above' }], [{ weight: 0.4, side: 'below' }]],
          smallestShift: 0.1,
          changesWith: 'south',
        },
        {
          id: 'south',
          score: 1.0625,
          rank: 1,
          shares: [0.611, 0.389],
          nearby: [0.917, 0.083],
          alone: [2, 1],
          turns: [[{ weight: 0.6, side: 'above' }], [{ weight: 0.4, side: 'below' }]],
          smallestShift: 0.1,
          changesWith: 'north',
        },
      ],
      sameOrder: 0.611,
      draws: 1000,
      seed: 1,
    },
  },
});
