import { describe, expect, it } from 'vitest';
import { savingClaim } from '../../define/index.ts';
import { fixtureJson, hasFixtures } from '../../stats/fixtures.test-support.ts';
import type { Claim } from './claim.ts';
import { type Classification, classifyClaim } from './classify-claim.ts';
import { isAbove, isBelow, isHeldDown, isNotLower } from './effects.ts';
import { gates, tests } from './framework.ts';
import { publishedClaims } from './published-claims.test-support.ts';

const shownOf = (claim: Claim) => {
  const { rules: _, ...shown } = classifyClaim(claim);
  return shown;
};

describe.skipIf(!hasFixtures)('the 22 cases', () => {
  const { cases }: { cases: readonly { id: string; claim: Claim; expected: Partial<Classification> }[] } =
    hasFixtures ? fixtureJson('gef_cases.json') : { cases: [] };

  it.each(cases)('$id', ({ claim, expected }) => {
    expect(shownOf(claim)).toEqual(expected);
  });

  it('are 22', () => {
    expect(cases).toHaveLength(22);
  });
});

describe('published claims', () => {
  it.each(publishedClaims)('$text', ({ claim, expected }) => {
    expect(shownOf(claim)).toEqual(expected);
  });

  it('are more than twenty, each with a source, and of every class but "efficiency"', () => {
    expect(publishedClaims.length).toBeGreaterThan(20);
    for (const { source } of publishedClaims) expect(source).toMatch(/\w{3}/);
    expect([...new Set(publishedClaims.map(({ expected }) => expected.cls))].sort()).toEqual([
      'cost-shift',
      'deferral',
      'investment',
      'non-efficiency-saving',
      'not-an-efficiency',
      'not-classifiable',
      'not-evidenced',
    ]);
  });
});

const complete: Claim = {
  definition: 'charter 1.0.0',
  baseline: '2024-25',
  floor_broken: false,
  output: [0.02, 0.01, 0.03],
  outcome: [0, -0.004, 0.004],
  input: [-0.02, -0.03, -0.01],
  deferred: false,
  saving_gbp: 100,
  shifted_public_gbp: 0,
  counterfactual: 'comparison group',
  evidence: 'measured',
};

describe('the decision table', () => {
  it('shows an efficiency only when every rule is known to hold', () => {
    expect(classifyClaim(complete).verdict).toBe('efficiency (shown)');
    for (const [field, rule] of [
      ['floor_broken', 'G4'],
      ['deferred', 'G7'],
      ['saving_gbp', 'G8'],
      ['shifted_public_gbp', 'G8'],
      ['outcome', 'G9'],
      ['counterfactual', 'G10'],
      ['evidence', 'G11'],
    ] as const) {
      const { verdict, reasons } = classifyClaim({ ...complete, [field]: undefined });
      expect(verdict, field).toBe('efficiency (claimed, not shown)');
      expect(reasons, field).toContain(rule);
    }
  });

  it('names every rule that failed, and the class of the first that counts', () => {
    const { reasons, cls } = classifyClaim({ ...complete, deferred: true, shifted_public_gbp: 500 });
    expect(reasons).toEqual(['G7', 'G8']);
    expect(cls).toBe('deferral');
  });

  it('stops at the first gate that fails', () => {
    expect(classifyClaim({ intends_less: true }).rules.map(({ rule }) => rule)).toEqual(['G1']);
    const { reasons, rules } = classifyClaim({ ...complete, intends_less: true, duplicate_of: 'a' });
    expect(reasons).toEqual(['G2']);
    expect(rules).toHaveLength(2);
  });

  it('says of each rule what it looked at and where it comes from', () => {
    const { rules } = classifyClaim(complete);
    expect(rules.map(({ rule }) => rule)).toEqual([...gates, ...tests].map(({ rule }) => rule));
    expect(rules.find(({ rule }) => rule === 'G6')?.evidence).toBe(
      'input -2% (-3% to -1%); output +2% (+1% to +3%); outcome 0% (-0.4% to +0.4%)',
    );
    for (const { basis } of rules) expect(basis).toMatch(/product rule|Framework|Treasury/);
  });

  it('takes a wider margin where one is declared, and names it', () => {
    const unsure: Claim = { ...complete, outcome: [0, -0.03, 0.03] };
    expect(classifyClaim(unsure).reasons).toEqual(['G9']);
    const { verdict, rules } = classifyClaim({ ...unsure, margin: 0.05 });
    expect(verdict).toBe('efficiency (shown)');
    expect(rules.find(({ rule }) => rule === 'G9')?.evidence).toBe(
      'outcome 0% (-3% to +3%); margin declared 5%',
    );
  });

  it('shows nothing by a margin that lets the outcome fall', () => {
    const worse: Claim = { ...complete, outcome: [-0.03, -0.04, -0.02] };
    expect(classifyClaim(worse)).toMatchObject({ cls: 'not-an-efficiency', reasons: ['G9'] });
    expect(classifyClaim({ ...worse, margin: 0.05 })).toMatchObject({
      cls: 'not-evidenced',
      reasons: ['G9'],
    });
    const fallen: Claim = { ...complete, outcome: [-0.3, -0.35, -0.25], margin: 0.5 };
    expect(classifyClaim(fallen)).toMatchObject({ cls: 'not-an-efficiency', reasons: ['G9'] });
    const { reasons, rules } = classifyClaim({ ...complete, margin: 0.5 });
    expect(reasons).toEqual(['G5', 'G9']);
    expect(rules.find(({ rule }) => rule === 'G9')?.evidence).toMatch(
      /margin declared 50%, above 10%, by which nothing is shown$/,
    );
  });

  it('takes "none" in any writing for no counterfactual, and blanks for nothing said', () => {
    for (const counterfactual of ['None', 'no', 'n/a', 'none known', 'none ', ' ', '-', 'N/A.', 'Not  known'])
      expect(classifyClaim({ ...complete, counterfactual }).reasons, counterfactual).toEqual(['G10']);
    expect(classifyClaim({ ...complete, counterfactual: 'no other office changed' }).reasons).toEqual([]);
    expect(classifyClaim({ ...complete, definition: '  ' }).reasons).toEqual(['G1']);
  });

  it('is not reached by per cent written as shares, nor by savings below zero', () => {
    for (const [field, value, words] of [
      ['input', [-5, -6, -4], /0\.05 for five per cent/],
      ['output', [12, null, null], /0\.05 for five per cent/],
      ['saving_gbp', -1_000_000, /a cost and no saving/],
      ['shifted_public_gbp', -5_000_000, /offsets no cost here/],
    ] as const) {
      const read = savingClaim.safeParse({ ...complete, [field]: value });
      expect(read.error?.issues.map(({ message }) => message).join(), field).toMatch(words);
    }
    expect(savingClaim.safeParse({ ...complete, output: [10, -1, null] }).success).toBe(true);
  });
});

describe('effects', () => {
  it('are known, or not, by their whole interval', () => {
    expect([isNotLower([0, -0.02, 0.02], 0.01), isNotLower([-0.03, -0.04, -0.02], 0.01)]).toEqual([
      null,
      false,
    ]);
    expect([isAbove([0.1, 0.05, 0.2]), isAbove([0, null, null]), isAbove([0.1, -0.1, 0.3])]).toEqual([
      true,
      false,
      null,
    ]);
    expect([isBelow([-0.1, -0.2, -0.05]), isHeldDown([0.02, 0.015, 0.03], 0.01)]).toEqual([true, false]);
    expect([isAbove(null), isNotLower(undefined, 0.01)]).toEqual([null, null]);
  });
});
