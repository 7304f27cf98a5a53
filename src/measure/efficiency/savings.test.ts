import { describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';

const months = Array.from(
  { length: 24 },
  (_, m) => `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`,
);

const service = (rest: string) =>
  charterText(
    '{ grain: month, weights: year }',
    `
outcomes: [{ id: right, title: Right first time, measure: right }]
outputs: [{ id: d, title: Decisions, unit: decision, from: volumes }]
quality:
  - { id: right, title: Right first time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: ours }
inputs: [{ id: staff, title: Staff, category: labour }]
${rest}`,
  );

/** Two years in which output, quality and inputs change by these shares. */
function rowsOf(growth: { readonly output: number; readonly quality: number; readonly input: number }) {
  const in2 = (m: number, g: number) => (m < 12 ? 1 : 1 + g) * (1 + 0.002 * ((m * 7) % 5));
  return {
    volumes: months.map((period, m) => ({
      period,
      output: 'd',
      quantity: 10_000 * in2(m, growth.output),
      unit_cost: 10,
    })),
    quality: months.map((period, m) => ({
      period,
      output: 'd',
      measure: 'right',
      value: 0.8 * (m < 12 ? 1 : 1 + growth.quality),
      n: 10_000,
    })),
    inputs: months.map((period, m) => ({
      period,
      input: 'staff',
      category: 'labour',
      volume: 100 * in2(m, growth.input),
      cost: 100_000 * in2(m, growth.input),
    })),
  };
}

async function resultsOf(charter: string, growth = { output: 0.05, quality: 0.05, input: 0 }) {
  const workspace = await madeWorkspace(charter, rowsOf(growth));
  const results = await measure(workspace, { replicates: 50 });
  await workspace.close();
  return new Map(results.map((result): [string, Result] => [result.id, result]));
}

const rowsIn = (result: Result | undefined, id: string) =>
  result?.tables.find((table) => table.id === id)?.rows ?? [];

describe('savings of the charter', () => {
  const savings = `
savings:
  - id: posts
    title: Posts released
    owner: Director of operations
    plan_gbp: 900000
    cost_to_achieve_gbp: 200000
    recurrent: true
    claim: { definition: charter 1.0.0, baseline: 2024-25, budget_reduced: true, floor_broken: false, deferred: false, shifted_public_gbp: 0, counterfactual: comparison group, evidence: measured, output: [0.004, -0.002, 0.01], outcome: [0, -0.004, 0.004], input: [-0.05, -0.06, -0.04] }
  - id: tool
    title: A drafting tool
    owner: Director of digital
    forecast_gbp: 300000
    claim: { definition: minutes by survey, baseline: without it, monetised: true, counterfactual: none, evidence: self-report }
  - id: support
    title: Caseworkers moved
    owner: Director of operations
    claim: { definition: charter 1.0.0, baseline: 2024-25, saving_gbp: 50, shifted_public_gbp: 200 }
    around: { demand_at_release: [0.01, 0, 0.02] }
`;

  it('are classified, with the rules that decided, and never added across classes', async () => {
    const result = (await resultsOf(service(savings))).get('savings');
    expect(rowsIn(result, 'savings').map((row) => [row.class, row.reasons, row.net])).toEqual([
      ['an efficiency, shown', 'all rules hold', 700_000],
      ['claimed, not shown', 'G4, G5, G6, G7, G8, G9, G10 and G11', null],
      ['a cost moved to another body', 'G8', null],
    ]);
    expect(result?.answer).toBe(
      'Of 3 savings, 1 is an efficiency, shown (£900,000 cash-releasing), 1 is claimed, not shown (£300,000 non-cash-releasing) and 1 is a cost moved to another body (£50.00). "Caseworkers moved" is paid for by another public body (£200); of citizens, a later year and staff it is not known. Nobody else is known to pay for "Posts released"; of citizens and staff it is not known. Who pays for "A drafting tool" is not known: the charter says nothing of citizens, other bodies, later years or staff. Staff were released before demand fell: "Caseworkers moved".',
    );
    expect(rowsIn(result, 'payers')[2]).toEqual({
      saving: 'Caseworkers moved',
      citizens: 'not known',
      anotherBody: 'yes (£200)',
      laterYear: 'not known',
      staff: 'not known',
    });
    expect(rowsIn(result, 'totals').map((row) => row.gross)).toEqual([900_000, 300_000, 50]);
    expect(rowsIn(result, 'rules').find((row) => row.rule === 'G8' && row.holds === false)?.evidence).toBe(
      'saving GBP 50; moved to other bodies GBP 200',
    );
    expect(result?.status).toBe('caution');
  });

  it('that count the same pounds are counted once, declared or not', async () => {
    const claim =
      'claim: { definition: charter 1.0.0, baseline: 2024-25, saving_gbp: 1000, budget_reduced: true, floor_broken: false, deferred: false, shifted_public_gbp: 0, counterfactual: other offices, evidence: measured, output: [0.02, 0.01, 0.03], outcome: [0, -0.004, 0.004], input: [-0.05, -0.06, -0.04] }';
    const entries = [
      'id: s1, title: Phones to web, ledger_line: Pay 101',
      'id: s2, title: Fewer calls, ledger_line: "pay  101 "',
      'id: s3, title: Letters to web, from: 2025-04-01',
      'id: s4, title: letters to web, from: 2025-04-01',
      'id: s5, title: Letters to web, from: 2026-04-01',
      'id: s6, title: Post, ledger_line: Post 7',
    ].map((entry) => `  - { ${entry}, owner: Head, ${claim} }`);
    const late = `  - { id: s7, title: Post again, owner: Head, ${claim.replace('{ ', '{ duplicate_of: s6, ')} }`;
    const result = (await resultsOf(service(`\nsavings:\n${[...entries, late].join('\n')}\n`))).get(
      'savings',
    );
    expect(rowsIn(result, 'savings').map((row) => row.class)).toEqual([
      'an efficiency, shown',
      'cannot be counted: same as s1',
      'an efficiency, shown',
      'cannot be counted: same as s3',
      'an efficiency, shown',
      'an efficiency, shown',
      'cannot be counted: same as s6',
    ]);
    expect(rowsIn(result, 'totals').map((row) => row.gross)).toEqual([4000]);
    expect(result?.answer).toMatch(/4 are .* and 3 cannot be counted: another counts the same\./);
    expect(result?.status).toBe('caution');
    expect(result?.provenance.recompute?.[1]?.input).toMatchObject({ duplicate_of: 's1' });
  });

  describe('that leave out what came of them', () => {
    const saving = (rest: string, from = ', from: 2025-01-01') =>
      service(
        `\nsavings:\n  - { id: s, title: Posts, owner: Head${from}, claim: { definition: charter, baseline: '2024', saving_gbp: 1000, ${rest} } }\n`,
      );
    const other =
      'deferred: false, shifted_public_gbp: 0, counterfactual: other offices, evidence: measured, floor_broken: false, input: [-0.05, null, null]';
    const down = { output: 0, quality: -0.2, input: -0.05 };
    const savingsOf = async (charter: string, growth = down) =>
      (await resultsOf(charter, growth)).get('savings');

    it('are judged by what is measured over their period', async () => {
      const result = await savingsOf(saving(other));
      expect(rowsIn(result, 'savings')[0]).toMatchObject({
        class: 'not an efficiency',
        reasons: 'G5 and G9',
      });
      expect(result?.answer).toMatch(
        /"Posts" is not an efficiency, by what is measured here: the outcome falls \(G9/,
      );
      const rules = rowsIn(result, 'rules');
      expect(rules.find(({ rule }) => rule === 'G9')?.source).toBe('outcome: measured here');
      expect(rules.find(({ rule }) => rule === 'G10')?.source).toBe('stated in the charter');
      expect(rowsIn(result, 'measured').find(({ what }) => what === 'Outcome')).toMatchObject({
        evidence: 'measure/change',
        stated: 'not stated in the charter',
      });
    });

    it('are shown where what is measured holds', async () => {
      const result = await savingsOf(saving(other), { output: 0, quality: 0, input: -0.05 });
      expect(rowsIn(result, 'savings')[0]?.class).toBe('an efficiency, shown');
    });

    it('take nothing from another period, or where they name no day', async () => {
      for (const from of ['', ', from: 2025-06-01']) {
        const result = await savingsOf(saving(other, from));
        expect(rowsIn(result, 'savings')[0]).toMatchObject({
          class: 'claimed, not shown',
          reasons: 'G5 and G9',
        });
        expect(result?.caveats.join(' ')).toContain('Nothing measured here is taken for "Posts"');
      }
    });

    it('say so where the charter and the data disagree, and what is worse counts', async () => {
      const stated = `${other}, output: [0, null, null], outcome: [0.1, 0.08, 0.12]`;
      const result = await savingsOf(saving(stated));
      expect(result?.caveats.join(' ')).toMatch(
        /disagree: outcome \+10\.0% \(\+8\.0% to \+12\.0%\) by the charter; measured here: "Right first time"/,
      );
      expect(rowsIn(result, 'savings')[0]?.class).toBe('not an efficiency');
    });
  });

  it('without any there is no Result', async () => {
    expect((await resultsOf(service(''))).has('savings')).toBe(false);
  });
});

describe('value for money', () => {
  it('both up is better value, and efficiency stands beside effectiveness', async () => {
    const value = (await resultsOf(service(''))).get('value');
    expect(value?.answer).toMatch(/^Better value\./);
    expect(value?.figures.map(({ id }) => id)).toEqual(['effectiveness', 'efficiency', 'economy']);
  });

  it('efficiency up and effectiveness down is efficiently doing the wrong thing', async () => {
    const value = (await resultsOf(service(''), { output: 0.1, quality: -0.1, input: 0 })).get('value');
    expect(value?.answer).toMatch(/^Efficiently doing the wrong thing\./);
  });

  it('without a measure of the outcome it cannot be stated, and no efficiency is shown', async () => {
    const charter = service('').replace(', measure: right }]', ' }]');
    const value = (await resultsOf(charter)).get('value');
    expect(value?.status).toBe('cannot-tell');
    expect(value?.answer).toMatch(/^Cannot tell: value for money cannot be stated\./);
    expect(value?.figures.map(({ id }) => id)).not.toContain('efficiency');
  });
});
