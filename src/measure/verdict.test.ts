import { describe, expect, test } from 'vitest';
import type { Interval } from '../core/index.ts';
import {
  besideInWords,
  type Moved,
  movedInTitle,
  movedInWords,
  statusOfMoved,
  toldOf,
  verdictOf,
} from './verdict.ts';

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

describe('output and quality', () => {
  const moved = (growth: number, interval: Interval | null, weeks = 52): Moved => ({
    growth,
    interval,
    told: toldOf(interval, weeks),
  });
  const open = moved(-0.006, range(-0.082, 0.075));
  const up = moved(0.03, range(0.01, 0.05));

  test('neither rose nor fell where the range holds zero', () => {
    expect(movedInWords('output', 'in B', open)).toBe(
      'cannot tell yet whether output changed in B (−0.6%, 95% interval −8.2% to +7.5%)',
    );
    expect(besideInWords(open)).toBe('it cannot be told yet (−0.6%, 95% interval −8.2% to +7.5%)');
    expect(movedInTitle(open)).toContain('chance alone could do that');
    expect(statusOfMoved([open, open])).toBe('cannot-tell');
  });

  test('rose where it leaves zero out, and each is said where only one is told', () => {
    expect(movedInWords('output', 'in B', up)).toBe('output rose by 3.0% in B');
    expect(statusOfMoved([up, up])).toBe('sound');
    expect([statusOfMoved([up, open]), statusOfMoved([open, up])]).toEqual(['caution', 'caution']);
  });

  test('are not told from few weeks, and no better than a caution without a range', () => {
    expect(statusOfMoved([moved(0.2, range(0.1, 0.3), 13)])).toBe('cannot-tell');
    expect(movedInWords('output', 'in B', moved(0.2, range(0.1, 0.3), 13))).toContain('too few');
    expect(statusOfMoved([moved(0.2, null)])).toBe('caution');
    expect(movedInWords('output', 'in B', moved(0.2, null))).toContain('no range');
  });
});
