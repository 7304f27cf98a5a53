import { describe, expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { inOrder, placeOf } from './rank.ts';

const interval = (low: number, high: number) => ({ low, high, level: 0.95, method: '', meaning: '' });

const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  id,
  key: id,
  pattern: 'rework',
  title: id,
  cases: 100,
  affected: null,
  share: 0.1,
  days: null,
  hours: null,
  pounds: null,
  delayPounds: null,
  gap: null,
  confidence: '',
  evidence: '',
  question: '',
  ...more,
});

/** Of 100 cases so many miss the outcome, of 900 others so many; the difference is at least `low`. */
const gap = (affectedMissed: number, othersMissed: number, low: number) => {
  const difference = affectedMissed / 100 - othersMissed / 900;
  return {
    affected: 100,
    others: 900,
    affectedMissed,
    othersMissed,
    affectedShare: affectedMissed / 100,
    othersShare: othersMissed / 900,
    difference,
    interval: interval(low, 1),
    excess: low > 0 ? difference * 100 : 0,
    missedBefore: 0,
  };
};

const order = (...findings: readonly Finding[]) => findings.toSorted(inOrder).map(({ id }) => id);

describe('the order of findings', () => {
  it('is that of what each is worth at least, not of what it may be worth at best', () => {
    const wide = finding('wide', { gap: gap(60, 90, 0.1) });
    const sure = finding('sure', { gap: gap(40, 90, 0.2) });
    expect(order(wide, sure)).toEqual(['sure', 'wide']);
    expect(placeOf(sure).words).toBe(
      'At least 20 of its cases would not miss the outcome, had they fared as others.',
    );
    const dear = finding('dear', { pounds: 900, poundsInterval: interval(100, 1700) });
    const dearer = finding('dearer', { pounds: 500, poundsInterval: interval(400, 600) });
    expect(order(dear, dearer)).toEqual(['dearer', 'dear']);
  });

  it('does not add staff cost and cost of delay: the larger counts', () => {
    const both = finding('both', { pounds: 60, delayPounds: 60 });
    expect(order(both, finding('one', { delayPounds: 100 }))).toEqual(['one', 'both']);
  });

  it('puts outcomes before pounds, pounds before days, and days before mere cases', () => {
    const list = [
      finding('cases', { cases: 5000 }),
      finding('days', { days: 900 }),
      finding('pounds', { pounds: 5 }),
      finding('outcome', { gap: gap(30, 90, 0.01) }),
    ];
    expect(order(...list)).toEqual(['outcome', 'pounds', 'days', 'cases']);
  });

  it('puts a clock that starts again first where it hides a tenth of missed cases, and by its worth where not', () => {
    const worth = finding('worth', { gap: gap(90, 90, 0.5) });
    const hiding = finding('hiding', { pattern: 'clock-restart', gap: gap(10, 90, 0.001) });
    const slight = finding('slight', { pattern: 'clock-restart', gap: gap(9, 91, -0.1), pounds: 10 });
    expect(order(worth, hiding)).toEqual(['hiding', 'worth']);
    expect(order(slight, worth)).toEqual(['worth', 'slight']);
    expect(order(finding('pounds', { pounds: 5 }), slight)).toEqual(['slight', 'pounds']);
  });

  it('puts what the outcome counts itself after a difference beyond chance, and targets last', () => {
    const target = finding('target', { pattern: 'target-covers-part', cases: 900 });
    const again = finding('again', { sameAsOutcome: 'It counts the same.' });
    const none = finding('none', { gap: gap(9, 91, -0.1) });
    expect(order(target, none, again, finding('outcome', { gap: gap(30, 90, 0.01) }))).toEqual([
      'outcome',
      'again',
      'none',
      'target',
    ]);
  });
});
