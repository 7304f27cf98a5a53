import { describe, expect, it } from 'vitest';
import type { KnownDefinition } from '../../define/index.ts';
import { fixtureJson, hasFixtures } from '../../stats/fixtures.test-support.ts';
import { definitionDefaults } from './definition.ts';
import { lintMetric } from './lint-metric.ts';
import { publishedMetrics } from './published-targets.test-support.ts';
import { metricRules } from './rules.ts';

interface LinterCases {
  readonly defaults: KnownDefinition;
  readonly bad: readonly { id: string; definition: KnownDefinition; must_flag: readonly string[] }[];
  readonly good: readonly { id: string; definition: KnownDefinition }[];
}

const rulesOf = (definition: KnownDefinition) =>
  lintMetric(definition, 'default').flags.map(({ rule }) => rule);

describe.skipIf(!hasFixtures)('the 36 cases', () => {
  const cases: LinterCases = hasFixtures
    ? fixtureJson('metric_linter_cases.json')
    : { defaults: {}, bad: [], good: [] };

  it('have the defaults that the linter takes', () => {
    expect(definitionDefaults).toEqual(cases.defaults);
  });

  it.each(cases.bad)(
    '$id is flagged by the rules it must be, and by no other',
    ({ definition, must_flag }) => {
      expect(rulesOf(definition)).toEqual(must_flag);
    },
  );

  it.each(cases.good)('$id is not flagged', ({ definition }) => {
    expect(rulesOf(definition)).toEqual([]);
  });

  it('are 18 bad and 18 good', () => {
    expect([cases.bad.length, cases.good.length]).toEqual([18, 18]);
  });
});

describe('published targets', () => {
  it.each(publishedMetrics)('$text', ({ definition, flags }) => {
    expect(rulesOf(definition)).toEqual(flags);
  });

  it('are more than twenty, each with a source and each said once', () => {
    expect(publishedMetrics.length).toBeGreaterThan(20);
    for (const { source } of publishedMetrics) expect(source).toMatch(/\w{3}/);
    expect(new Set(publishedMetrics.map(({ text }) => text)).size).toBe(publishedMetrics.length);
  });
});

describe('a definition with fields left out', () => {
  it('in the product leaves the rules that need them not checked, and names the fields', () => {
    const { flags, notChecked } = lintMetric({ stat: 'share', within_target: 0.95 }, 'not-checked');
    expect(flags).toEqual([]);
    expect(notChecked.find(({ rule }) => rule === 'M05')?.missing).toEqual(['tail_reported']);
    expect(notChecked.find(({ rule }) => rule === 'M17')?.missing).toEqual(['target_history', 'paired']);
    expect(notChecked.map(({ rule }) => rule)).not.toContain('M14');
  });

  it('is decided wherever what is known is enough', () => {
    const { flags } = lintMetric({ level: 'person', self_reported: true, paired: [] }, 'not-checked');
    expect(flags.map(({ rule }) => rule)).toEqual(['M09', 'M11']);
    expect(flags.find(({ rule }) => rule === 'M11')?.blocks).toBe(true);
  });

  it('never reads as faultless: nothing known is nothing checked', () => {
    const { flags, notChecked } = lintMetric({}, 'not-checked');
    expect(flags).toEqual([]);
    expect(notChecked).toHaveLength(metricRules.length);
  });

  it('is asked about fields that decide: with every field known, no rule is left open', () => {
    expect(lintMetric(definitionDefaults, 'not-checked').notChecked).toEqual([]);
  });
});

describe('what is written and says nothing, or says two things', () => {
  it.each([
    ['owner', '  '],
    ['source', ''],
    ['effective_from', ''],
    ['effective_from', 'soon'],
    ['effective_from', '2025-02-30'],
  ])('%s "%s" is undated', (field, value) => {
    expect(rulesOf({ [field]: value })).toEqual(['M15']);
  });

  const moving = (definition: KnownDefinition, ...levels: readonly (readonly [string, number, boolean?])[]) =>
    rulesOf({
      ...definition,
      target_history: levels.map(([period, value, easier]) => ({
        period,
        value,
        ...(easier === undefined ? {} : { easier }),
      })),
    }).includes('M16');

  it('a target made easier is told by its level where the direction is known', () => {
    const share: KnownDefinition = { stat: 'share' };
    expect(moving(share, ['2011-12', 0.9], ['2012-13', 0.75])).toBe(true);
    expect(moving(share, ['2012-13', 0.75], ['2011-12', 0.9])).toBe(true);
    expect(moving(share, ['2011-12', 0.75], ['2012-13', 0.9])).toBe(false);
    expect(moving(share, ['2011-12', 0.9], ['2012-13', 0.75, false])).toBe(false);
    const days: KnownDefinition = { stat: 'mean', counts: 'time', claims: 'quality' };
    expect(moving(days, ['2018-19', 7], ['2019-20', 9])).toBe(true);
    expect(moving(days, ['2018-19', 9], ['2019-20', 7])).toBe(false);
    expect(moving({ stat: 'count' }, ['2018-19', 9], ['2019-20', 7])).toBe(false);
  });

  it('the same target twice in one period has not moved', () => {
    expect(moving({ stat: 'share' }, ['2024-25', 0.9], ['2024-25', 0.9])).toBe(false);
    expect(moving({ stat: 'count' }, ['2024-25', 90], ['2024-25', 95])).toBe(true);
  });

  it('cases left out are left out, whatever the scope says', () => {
    expect(rulesOf({ denominator_scope: 'all', excluded_share: 0.4 })).toEqual(['M03']);
    expect(rulesOf({ excluded_share: 0.05 })).toEqual([]);
  });
});

describe('the twenty rules', () => {
  it('are numbered in order, and each says in one sentence how the number misleads', () => {
    expect(metricRules.map(({ rule }) => rule)).toEqual(
      Array.from({ length: 20 }, (_, i) => `M${String(i + 1).padStart(2, '0')}`),
    );
    for (const { misleads, repair } of metricRules) {
      expect(misleads).toMatch(/^[A-Z][^.]+\.$/);
      expect(repair).toMatch(/^[A-Z][^.]+\.$/);
    }
  });

  it('read only the fields that they name', () => {
    for (const { fields, fires } of metricRules) {
      const named = Object.fromEntries(fields.map((name) => [name, definitionDefaults[name]]));
      expect(fires(named)).not.toBeNull();
    }
  });
});
