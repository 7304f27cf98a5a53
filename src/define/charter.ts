import { z } from 'zod';
import { annualFigures, discontinuity } from './linked-series.ts';
import { metricDefinition } from './metric-definition.ts';
import { payments } from './payments.ts';
import { publishing } from './publishing.ts';
import { saving } from './saving.ts';
import { units } from './units.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens, starting with a letter')
  .describe('A short name used to refer to this entry: lower-case letters, digits and hyphens.');
const title = z.string().min(1).describe('What a reader sees.');
const expression = z.string().min(1).describe('A condition or value in the expression language.');
const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-04-01');
const assumptionRef = id.describe(
  'The id of an assumption, which holds the value with its source, owner and review date.',
);

/** The tables that an extract can fill. */
export const extractKinds = ['events', 'cases', 'contacts', 'volumes', 'inputs', 'quality'] as const;

const extract = z.strictObject({
  file: z.string().min(1).describe('Path of the extract, relative to the workspace.'),
  as: z.enum(extractKinds).describe('The table it fills.'),
  map: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Field of the table: column of the file. Columns not named become attributes. Of a column of free text named `words_in_…` only the kinds of words are kept, such as a spreadsheet.',
    ),
  timezone: z
    .string()
    .optional()
    .describe("Zone of times that carry no offset; the charter's time zone by default."),
  drop: z.array(z.string()).optional().describe('Columns not to bring in, such as names and free text.'),
  nulls: z.array(z.string()).optional().describe('Words that mean "missing" besides the empty field.'),
  encoding: z
    .string()
    .optional()
    .describe('Encoding of a text file that is not UTF-8, such as windows-1252; it is never guessed.'),
  sheet: z.string().optional().describe('The sheet of a workbook to read, where it has several.'),
  object_type: z
    .string()
    .optional()
    .describe('The type of object that is a case, for an object-centric log (OCEL) with several.'),
  lifecycle: z
    .enum(['pair', 'keep'])
    .optional()
    .describe(
      'Join the rows that start and complete one piece of work (`pair`), or count every row (`keep`); joined where a file has both by default.',
    ),
  classifier: z
    .string()
    .optional()
    .describe('What tells steps apart: a classifier of an XES log, or columns joined with `+`.'),
  minutes_in: z
    .enum(['minutes', 'hours', 'seconds'])
    .optional()
    .describe(
      'What the column mapped to `minutes` counts; asked about where its name or values leave it open.',
    ),
  on_bad_start: z
    .literal('finish_only')
    .optional()
    .describe('Keep a row whose start cannot be read by its finish alone; it is set aside by default.'),
  shape: z
    .enum(['rows', 'wide', 'history'])
    .optional()
    .describe(
      'How the file lays events out: a row each (`rows`), a column of dates for each step (`wide`), or a row for each changed field (`history`).',
    ),
  steps: z
    .record(z.string(), z.string())
    .optional()
    .describe('Step: column with its date, for `shape: wide`; all columns of dates by default.'),
  field: z.string().optional().describe('The field whose changes are steps, for `shape: history`.'),
  dedupe: z
    .union([
      z.literal('exact'),
      z.strictObject({
        key: z.array(z.string()).min(1).describe('Columns whose values together tell a row.'),
        keep_latest_by: z
          .string()
          .optional()
          .describe('The column whose latest time or largest number is kept; the last row by default.'),
      }),
    ])
    .optional()
    .describe('Which rows are the same row, so that one is kept: equal ones (`exact`), or those of one key.'),
  day_first: z
    .boolean()
    .optional()
    .describe('How to read dates such as 03/04/2024; needed when the file cannot tell.'),
});

const outcome = z.strictObject({
  id,
  title,
  for_whom: z.string().optional().describe('Who gets it.'),
  measure: id
    .optional()
    .describe('The quality measure that shows it; without one the outcome is declared unmeasured.'),
});

const output = z.strictObject({
  id,
  title,
  unit: z.string().describe('What one is, such as "passport" or "decision".'),
  from: z.enum(['cases', 'volumes']).describe('Counted from cases, or given as totals in the volumes table.'),
  where: expression.optional().describe('Which cases count (from: cases). Each case counts once.'),
  at: z.string().optional().describe('The time column that places a case in a period; "closed" by default.'),
  unit_cost: assumptionRef
    .optional()
    .describe('Cost of one; not needed when the volumes table carries unit costs.'),
  group: id
    .optional()
    .describe('Outputs of one group are the same service by another route and share one weight.'),
  group_reason: z.string().optional().describe('Why the outcome is the same.'),
  group_owner: z.string().min(1).optional().describe('The role that answers for the group.'),
  group_since: isoDate.optional().describe('The day from which the group holds.'),
  group_margin: z
    .number()
    .positive()
    .max(0.5)
    .optional()
    .describe(
      'How far a share of quality may differ between the routes for their outcome to count as the same; 0.02, two points, by default.',
    ),
  essential: z.boolean().optional().describe('True when the service may not stop it.'),
  measured_by: z
    .literal('inputs')
    .optional()
    .describe(
      '`inputs` where it has no measure of its own and its volume is that of its inputs: its productivity then cannot change, and its share is shown.',
    ),
});

const quality = z.strictObject({
  id,
  title,
  outputs: z.union([z.literal('all'), z.array(id).min(1)]).describe('The outputs it speaks for.'),
  from: z
    .enum(['cases', 'quality'])
    .describe('Worked out from cases, or given as values in the quality table.'),
  share: expression.optional().describe('Cases that have the quality (from: cases).'),
  of: expression.optional().describe('Cases that could have it; all cases of the outputs by default.'),
  mean: expression.optional().describe('A number to average instead of a share (from: cases).'),
  measure: z.string().optional().describe('Name in the quality table (from: quality); the id by default.'),
  direction: z.enum(['higher', 'lower']).describe('Which way is better.'),
  weight: z
    .number()
    .min(0)
    .max(1)
    .describe('Share of the quality adjustment it carries. Weights that speak for one output add to 1.'),
  weight_source: z.string().min(1).describe('Whose weight it is, and why.'),
});

const input = z.strictObject({
  id,
  title,
  category: z
    .enum(['labour', 'labour-indirect', 'goods-services', 'capital', 'citizen-time'])
    .describe('What kind of input it is.'),
  input: z.string().optional().describe('Name in the inputs table; the id by default.'),
  error: z
    .strictObject({
      percent: z
        .number()
        .positive()
        .max(100)
        .describe(
          'Relative standard error, in percent, of how this input changed from the earlier to the later period. A level that is wrong alike in both cancels out.',
        ),
      source: z.string().min(1).describe('Who says so, and from what.'),
      shared: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A word of your own: inputs that give the same word err together, as those with one deflator do.',
        ),
    })
    .optional()
    .describe(
      'How far its records, costs or deflator may be out. It widens the range of growth of inputs and of productivity; without it the input counts as exact.',
    ),
});

const floor = z.strictObject({
  id,
  title,
  share: expression.describe('Cases that are as they must be.'),
  of: expression.optional().describe('Cases that it is asked of; all cases by default.'),
  at_least: z.number().min(0).max(1).describe('The share that must be reached, 0 to 1.'),
  why: z.string().min(1).describe('Why it may not be traded away.'),
});

const target = z.strictObject({
  id,
  title,
  share: expression
    .optional()
    .describe('Cases that meet the target; left out where the measure in `compare_with` is the target.'),
  of: expression
    .optional()
    .describe('The cases it covers; a target that covers fewer than all says so on every page.'),
  at_least: z.number().min(0).max(1).describe('The share aimed at, 0 to 1.'),
  since: isoDate.optional().describe('The day from which it holds.'),
  compare_with: id.optional().describe('The quality measure that asks the same of everyone.'),
  definition: metricDefinition
    .optional()
    .describe(
      'What the charter does not otherwise say of how the target is put together; a rule that needs what is left out is not checked.',
    ),
  units: z
    .strictObject({
      column: z.string().describe('What tells units apart: a column of the cases, or of the quality table.'),
      measure: z
        .string()
        .optional()
        .describe('Name in the quality table of the share of each unit; counted from cases by default.'),
      title: z.string().optional().describe('What the units are, in the plural.'),
      window: z
        .number()
        .positive()
        .max(0.5)
        .optional()
        .describe('How far each side of the target is compared, as a share; 0.005 by default.'),
      bandwidth: z
        .number()
        .positive()
        .max(0.5)
        .optional()
        .describe('How far each side counts for the density, as a share; 0.02 by default.'),
    })
    .optional()
    .describe('The units that the target applies to, so that their shares can be screened.'),
});

const moment = z.union([
  z.strictObject({
    step: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('A step, or a list of steps of which any will do.'),
    which: z.enum(['first', 'last']).optional().describe('Whether its first or its last time counts.'),
  }),
  z.strictObject({ column: z.string().describe('A time column of the cases.') }),
]);

const clock = z.strictObject({
  id,
  title,
  start: moment.describe('The step (first time by default) or the case column that starts it.'),
  stop: moment.describe('The step (last time by default) or the case column that stops it.'),
  restart: z.array(z.string()).optional().describe('Steps at which this clock starts again from nothing.'),
  pause: z
    .array(
      z.strictObject({
        from: z.string().describe('The step at which it stops for a while.'),
        to: z.string().describe('The step at which it runs again; a pause that never ends runs to the stop.'),
      }),
    )
    .optional()
    .describe('Steps between which it stands still.'),
});

const change = z.strictObject({
  id,
  title,
  on: isoDate.describe('The day from which the work is done in the new way.'),
});

const group = z.strictObject({
  id,
  title,
  column: z.string().describe('A case column that splits figures, such as region or channel.'),
});

const costs = z.strictObject({
  minute: z
    .array(
      z.strictObject({
        team: z.string().optional().describe('The team; left out for all others.'),
        assumption: assumptionRef,
      }),
    )
    .optional()
    .describe('Cost of a minute of work, in pounds, by team; an entry without a team is for all others.'),
  touch_minutes: z
    .array(z.strictObject({ step: z.string().describe('The step.'), assumption: assumptionRef }))
    .optional()
    .describe('Minutes of work of a step, where the data record none.'),
  delay_day: assumptionRef
    .optional()
    .describe('What a day of waiting costs the person or the exchequer, in pounds.'),
});

const steps = z.strictObject({
  front: z.array(z.string()).optional().describe('Steps that the user sees.'),
  waiting_for_applicant: z
    .array(z.string())
    .optional()
    .describe('Steps after which the service waits for the person.'),
  waiting_for_third_party: z
    .array(z.string())
    .optional()
    .describe('Steps after which the service waits for somebody else, such as another body.'),
  waiting: z
    .array(z.string())
    .optional()
    .describe('Steps whose own duration is waiting and no work, such as a cooling-off period.'),
  legitimate_repeats: z.array(z.string()).optional().describe('Steps that repeat by design.'),
  rejection: z
    .array(z.string())
    .optional()
    .describe('Steps that turn a case back or down, such as a refusal.'),
  submission: z.array(z.string()).optional().describe('Steps at which a case is sent in, or sent in again.'),
  checks: z
    .array(
      z.strictObject({
        step: z.string().describe('A check that can turn a case down.'),
        after: z
          .array(z.string())
          .describe('Steps that must come before it; every other check may come after it. May be empty.'),
      }),
    )
    .max(12)
    .optional()
    .describe('Checks whose order may be changed, as far as `after` allows.'),
});

const amountLimit = z.strictObject({
  id,
  title,
  amount: z.string().min(1).describe('The column of cases that holds the amount.'),
  limit: assumptionRef.describe('The amount below which a case needs less, such as no approval.'),
  unites: z
    .array(z.string().min(1))
    .min(1)
    .describe('Columns of cases that must agree for two cases to belong together, such as the supplier.'),
});

const contacts = z.strictObject({
  value: z
    .array(z.string())
    .optional()
    .describe('Reasons for a contact that the service is there for, such as a new request.'),
  failure: z
    .strictObject({
      chasing: z.array(z.string()).optional().describe('Asking how a case is getting on.'),
      clarifying: z
        .array(z.string())
        .optional()
        .describe('Not having understood a letter, form or decision.'),
      correcting: z.array(z.string()).optional().describe('Something was done wrong.'),
      complaint: z.array(z.string()).optional().describe('A complaint, or an appeal.'),
      other: z.array(z.string()).optional().describe('Any other failure to do something, or to do it right.'),
    })
    .optional()
    .describe('Reasons that are there because something was not done, or not done right, by kind.'),
  repeat_days: z
    .number()
    .int()
    .min(1)
    .max(90)
    .optional()
    .describe('A contact on the same case within so many days of the last is a repeat; 14 by default.'),
  topic: z
    .string()
    .optional()
    .describe(
      'The column of contacts that says what one is about; `reason` by default. Contacts of one person on one topic are one issue.',
    ),
  automated: z
    .array(z.string())
    .optional()
    .describe('Channels on which nobody is spoken to, such as a recorded message.'),
  open_action: z
    .string()
    .optional()
    .describe('A column of contacts that says yes where something is still to be done after the contact.'),
  hours: z
    .array(
      z.strictObject({
        team: z.string().describe('The team, as the contacts name it.'),
        title: z.string().optional().describe('What a reader sees; the name by default.'),
        input: id.describe('The input that holds its paid hours as volume.'),
      }),
    )
    .optional()
    .describe('Paid hours of the teams that handle contacts, so that resolved an hour can be told.'),
  advancing: z
    .array(z.string())
    .optional()
    .describe('Steps that move a case on, so that a contact after one is no chasing; every step by default.'),
  outbound: z
    .array(z.string())
    .optional()
    .describe('Steps that send the person something: a contact within ten days of one asks about it.'),
});

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const clockTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time of day such as 09:00');

const othersWaits = z.strictObject({
  teams: z
    .array(z.string())
    .optional()
    .describe("Teams that stand for them: what comes before such a team's step waits on them."),
  statuses: z
    .array(z.string())
    .optional()
    .describe('Statuses of a case during which the service waits for them.'),
});

const waits = z.strictObject({
  applicant: othersWaits.optional().describe('How else a wait for the person shows.'),
  third_party: othersWaits.optional().describe('How else a wait for somebody else shows.'),
  systems: z
    .array(z.string())
    .optional()
    .describe('Teams that are systems, not people: their steps take no time.'),
  hours: z
    .array(
      z.strictObject({
        team: z.string().optional().describe('The team; left out for all others.'),
        days: z.array(z.enum(weekdays)).min(1).describe('Days of the week.'),
        from: clockTime.describe('When work begins, on the wall.'),
        to: clockTime.describe('When it ends; not after the beginning for a night shift.'),
      }),
    )
    .optional()
    .describe('Working hours, less the bank holidays of the calendar: they tell time off duty apart.'),
  infer_hours: z
    .boolean()
    .optional()
    .describe('True to read working hours off the log where none are given; every page then says so.'),
});

const ending = z.strictObject({
  id,
  title,
  where: expression.describe("The first ending whose condition holds is the case's."),
});

const assumption = z.strictObject({
  id,
  statement: z.string().min(1).describe('What is assumed, in one sentence.'),
  value: z.number().optional().describe('The number, when it is used as one.'),
  by_period: z
    .record(z.string(), z.number())
    .optional()
    .describe('Values that change: first day of the period on which each starts.'),
  unit: z.string().optional().describe('What the number counts, such as "pounds" or "minutes".'),
  source: z.string().min(1).describe('Where it comes from.'),
  owner: z.string().min(1).describe('A role, never a name.'),
  review: isoDate.describe('When it must be looked at again.'),
});

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
/** An extract that the charter names, and how its columns fill a table. */
export type Extract = z.infer<typeof extract>;
/** A table that an extract can fill. */
export type ExtractKind = (typeof extractKinds)[number];
/** Something the service gives to people, as the charter counts and costs it. */
export type Output = z.infer<typeof output>;
/** A measure of how good an output is, with its weight and whose weight that is. */
export type QualityMeasure = z.infer<typeof quality>;
/** Something the service uses: staff time, goods and services, capital or citizens' own time. */
export type Input = z.infer<typeof input>;
/** A time the charter measures: where it starts, stops and pauses. */
export type Clock = z.infer<typeof clock>;
/** A figure that is not in the data, with its source, its owner and the date it is looked at again. */
export type Assumption = z.infer<typeof assumption>;

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
