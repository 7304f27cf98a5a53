import { describe, expect, it } from 'vitest';
import { type ClaimLine, totalsByClass } from './claim-totals.ts';
import { type Classification, classifyClaim } from './classify-claim.ts';
import { falseEconomySignals } from './false-economy.ts';
import { type ThreeEs, threeEs } from './three-es.ts';

const line = (
  id: string,
  cls: Classification['cls'],
  cash: Classification['cash'] | null,
  gross: number | null,
  costToAchieve: number | null = 0,
): ClaimLine => ({
  id,
  classification: { ...classifyClaim({}), cls, ...(cash ? { cash } : {}) },
  gross,
  costToAchieve,
});

describe('totals by class', () => {
  const totals = totalsByClass([
    line('a', 'efficiency', 'cash-releasing', 100, 30),
    line('b', 'efficiency', 'cash-releasing', 50, null),
    line('c', 'efficiency', 'non-cash-releasing', 40),
    line('d', 'not-evidenced', 'cash-releasing', 900),
    line('e', 'deferral', null, 500),
    line('f', 'not-evidenced', 'not monetised', null, null),
  ]);

  it('never add what is shown to what is claimed, nor cash to time', () => {
    expect(totals.map(({ standing, cash, gross }) => [standing, cash, gross])).toEqual([
      ['shown', 'cash-releasing', 150],
      ['shown', 'non-cash-releasing', 40],
      ['claimed, not shown', 'cash-releasing', 900],
      ['claimed, not shown', 'not monetised', null],
      ['not an efficiency', null, 500],
    ]);
    expect(totals.some(({ gross }) => gross === 1090 || gross === 1050)).toBe(false);
  });

  it('sum net only where the cost to achieve is stated, and count the claims without pounds', () => {
    expect(totals[0]?.net).toBe(70);
    expect(totals.find(({ cash }) => cash === 'not monetised')).toMatchObject({
      withoutPounds: 1,
      net: null,
    });
  });
});

describe('signs of a false economy', () => {
  it('are all not known where nothing is stated', () => {
    expect(falseEconomySignals({}, {}).every(({ truth }) => truth === null)).toBe(true);
  });

  it('are raised by staff who left before demand fell, costs moved, no headroom and cleared stock', () => {
    const raised = falseEconomySignals(
      { counterfactual: 'none', deferred: true, shifted_public_gbp: 10, shifted_citizen_hours: 5 },
      {
        demand_at_release: [0.01, 0, 0.02],
        overtime: [0.2, 0.1, 0.3],
        sickness: [0.1, 0.05, 0.15],
        utilisation: 0.97,
        utilisation_limit: 0.85,
        cleared: 0.9,
        resolved: 0.75,
      },
    );
    expect(raised.map(({ truth }) => truth)).toEqual(Array(9).fill(true));
  });

  it('are not raised where demand fell first and the cohort is resolved', () => {
    const signals = falseEconomySignals(
      { counterfactual: 'comparison', deferred: false, shifted_public_gbp: 0, shifted_citizen_hours: 0 },
      {
        demand_at_release: [-0.2, -0.25, -0.15],
        cleared: 0.9,
        resolved: 0.89,
        utilisation: 0.8,
        utilisation_limit: 0.85,
        overtime: [0, null, null],
        sickness: [-0.1, null, null],
      },
    );
    expect(signals.map(({ truth }) => truth)).toEqual(Array(9).fill(false));
  });
});

describe('economy, efficiency and effectiveness', () => {
  const up = [0.05, 0.02, 0.08] as const;
  const down = [-0.05, -0.08, -0.02] as const;
  const level = [0.01, -0.05, 0.07] as const;
  const known: ThreeEs = {
    economy: down,
    efficiency: up,
    effectiveness: up,
    floorBroken: false,
    delivered: true,
  };
  const verdictOf = (parts: Partial<ThreeEs>) => threeEs({ ...known, ...parts }).verdict;

  it('give one verdict together', () => {
    expect(verdictOf({})).toBe('better value');
    expect(verdictOf({ effectiveness: down })).toBe('efficiently doing the wrong thing');
    expect(verdictOf({ efficiency: down })).toBe('paying more for more: see marginal cost per outcome');
    expect(verdictOf({ efficiency: down, effectiveness: down })).toBe('worse value');
    expect(verdictOf({ effectiveness: level })).toBe('cannot tell yet');
    expect(verdictOf({ effectiveness: [0, -0.005, 0.005] })).toBe('better value');
  });

  it('say which part can be told where only one can', () => {
    const whyOf = (parts: Partial<ThreeEs>) => threeEs({ ...known, ...parts }).why;
    expect(whyOf({ effectiveness: level })).toBe(
      'Each pound buys more output (+5.0%, range +2.0% to +8.0%); whether more or less is achieved of what is intended cannot be told (+1.0%, range −5.0% to +7.0%).',
    );
    expect(whyOf({ efficiency: level, effectiveness: down })).toMatch(
      /^Less is achieved of what is intended .*; whether each pound buys more output or less cannot be told/,
    );
    expect(whyOf({ efficiency: level, effectiveness: level })).toContain('do not exclude');
  });

  it('say first what got worse while something else got better', () => {
    const apart = {
      better: ['"Soon" rose from 60.0% to 90.0%'],
      worse: ['"Right" fell from 56.0% to 37.0%'],
    };
    const panel = threeEs({ ...known, effectiveness: level, apart });
    expect(panel.verdict).toBe('efficiently doing the wrong thing, in part');
    expect(panel.why).toMatch(
      /^"Soon" rose from 60\.0% to 90\.0%, but "Right" fell from 56\.0% to 37\.0%\. Each pound/,
    );
    expect(verdictOf({ apart, efficiency: down })).toMatch(/^paying more/);
    expect(verdictOf({ apart, effectiveness: down })).toBe('efficiently doing the wrong thing');
    expect(verdictOf({ apart, floorBroken: true })).toBe('not good value');
  });

  it('a broken floor or an objective missed decides, whatever the rest', () => {
    expect(verdictOf({ floorBroken: true })).toBe('not good value');
    expect(verdictOf({ delivered: false, effectiveness: null })).toBe('not good value');
  });

  it('efficiency is not shown without effectiveness', () => {
    const panel = threeEs({ ...known, effectiveness: null });
    expect(panel).toMatchObject({ verdict: 'value for money cannot be stated', showsEfficiency: false });
    expect(threeEs(known)).toMatchObject({ showsEfficiency: true, economy: 'cheaper' });
  });
});
