import { z } from 'zod';
import { expression } from './words.ts';

const member = z.strictObject({
  unit: z.string().min(1).describe('The unit, as the column names it.'),
  title: z.string().optional().describe('What a reader sees; the name by default.'),
  input: z.string().min(1).describe('The id of the input that holds what it uses, as volume.'),
});

const health = z.strictObject({
  survived: expression.describe('Cases alive after 30 days.'),
  before: expression.describe('Health before treatment as the patient reports it, from 0 to 1.'),
  after: expression.describe('The same after treatment.'),
  life_years: expression.describe('Years of life left to people of the age and sex of the case.'),
  wait_days: expression.describe('Days that the case waited.'),
});

const practice = z.strictObject({
  id: z.string().min(1).describe('A short name used to refer to this entry.'),
  title: z.string().min(1).describe('The way of working, such as "Home on the day of the operation".'),
  share: expression.describe('Cases that were handled so.'),
  of: expression.optional().describe('Cases that could be; all counted cases by default.'),
  direction: z.enum(['higher', 'lower']).describe('Which way is thought better: the data may say otherwise.'),
  remedy: z
    .string()
    .optional()
    .describe('What can be done about it, as a sentence: what the page proposes where the data bear it out.'),
});

/** Organisations, places or teams that do the same work, so that they can be compared fairly. */
export const units = z.strictObject({
  title: z.string().min(1).describe('What they are, in the plural, such as "Hospitals".'),
  kind: z
    .enum(['organisations', 'places', 'teams'])
    .describe('What kind they are. Persons are never compared.'),
  column: z.string().min(1).describe('The case column that tells them apart.'),
  counts: z.string().min(1).describe('What they are counted by, in the plural, such as "operations".'),
  per: z.string().min(1).describe('One of what they use, such as "full-time post" or "paid hour".'),
  counted: expression
    .optional()
    .describe('Cases in the figure that is in use today; those of the outputs by default.'),
  members: z.array(member).min(2).describe('The units, and the input that holds what each uses.'),
  case_mix: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Case columns fixed before the service acted, such as age and severity. Cases alike in all of them are compared.',
    ),
  effort: expression
    .optional()
    .describe(
      'What a case took, such as staff hours. A case then counts by what alike cases take in all units together; by its unit cost by default.',
    ),
  as_they_come: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Quality measures that tell who comes and not what is done, such as life expectancy: shown without allowing for case mix.',
    ),
  health: health
    .optional()
    .describe('For health care: survival, health gain, wait and life expectancy, for the four-part formula.'),
  practices: z
    .array(practice)
    .optional()
    .describe('Ways of working that units may differ in, so that one can learn from another.'),
});
