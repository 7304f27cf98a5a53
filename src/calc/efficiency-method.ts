import { z } from 'zod';
import { classifyClaim } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

const bound = z.number().nullable();
const effect = (of: string) =>
  z
    .tuple([z.number(), bound, bound])
    .refine(([estimate, low, high]) => (low ?? estimate) <= estimate && estimate <= (high ?? estimate), {
      message: 'the estimate lies outside its bounds',
    })
    .nullable()
    .optional()
    .describe(
      `Change of ${of} as a share of the baseline: estimate, lower and upper 95% bound; null bounds for an exact figure.`,
    );
const fact = (of: string) => z.boolean().nullable().optional().describe(`${of}; null where not known.`);
const amount = (of: string) => z.number().nullable().optional().describe(`${of}; null where not known.`);
const text = (of: string) => z.string().nullable().optional().describe(of);

/** `calc efficiency`: what a claimed saving is. */
export const efficiencyMethod = calcMethod({
  name: 'efficiency',
  title: 'What a claimed saving is',
  summary:
    'Classifies a claimed saving by eleven rules, each true, false or not known. A missing field is not known: a claim is shown only when every rule holds, and otherwise the rules that failed, or are open, are named. "cash" and "type" are given for an efficiency, shown or claimed.',
  source:
    'HM Treasury, Government Efficiency Framework (updated 24 November 2025), with product rules of our own; each rule names its basis.',
  inputSchema: z.strictObject({
    definition: text('The definition it is measured by, such as a charter version.'),
    baseline: text('What it is compared with.'),
    intends_less: z.boolean().optional().describe('True where the purpose was to achieve less.'),
    duplicate_of: text('The claim that counts the same pounds or hours.'),
    floor_broken: fact('Whether an essential floor is broken'),
    output: effect('quality-adjusted total output'),
    outcome: effect('the total outcome'),
    input: effect('inputs'),
    deferred: fact('Whether a cost was put off to a later year'),
    saving_gbp: amount('Pounds saved, gross'),
    shifted_public_gbp: amount('Pounds of cost moved to other public bodies'),
    counterfactual: text('What tells what would have happened anyway; "none" where nothing does.'),
    evidence: z.enum(['measured', 'self-report']).nullable().optional().describe('How it is known.'),
    margin: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe('How much worse counts as the same; 0.01 by default.'),
    budget_reduced: fact('Whether a budget line falls'),
    monetised: fact('Whether it is priced in pounds'),
    shifted_citizen_hours: amount('Hours more that citizens spend'),
    citizen_rate_gbp: amount('Declared pounds an hour of their time'),
    redesigned_inputs_processes_outputs: z
      .boolean()
      .optional()
      .describe('True where resources were put to use in a wholly different way.'),
  }),
  outputSchema: z.strictObject({
    verdict: z.string(),
    reasons: z.array(z.string()).describe('The rules that failed, or if none did, those that are open.'),
    cls: z.string().describe('The short class.'),
    budget_falls: z.boolean(),
    cash: z.string().optional(),
    type: z.string().optional(),
    notes: z.array(z.string()).optional(),
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        test: z.string(),
        basis: z.string(),
        truth: z.boolean().nullable(),
        evidence: z.string(),
      }),
    ),
  }),
  run: (claim) => {
    const { reasons, notes, rules, ...rest } = classifyClaim(claim);
    return {
      ...rest,
      reasons: [...reasons],
      ...(notes ? { notes: [...notes] } : {}),
      rules: rules.map((rule) => ({ ...rule })),
    };
  },
  example: {
    input: { definition: 'charter 1.2.0', baseline: '2024-25', intends_less: true, saving_gbp: 500000 },
    output: {
      verdict: 'non-efficiency saving',
      reasons: ['G2'],
      cls: 'non-efficiency-saving',
      budget_falls: false,
      rules: [
        {
          rule: 'G1',
          test: 'a definition and a baseline are given',
          basis: 'product rule',
          truth: true,
          evidence: 'definition: charter 1.2.0; baseline: 2024-25',
        },
        {
          rule: 'G2',
          test: 'the purpose was not to achieve less',
          basis: 'Government Efficiency Framework',
          truth: false,
          evidence: 'intends to achieve less: yes',
        },
      ],
    },
  },
});
