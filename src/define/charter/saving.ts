import { z } from 'zod';

/** The largest change of a total that is read as a share: elevenfold, beyond which per cent were written (product rule). */
const mostGrowth = 10;

const bound = z.number().nullable();
const effect = (of: string) =>
  z
    .tuple([z.number(), bound, bound])
    .refine(([estimate, low, high]) => (low ?? estimate) <= estimate && estimate <= (high ?? estimate), {
      message: 'the estimate lies outside its bounds',
    })
    .refine((shares) => shares.every((share) => share === null || (share >= -1 && share <= mostGrowth)), {
      message: `shares of the baseline, from -1 (nothing is left) to ${mostGrowth}: 0.05 for five per cent`,
    })
    .nullable()
    .optional()
    .describe(
      `Change of ${of} as a share of the baseline: estimate, lower and upper 95% bound; null bounds for an exact figure.`,
    );
const fact = (of: string) => z.boolean().nullable().optional().describe(`${of}; null where not known.`);
const amount = (of: string) => z.number().nullable().optional().describe(`${of}; null where not known.`);
const saved = z.number().refine((pounds) => pounds >= 0, {
  message: '0 or more: what costs more than it saves is a cost and no saving',
});
const text = (of: string) => z.string().nullable().optional().describe(of);

/** A claimed saving as its owner states it; what is left out is not known. */
export const savingClaim = z.strictObject({
  definition: text('The definition it is measured by, such as a charter version.'),
  baseline: text('What it is compared with.'),
  intends_less: z.boolean().optional().describe('True where the purpose was to achieve less.'),
  duplicate_of: text('The id of the saving that counts the same pounds or hours.'),
  floor_broken: fact('Whether an essential floor is broken'),
  output: effect('quality-adjusted total output'),
  outcome: effect('the total outcome'),
  input: effect('inputs'),
  deferred: fact('Whether a cost was put off to a later year'),
  saving_gbp: saved.nullable().optional().describe('Pounds saved, gross; null where not known.'),
  shifted_public_gbp: z
    .number()
    .refine((given) => given >= 0, {
      message: '0 or more: what other bodies gain is a saving of its own, and offsets no cost here',
    })
    .nullable()
    .optional()
    .describe('Pounds of cost moved to other public bodies; null where not known.'),
  counterfactual: text('What tells what would have happened anyway; "none" where nothing does.'),
  evidence: z.enum(['measured', 'self-report']).nullable().optional().describe('How it is known.'),
  margin: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('How much worse counts as the same; 0.01 by default, and above 0.1 nothing is shown by it.'),
  budget_reduced: fact('Whether a budget line falls'),
  monetised: fact('Whether it is priced in pounds'),
  shifted_citizen_hours: amount('Hours more that citizens spend'),
  citizen_rate_gbp: amount('Declared pounds an hour of their time'),
  redesigned_inputs_processes_outputs: z
    .boolean()
    .optional()
    .describe('True where resources were put to use in a wholly different way.'),
});

/** What happened around a saving, for the signs of a false economy. */
const circumstances = z.strictObject({
  demand_at_release: effect('demand by the day the staff left'),
  overtime: effect('overtime'),
  sickness: effect('sickness'),
  utilisation: amount('Share of capacity in use'),
  utilisation_limit: amount('Highest share at which waits stay in hand'),
  cleared: amount('Share of the stock cleared'),
  resolved: amount('Share of the same cases at their final outcome'),
});

/** A saving that is planned, promised or claimed. */
export const saving = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens, starting with a letter')
    .describe('A short name used to refer to this entry.'),
  title: z.string().min(1).describe('What a reader sees.'),
  lever: z.string().optional().describe('What is done to save.'),
  plan_gbp: saved.optional().describe('Pounds promised for the year.'),
  delivered_gbp: z.number().optional().describe('Pounds delivered in the year so far.'),
  forecast_gbp: saved.optional().describe('Pounds now expected for the year.'),
  cost_to_achieve_gbp: z.number().nonnegative().optional().describe('Pounds that it costs to save them.'),
  recurrent: z.boolean().optional().describe('True where it saves every year, false where once.'),
  owner: z.string().min(1).describe('The role that answers for it, never a name.'),
  from: z.string().optional().describe('The day it starts.'),
  to: z.string().optional().describe('The day it ends.'),
  ledger_line: z.string().optional().describe('The budget line in which it can be seen.'),
  evidence_source: z.string().optional().describe('Where the evidence lies.'),
  claim: savingClaim.describe('What is claimed, for the rules of the Government Efficiency Framework.'),
  around: circumstances.optional().describe('What happened around it, for signs of a false economy.'),
});

/** A claimed saving as its owner states it; what is left out is not known. */
export type SavingClaim = z.infer<typeof savingClaim>;
/** What happened around a saving. */
export type Circumstances = z.infer<typeof circumstances>;
/** A saving that is planned, promised or claimed. */
export type Saving = z.infer<typeof saving>;
