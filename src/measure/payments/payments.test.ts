import { describe, expect, it } from 'vitest';
import { streamOf } from '../gaming/made-data.test-support.ts';
import type { AuditedCase, PaymentCell, PaymentData } from './collect-payments.ts';
import { byChance, effortCurve, effortGroups, type TimedCase } from './effort-curves.ts';
import { auditOffset, costChange, type Span, spanCosts } from './payment-costs.ts';

const [before, after] = ['2024-04-01', '2025-04-01'];

/** Forty audited payments of £100: so many £10 too much, so many £20 too little, one of nothing though £100 was due. */
function audited(period: string, over: number, under: number): readonly AuditedCase[] {
  const one = (paid: number, correct: number): AuditedCase => ({
    ...{ period, groups: [], paid, correct, minutes: null, byChance: false },
  });
  return [
    ...Array.from({ length: over }, () => one(110, 100)),
    ...Array.from({ length: under }, () => one(80, 100)),
    one(0, 100),
    ...Array.from({ length: 39 - over - under }, () => one(100, 100)),
  ];
}

function cell(period: string, sample: readonly AuditedCase[]): PaymentCell {
  // Every audited payment stands for a hundred.
  const sum = (of: (one: AuditedCase) => number) => 100 * sample.reduce((all, one) => all + of(one), 0);
  const n = 100 * sample.length;
  return {
    ...{ period, groups: [], cases: n, known: n, timed: 0, minutes: 0 },
    paid: sum(({ paid }) => paid),
    squares: sum(({ paid }) => paid * paid),
  };
}

describe('what cases cost in the end', () => {
  const samples = [audited(before, 4, 2), audited(after, 20, 2)] as const;
  const data: PaymentData = {
    cells: [cell(before, samples[0]), cell(after, samples[1])],
    audited: samples.flat(),
  };
  const span = (label: string, start: string, handling: number): Span => ({
    ...{ label, starts: [start], handling },
  });
  const earlier = spanCosts(data, span('before', before, 40_000));
  const later = spanCosts(data, span('after', after, 24_000));

  it('adds handling, overpayment, underpayment and wrongful refusal', () => {
    // £10 a case handling; of 40 cases 4·£10 over, 2·£20 and £100 under: £180 / 40.
    expect(earlier?.handlingPerCase).toBe(10);
    expect(earlier?.generated.value).toBeCloseTo(10 + 180 / 40, 9);
    expect(earlier?.wronglyRefused.value).toBe(1 / 40);
    expect(later?.generated.value).toBeCloseTo(6 + 340 / 40, 9);
  });

  it('changes by what each part changes by, with the errors of two samples', () => {
    if (!earlier || !later) throw new Error('no costs');
    const change = costChange(earlier, later);
    expect(change.handling).toBe(-4);
    expect(change.overpaid.value).toBeCloseTo(4, 9);
    expect(change.underpaid.value).toBeCloseTo(0, 9);
    expect(change.generated.value).toBeCloseTo(0, 9);
    const half = (one: { interval: { low: number; high: number } }) =>
      (one.interval.high - one.interval.low) / 2;
    expect(half(change.generated)).toBeCloseTo(Math.hypot(half(earlier.generated), half(later.generated)), 9);
  });

  it('gives none under 30 audited cases', () => {
    const few = { ...data, audited: samples[0].slice(0, 29) };
    expect(spanCosts(few, span('before', before, 1))).toBeNull();
  });

  it('sees that chosen payments are not a random sample', () => {
    const large = samples[0].map((one) => ({ ...one, paid: one.paid * 2 }));
    const cells = [cell(before, samples[0])];
    expect(Math.abs(auditOffset({ cells, audited: [] }, samples[0]) ?? 9)).toBeLessThan(1e-9);
    expect(auditOffset({ cells, audited: [] }, large)).toBeGreaterThan(3);
  });
});

describe('effort and what it saves', () => {
  // £400 due; what is overpaid falls by £8 a minute up to 20 minutes and by nothing beyond.
  const error = (minutes: number) => 8 * Math.max(0, 20 - minutes) + 10;
  const made = (run: number): readonly TimedCase[] => {
    const u = streamOf('timed cases', run);
    return Array.from({ length: 640 }, () => {
      const minutes = Math.round(4 + 36 * u());
      const paid = 400 + 2 * error(minutes) * u();
      return { period: before, minutes, correct: 400, paid };
    });
  };
  const given = { costPerMinute: 1, seed: 1, blockOf: () => '', now: 7 };

  it('holds the best effort and what a further minute saves in 95 of 100 ranges, or nearly', () => {
    const runs = 60;
    const held = Array.from({ length: runs }, (_, run) => {
      const { range, found } = effortCurve(made(run), given);
      const window = found.isTold ? found.window : null;
      if (!range || !window) return { best: false, saved: false };
      const truth = (error(window.from) - error(window.to)) / (window.to - window.from);
      return {
        best: range.low <= 20 && 20 <= range.high,
        saved: window.low <= truth && truth <= window.high,
      };
    });
    expect(held.filter(({ best }) => best).length / runs).toBeGreaterThan(0.9);
    expect(held.filter(({ saved }) => saved).length / runs).toBeGreaterThan(0.9);
  });

  it('makes at most eight efforts, of forty cases or more each', () => {
    expect(effortGroups(made(0), () => '').length).toBe(8);
    expect(effortGroups(made(0).slice(0, 130), () => '').length).toBe(3);
    expect(effortCurve(made(0).slice(0, 119), given).found.isTold).toBe(false);
  });

  it('leaves out cases whose minutes somebody chose or nobody recorded', () => {
    const [one] = audited(before, 1, 0);
    if (!one) throw new Error('no case');
    const cases = [one, { ...one, minutes: 5 }, { ...one, minutes: 6, byChance: true }];
    expect(byChance(cases).map(({ minutes }) => minutes)).toEqual([6]);
  });
});
