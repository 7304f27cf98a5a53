import { describe, expect, it } from 'vitest';
import { drawsFor } from '../core/index.ts';
import { compareBeforeAfter, poissonDraw, type WeekShare } from './index.ts';

const weeks = (shares: readonly number[], n = 10) =>
  shares.map((share) => ({ n, has: Math.round(share * n) }));

describe('a share before and after', () => {
  it('by hand: 60% and 80% of forty each, Welch with 5.98 degrees of freedom', () => {
    const found = compareBeforeAfter(weeks([0.5, 0.7, 0.5, 0.7]), weeks([0.8, 0.8, 0.6, 1]));
    // Binomial 0.24/40 before; between weeks 4/3 · 8/1600 after; t(0.975; 5.98) = 2.4488.
    const half = 2.4488 * Math.sqrt(0.006 + 0.02 / 3);
    expect(found?.difference).toBeCloseTo(0.2, 12);
    expect((found?.interval.high ?? 0) - 0.2).toBeCloseTo(half, 4);
    // (0.2/2.4488)² less 0.006 leaves room for 0.0267/0.00067 = 40 weeks.
    expect(found?.moreWeeks).toBe(36);
  });

  it('never settles where the weeks before alone are wider than the difference', () => {
    const found = compareBeforeAfter(weeks([0.4, 0.8, 0.4, 0.8]), weeks([0.6, 0.6, 0.7, 0.6]));
    expect(found?.moreWeeks).toBeNull();
  });

  it('needs no more weeks where the range leaves out no difference', () => {
    const found = compareBeforeAfter(weeks(Array(20).fill(0.3), 40), weeks(Array(20).fill(0.6), 40));
    expect(found?.moreWeeks).toBe(0);
    expect(found?.p).toBeLessThan(0.001);
  });

  it('tells nothing from under four weeks or from no case', () => {
    expect(compareBeforeAfter(weeks([0.5, 0.5, 0.5]), weeks(Array(9).fill(0.5)))).toBeNull();
    expect(compareBeforeAfter(weeks(Array(9).fill(0.5)), Array(9).fill({ n: 0, has: 0 }))).toBeNull();
  });

  it('covers a difference of none in 93% to 97% of 1,000 services, and in 90% where weeks vary more', () => {
    const covered = (deviation: number) => {
      const draw = drawsFor(3, `before and after ${deviation}`);
      let item = 0;
      const uniform = () => draw(item++);
      const made = (count: number): readonly WeekShare[] =>
        Array.from({ length: count }, () => {
          const share = 0.72 + deviation * (uniform() - 0.5);
          const [has, not] = [poissonDraw(36 * share, uniform), poissonDraw(36 * (1 - share), uniform)];
          return { n: has + not, has };
        });
      const found = Array.from({ length: 1000 }, () => compareBeforeAfter(made(26), made(12)));
      return found.filter((one) => one && one.interval.low <= 0 && one.interval.high >= 0).length / 1000;
    };
    const independent = covered(0);
    expect(independent).toBeGreaterThanOrEqual(0.93);
    expect(independent).toBeLessThanOrEqual(0.975);
    expect(covered(0.4)).toBeGreaterThanOrEqual(0.93);
  });
});
