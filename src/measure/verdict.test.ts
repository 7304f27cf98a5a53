import { describe, expect, test } from 'vitest';
import type { Interval } from '../core/index.ts';
import { verdictOf } from './verdict.ts';

const range = (low: number, high: number): Interval => ({
  low,
  high,
  level: 0.95,
  method: 'x',
  meaning: 'y',
});

describe('the words of a change', () => {
  test('are "rose" when the range leaves out zero and nearly all weights agree', () => {
    const verdict = verdictOf('productivity', 'in B compared with A', 0.02, range(0.01, 0.03), 52, 0.97);
    expect(verdict).toMatchObject({ status: 'sound', next: [] });
    expect(verdict.words).toBe(
      'productivity rose by 2.0% in B compared with A (95% interval +1.0% to +3.0%)',
    );
  });

  test('name the share of weights under which it would not hold', () => {
    const verdict = verdictOf('productivity', 'in B', 0.02, range(0.01, 0.03), 52, 0.8);
    expect(verdict.status).toBe('caution');
    expect(verdict.words).toContain('under 20.0% of other weights it did not');
  });

  test('are "cannot tell yet" with the weeks that would tell when the range holds zero', () => {
    // Half-width 4%, growth 2%: 52 × (4/2)² = 208 weeks, 156 more.
    const verdict = verdictOf('productivity', 'in B', 0.02, range(-0.02, 0.06), 52, 1);
    expect(verdict.status).toBe('cannot-tell');
    expect(verdict.words).toContain('cannot tell yet');
    expect(verdict.next[0]).toContain('About 156 more weeks');
  });

  test('are "cannot tell yet" under 26 weeks, however clear the range', () => {
    const verdict = verdictOf('productivity', 'in B', 0.2, range(0.15, 0.25), 20, 1);
    expect(verdict.status).toBe('cannot-tell');
    expect(verdict.next[0]).toContain('About 6 more weeks');
    expect(verdictOf('productivity', 'in B', 0.2, null, 20, 1).status).toBe('cannot-tell');
  });
});
