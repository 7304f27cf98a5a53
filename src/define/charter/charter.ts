import { z } from 'zod';
import { contacts } from './contacts.ts';
import { assumption, costs } from './costs.ts';
import { extract } from './extract.ts';
import { annualFigures, discontinuity } from './linked-series.ts';
import { input, outcome, output, quality } from './outputs.ts';
import { payments } from './payments.ts';
import { floor, target } from './promises.ts';
import { publishing } from './publishing.ts';
import { saving } from './saving.ts';
import { units } from './units.ts';
import { waits } from './waits.ts';
import { amountLimit, change, clock, ending, group, steps } from './ways-of-working.ts';
import { id, isoDate, title } from './words.ts';

/** The charter: what the service is for, and how the extracts say it. */
export const charterSchema = z.strictObject({
  wellspent: z.literal(1).describe('The version of this format.'),
  service: id.describe('The id of the service, used in file names and addresses.'),
  title,
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, 'a version such as 1.0.0')
    .describe('The version of these definitions; raise it when they change.'),
  effective: isoDate.describe('The day from which these definitions hold.'),
  owner: z.string().min(1).describe('The role that answers for it, never a name.'),
  purpose: z.string().min(1).describe('What the service is for, in one or two plain sentences.'),
  demonstration: z.boolean().optional().describe('True when the data are made up: every page says so.'),
  about: z.string().optional().describe('Where the data come from and what they cannot show.'),
  timezone: z.string().describe('The zone of the clock on the wall, such as Europe/London.'),
  calendar: z
    .enum(['england-and-wales', 'none'])
    .optional()
    .describe('Whose bank holidays `working_days_between` leaves out; `none` leaves out weekends only.'),
  reporting: z
    .strictObject({
      grain: z
        .enum(['day', 'week', 'month', 'quarter', 'financial-year', 'year'])
        .describe('The length of a reporting period.'),
      from: isoDate.optional().describe('First day of the first period to report.'),
      to: isoDate.optional().describe('Last day of the last period to report.'),
      weights: z
        .enum(['year', 'financial-year', 'period'])
        .optional()
        .describe('How often cost weights are renewed.'),
      cluster: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A column of cases that tells whose they are, such as a person or household: cases of one are resampled together, so that intervals allow for their being alike.',
        ),
    })
    .describe('The periods that figures are reported by.'),
  extracts: z.array(extract).describe('The files that departments give us, and the tables they fill.'),
  outcomes: z.array(outcome).min(1).describe('What the service intends for people and the public.'),
  outputs: z.array(output).min(1).describe('What it produces: what a citizen gets, each case once.'),
  quality: z.array(quality).optional().describe('How well it does so, with weights and whose they are.'),
  inputs: z.array(input).optional().describe('What it uses.'),
  floors: z.array(floor).optional().describe('Essential outcomes that may not be traded away.'),
  targets: z.array(target).optional().describe('Targets in use, so that they can be checked.'),
  savings: z
    .array(saving)
    .optional()
    .describe('Savings that are planned, promised or claimed, so that they can be judged.'),
  clocks: z
    .array(clock)
    .optional()
    .describe('How time is counted. Each clock gives columns such as `<id>_days` to conditions.'),
  changes: z
    .array(change)
    .optional()
    .describe(
      'What was changed in how the work is done, and when, so that before and after can be compared.',
    ),
  annual_figures: z
    .array(annualFigures)
    .optional()
    .describe(
      'Annual figures, such as audited ones, that the months or quarters of an output or input are held to.',
    ),
  discontinuities: z
    .array(discontinuity)
    .optional()
    .describe('Days from which an output or input is counted in another way, and how both sides are joined.'),
  groups: z.array(group).optional().describe('Ways to split figures, to see for whom the service works.'),
  payments: payments
    .optional()
    .describe(
      'What the service pays out and what an audit says should have been paid, so that the cost of errors stands beside the cost of handling.',
    ),
  units: units
    .optional()
    .describe(
      'Organisations, places or teams that do the same work, so that they can be compared fairly: never persons.',
    ),
  costs: costs.optional().describe('What work and waiting cost.'),
  amount_limits: z
    .array(amountLimit)
    .optional()
    .describe('Limits of amounts that a case may be kept below by splitting it in two or more.'),
  steps: steps.optional().describe('What is known about kinds of steps.'),
  contacts: contacts
    .optional()
    .describe(
      'What contacts are about and who handles them, so that failure demand and issues resolved can be told.',
    ),
  waits: waits.optional().describe('What is known about waits: on whom they are, and who works when.'),
  endings: z.array(ending).optional().describe('How cases end, tried in order.'),
  assumptions: z
    .array(assumption)
    .optional()
    .describe('Everything that is not in the data: value, source, owner and review date.'),
  unmeasured: z.array(z.string()).optional().describe('What matters and is not measured.'),
  publish: publishing.optional().describe('What of it is published, and how its small counts are protected.'),
});

/** The content of a `service.yaml`, checked. */
export type Charter = z.infer<typeof charterSchema>;

/** A charter as loaded: its content, its hash (SHA-256 of the canonical content) and where each part stands in the file. */
export interface LoadedCharter {
  readonly charter: Charter;
  readonly hash: string;
  readonly file: string;
  /** The file's lines, so that faults found later can show the line they speak of. */
  readonly lines?: readonly string[];
  /** Line in service.yaml of a path such as `outputs.0.where`, or of the nearest part above it. */
  lineOf(path: readonly (string | number)[]): number;
}
