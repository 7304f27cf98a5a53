import { z } from 'zod';
import { savingClaim } from '../define/index.ts';
import { classifyClaim } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';

/** `calc efficiency`: what a claimed saving is. */
export const efficiencyMethod = calcMethod({
  name: 'efficiency',
  title: 'What a claimed saving is',
  summary:
    'Classifies a claimed saving by eleven rules, each true, false or not known. A missing field is not known: a claim is shown only when every rule holds, and otherwise the rules that failed, or are open, are named. "cash" and "type" are given for an efficiency, shown or claimed.',
  source:
    'HM Treasury, Government Efficiency Framework (updated 24 November 2025), with product rules of our own; each rule names its basis.',
  inputSchema: savingClaim,
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
