import { describe, expect, it } from 'vitest';
import { fixtureJson, fixtureRows, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { applicationKinds, type CasePath, finalOutcome } from './case-path.ts';
import { followCohort } from './follow-cohort.ts';

interface Expected {
  readonly observed_to: string;
  readonly by_age_days: Record<string, Record<string, number>>;
  readonly at_observation_end: Record<string, number | Record<string, number>>;
}

const orNull = (text: string | undefined) => text || null;

function pathOf(row: Readonly<Record<string, string>>): CasePath {
  const end = (outcome: string | undefined, on: string | undefined) =>
    outcome && on ? { outcome, on } : null;
  return {
    id: row.case_id ?? '',
    received: row.received ?? '',
    firstDecision: end(row.first_decision, row.first_decision_date),
    challenge: row.appeal_date
      ? { on: row.appeal_date, result: orNull(row.appeal_result), resultOn: orNull(row.appeal_result_date) }
      : null,
    final: end(row.final_outcome, row.final_date),
  };
}

describe.skipIf(!hasFixtures)('twenty cases received in January 2025', () => {
  const paths = hasFixtures ? fixtureRows('cohort_cases.csv').map(pathOf) : [];
  const expected: Expected = hasFixtures
    ? fixtureJson('cohort_expected.json')
    : { observed_to: '', by_age_days: {}, at_observation_end: {} };
  const found = followCohort(paths, applicationKinds, expected.observed_to);

  it('at each age, cleared, final and unresolved', () => {
    expect(
      Object.fromEntries(
        found.byAge.map((one) => [
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
    ).toEqual(expected.by_age_days);
  });

  it('at the end of observation', () => {
    const { atEnd } = found;
    expect({
      cleared_first_decision: atEnd.cleared,
      non_substantive_first: atEnd.nonSubstantiveFirst,
      appealed: atEnd.challenged,
      appeals_decided: atEnd.challengesDecided,
      overturned: atEnd.overturned,
      final: atEnd.final,
      final_by_outcome: atEnd.finalByOutcome,
      void_without_final: atEnd.voidWithoutFinal,
    }).toEqual(expected.at_observation_end);
    expect(atEnd.gap).toBe(3);
  });

  it('does not count an age that some cases have not reached; it foretells it', () => {
    expect(found.notYet.map(({ age }) => age)).toEqual([365]);
    expect(found.notYet[0]?.incidence).toBeNull();
    const early = followCohort(paths, applicationKinds, '2025-07-20', [120, 180]);
    expect(early.byAge.map(({ age }) => age)).toEqual([120]);
    const granted = early.notYet[0]?.incidence?.find(({ end }) => end === 'granted');
    expect(granted?.share).toBeGreaterThan(0.3);
    expect(granted?.share).toBeLessThan(0.5);
  });

  it('final outcomes follow from first decisions and challenges, but for a void case decided since', () => {
    for (const path of paths) {
      const { final: _, ...rest } = path;
      const worked = finalOutcome(rest, applicationKinds, expected.observed_to);
      if (path.id === 'c15') expect(worked).toBeNull();
      else expect(worked, path.id).toEqual(path.final);
    }
  });
});

describe('what is final', () => {
  const path: CasePath = {
    id: 'a',
    received: '2025-01-01',
    firstDecision: { outcome: 'refused', on: '2025-02-01' },
    challenge: null,
  };
  const outcomeOf = (parts: Partial<CasePath>, observedTo = '2025-12-31') =>
    finalOutcome({ ...path, ...parts }, applicationKinds, observedTo);

  it('a refusal when its window has passed', () => {
    expect(outcomeOf({}, '2025-03-02')).toBeNull();
    expect(outcomeOf({}, '2025-03-03')).toEqual({ outcome: 'refused', on: '2025-03-03' });
  });

  it('never a void closure, nor a case sent on, which leaves our sight', () => {
    const closed = (outcome: string) => ({ ...path, firstDecision: { outcome, on: '2025-01-02' } });
    expect(outcomeOf(closed('void'))).toBeNull();
    const cohort = followCohort([closed('void'), closed('sent on')], applicationKinds, '2025-12-31', [60]);
    expect(cohort.atEnd).toMatchObject({
      cleared: 2,
      final: 0,
      voidWithoutFinal: 1,
      leftOurSight: 1,
      gap: 2,
    });
    expect(cohort.byAge[0]).toMatchObject({ cleared: 2, clearedSubstantive: 0, unresolved: 2 });
  });

  it('nothing of an empty cohort', () => {
    expect(followCohort([], applicationKinds, '2025-12-31').byAge).toEqual([]);
  });
});
