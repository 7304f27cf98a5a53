import { expect, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import type { CheckFacts } from './check-facts.ts';
import { costOfOrder } from './check-order.ts';
import { orderSaving } from './order-saving.ts';

const truth = [
  { share: 0.1, cost: 10 },
  { share: 0.05, cost: 30 },
  { share: 0.3, cost: 5 },
];
const cases = 1200;
const inVain = { cases: 0, minutes: null, minutesSquared: null, pounds: null, poundsSquared: null };

/** What a log shows of checks taken in their order, of cases that each turns down by chance. */
function logOf(seed: number): readonly CheckFacts[] {
  const draw = drawsFor(seed, 'checks of a log');
  let left = Array.from({ length: cases }, (_, i) => i);
  return truth.map(({ share, cost }, place) => {
    const minutes = left.map((i) => cost * (0.5 + draw(i, 10 + place)));
    const mean = minutes.reduce((sum, x) => sum + x, 0) / minutes.length;
    const variance =
      minutes.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (minutes.length - 1) / minutes.length;
    const here = left;
    left = left.filter((i) => draw(i, place) >= share);
    return {
      step: String(place),
      after: place === 1 ? [0] : [],
      cases: here.length,
      times: here.length,
      minutes: { mean, variance },
      pounds: null,
      turnedDown: here.length - left.length,
      inVain,
    };
  });
}

const usual = { order: [0, 1, 2], cases: 1, ofCases: 1 };

test('ranges of what a better order saves hold the truth in nine of ten logs or more', () => {
  const saves = (cases * (costOfOrder(truth, [0, 1, 2]) - costOfOrder(truth, [2, 0, 1]))) / 60;
  const held = Array.from({ length: 40 }, (_, seed) => {
    const found = orderSaving(logOf(seed + 1), usual);
    expect(found?.order).toEqual([2, 0, 1]);
    const { low = 0, high = 0 } = found?.hours?.interval ?? {};
    return low <= saves && saves <= high;
  });
  expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(36);
});

test('without minutes for every check, or with checks that wait for one another, nothing is told', () => {
  const [first, ...rest] = logOf(1) as [CheckFacts, ...CheckFacts[]];
  expect(orderSaving([{ ...first, minutes: null }, ...rest], usual)).toBeNull();
  expect(orderSaving([{ ...first, after: [1] }, ...rest], usual)).toBeNull();
});
