import { z } from 'zod';
import { applicationKinds, type CasePath, followCohort, standardAges } from '../measure/index.ts';
import { calcMethod } from './calc-method.ts';
import { oneRowEach } from './one-row-each.ts';

const day = z.iso.date();
const maybeDay = day.nullable().optional();
const maybe = z.string().min(1).nullable().optional();
const names = (of: string) => z.array(z.string()).optional().describe(of);
const count = z.number();

const caseRow = z
  .strictObject({
    case_id: z.string().min(1),
    received: day,
    first_decision_date: maybeDay,
    first_decision: maybe.describe('Such as granted, refused, withdrawn or void.'),
    appeal_date: maybeDay,
    appeal_result: maybe.describe('Such as upheld or overturned.'),
    appeal_result_date: maybeDay,
    final_outcome: maybe.describe('The final outcome where the source records it; leave out to work it out.'),
    final_date: maybeDay,
  })
  .refine((row) => !row.first_decision_date || row.first_decision_date >= row.received, {
    path: ['first_decision_date'],
    message: 'the first decision is before receipt',
  })
  .refine((row) => !row.appeal_date || row.appeal_date >= (row.first_decision_date ?? row.received), {
    path: ['appeal_date'],
    message: 'the appeal is before the decision that it is against, or before receipt',
  })
  .refine((row) => !row.appeal_date || !row.appeal_result_date || row.appeal_result_date >= row.appeal_date, {
    path: ['appeal_result_date'],
    message: 'the appeal is decided before it is made',
  });

function pathOf(row: z.infer<typeof caseRow>): CasePath {
  const end = (outcome: string | null | undefined, on: string | null | undefined) =>
    outcome && on ? { outcome, on } : null;
  return {
    id: row.case_id,
    received: row.received,
    firstDecision: end(row.first_decision, row.first_decision_date),
    challenge: row.appeal_date
      ? { on: row.appeal_date, result: row.appeal_result ?? null, resultOn: row.appeal_result_date ?? null }
      : null,
    ...(row.final_outcome === undefined ? {} : { final: end(row.final_outcome, row.final_date) }),
  };
}

/** `calc cohort`: a cohort to its final outcomes. */
export const cohortMethod = calcMethod({
  name: 'cohort',
  title: 'A cohort to its final outcomes',
  summary:
    'Follows the cases received in one period at fixed ages: first decisions, which is what "cleared" counts, and final outcomes. A decision that may be challenged is final when the window has passed or the challenge is decided; a withdrawal is final but not substantive; a void closure is never final. An age that some cases have not reached is foretold, where it can be (cumulative incidence of Aalen and Johansen), and never counted.',
  source:
    'Aalen, O. O. and Johansen, S. (1978), An empirical transition matrix for non-homogeneous Markov chains based on censored observations; the reading of outcomes is ours.',
  inputSchema: z.strictObject({
    cases: z
      .array(caseRow)
      .min(1)
      .superRefine(oneRowEach('case_id'))
      .describe('One row a case, all received in one period.'),
    observed_to: day.describe('The last day that the data cover.'),
    ages: z
      .array(z.int().positive())
      .optional()
      .describe(`Ages in days; ${standardAges.join(', ')} by default.`),
    substantive: names('Outcomes that decide the matter; granted and refused by default.'),
    never_final: names('Closures that are never final; void by default.'),
    sent_on: names('Endings by which a case leaves our sight; "sent on" by default.'),
    challengeable: names('Outcomes that may be challenged; refused by default.'),
    challenge_days: z.int().nonnegative().default(30).describe('Days in which they may be.'),
    overturned_to: z
      .record(z.string(), z.string())
      .optional()
      .describe('Outcome after a challenge that succeeds, by its result; overturned: granted by default.'),
  }),
  outputSchema: z.strictObject({
    n: count,
    by_age_days: z.record(
      z.string(),
      z.strictObject({
        cleared_first_decision: count,
        of_which_substantive: count,
        final: count,
        final_substantive: count,
        unresolved: count,
      }),
    ),
    not_yet: z.array(
      z.strictObject({
        age: count,
        incidence: z
          .array(
            z.strictObject({
              end: z.string(),
              share: count,
              standardError: count,
              low: count,
              high: count,
            }),
          )
          .nullable(),
      }),
    ),
    at_observation_end: z.strictObject({
      cleared_first_decision: count,
      non_substantive_first: count,
      appealed: count,
      appeals_decided: count,
      overturned: count,
      final: count,
      final_by_outcome: z.record(z.string(), count),
      void_without_final: count,
      left_our_sight: count,
      cleared_not_final: count,
    }),
  }),
  run: (given) => {
    const kinds = {
      substantive: given.substantive ?? applicationKinds.substantive,
      neverFinal: given.never_final ?? applicationKinds.neverFinal,
      sentOn: given.sent_on ?? applicationKinds.sentOn,
      challengeable: given.challengeable ?? applicationKinds.challengeable,
      challengeDays: given.challenge_days,
      overturnedTo: given.overturned_to ?? applicationKinds.overturnedTo,
    };
    const { n, byAge, notYet, atEnd } = followCohort(
      given.cases.map(pathOf),
      kinds,
      given.observed_to,
      given.ages ?? standardAges,
    );
    return {
      n,
      by_age_days: Object.fromEntries(
        byAge.map((one) => [
          String(one.age),
          {
            cleared_first_decision: one.cleared,
            of_which_substantive: one.clearedSubstantive,
            final: one.final,
            final_substantive: one.finalSubstantive,
            unresolved: one.unresolved,
          },
        ]),
      ),
      not_yet: notYet.map(({ age, incidence }) => ({
        age,
        incidence: incidence === null ? null : incidence.map((one) => ({ ...one })),
      })),
      at_observation_end: {
        cleared_first_decision: atEnd.cleared,
        non_substantive_first: atEnd.nonSubstantiveFirst,
        appealed: atEnd.challenged,
        appeals_decided: atEnd.challengesDecided,
        overturned: atEnd.overturned,
        final: atEnd.final,
        final_by_outcome: { ...atEnd.finalByOutcome },
        void_without_final: atEnd.voidWithoutFinal,
        left_our_sight: atEnd.leftOurSight,
        cleared_not_final: atEnd.gap,
      },
    };
  },
  example: {
    input: {
      cases: [
        {
          case_id: 'a',
          received: '2025-01-06',
          first_decision_date: '2025-02-10',
          first_decision: 'granted',
        },
        {
          case_id: 'b',
          received: '2025-01-08',
          first_decision_date: '2025-03-03',
          first_decision: 'refused',
          appeal_date: '2025-03-20',
        },
        { case_id: 'c', received: '2025-01-09', first_decision_date: '2025-01-20', first_decision: 'void' },
      ],
      observed_to: '2025-06-30',
      ages: [60, 120],
    },
    output: {
      n: 3,
      by_age_days: {
        '60': {
          cleared_first_decision: 3,
          of_which_substantive: 2,
          final: 1,
          final_substantive: 1,
          unresolved: 2,
        },
        '120': {
          cleared_first_decision: 3,
          of_which_substantive: 2,
          final: 1,
          final_substantive: 1,
          unresolved: 2,
        },
      },
      not_yet: [],
      at_observation_end: {
        cleared_first_decision: 3,
        non_substantive_first: 1,
        appealed: 1,
        appeals_decided: 0,
        overturned: 0,
        final: 1,
        final_by_outcome: { granted: 1 },
        void_without_final: 1,
        left_our_sight: 0,
        cleared_not_final: 2,
      },
    },
  },
});
