import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance, nearestName } from './suggest.ts';

describe('suggestions', () => {
  it('edit distances are those of the textbook examples', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('saturday', 'sunday')).toBe(3);
    expect(editDistance('ca', 'abc')).toBe(3);
    expect(editDistance('tpye', 'type')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
  });

  it('a near name is suggested whatever its case and separators, a far one is not', () => {
    expect(nearestName('End To End', ['end-to-end', 'other'])).toBe('end-to-end');
    expect(nearestName('tpye', ['type', 'case_id'])).toBe('type');
    expect(nearestName('outcome', ['age', 'channel'])).toBeUndefined();
    expect(nearestName('x', [])).toBeUndefined();
  });

  it('without a near name the known ones are listed', () => {
    expect(didYouMean('zzzz', ['age', 'type'])).toBe('known: age, type');
    expect(didYouMean('zzzz', [])).toBe('there are none yet');
    expect(
      didYouMean(
        'zz',
        Array.from({ length: 15 }, (_, i) => `name${i}`),
      ),
    ).toContain('and 3 more');
  });
});
