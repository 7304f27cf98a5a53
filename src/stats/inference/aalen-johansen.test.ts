import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cumulativeIncidence, type Followed } from './aalen-johansen.ts';

describe('cumulative incidence', () => {
  it('by hand: five subjects, two ends, one lost on day 2', () => {
    const subjects: Followed[] = [
      { time: 1, end: 'a' },
      { time: 2, end: null },
      { time: 3, end: 'b' },
      { time: 4, end: 'a' },
      { time: 5, end: null },
    ];
    const [a, b] = cumulativeIncidence(subjects, ['a', 'b'], 4) ?? [];
    expect(a?.share).toBeCloseTo(1 / 5 + (4 / 5) * (2 / 3) * (1 / 2), 12);
    expect(b?.share).toBeCloseTo((4 / 5) * (1 / 3), 12);
  });

  it('with everyone followed is the plain share, with its binomial standard error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ time: fc.integer({ min: 1, max: 9 }), end: fc.constantFrom('a', 'b') }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 9 }),
        (subjects, time) => {
          const [a] = cumulativeIncidence(subjects, ['a'], time) ?? [];
          const share =
            subjects.filter((one) => one.end === 'a' && one.time <= time).length / subjects.length;
          expect(a?.share).toBeCloseTo(share, 10);
          expect(a?.standardError).toBeCloseTo(Math.sqrt((share * (1 - share)) / subjects.length), 10);
        },
      ),
    );
  });

  it('the ends and what is still open add to 1, and one end alone is 1 less Kaplan and Meier', () => {
    const times = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    const subjects: Followed[] = [
      ...times.map((time) => ({ time, end: 'relapse' })),
      ...censored.map((time) => ({ time, end: null })),
    ];
    const [relapse] = cumulativeIncidence(subjects, ['relapse'], 23) ?? [];
    // Freireich and others (1963), 6-mercaptopurine: survival 0.448 at 23 weeks, standard error 0.135.
    expect(1 - (relapse?.share ?? 0)).toBeCloseTo(0.4482, 4);
    expect(relapse?.standardError).toBeCloseTo(0.1346, 4);
  });

  it('does not tell what nobody was followed to', () => {
    const subjects: Followed[] = [{ time: 5, end: null }];
    expect(cumulativeIncidence(subjects, ['a'], 6)).toBeNull();
    expect(cumulativeIncidence([], ['a'], 1)).toBeNull();
    expect(cumulativeIncidence(subjects, ['a'], 5)?.[0]?.share).toBe(0);
  });
});
