import { expect, it } from 'vitest';
import { onsetOf } from './by-age.ts';

const band = (from: number, to: number | null, days: number, failure: number) => ({
  ...{ step: 'check', from, to, days, failure },
});

it('contacts that hardly come before an age and often after it have an onset', () => {
  const onset = onsetOf([band(0, 7, 7000, 5), band(7, 14, 700, 40), band(14, null, 700, 55)]);
  expect(onset).toMatchObject({ age: 7, share: 0.95 });
  // 5 in 7,000 days, and 95 in 1,400: for 100 cases that wait a week, 700 days.
  expect(onset?.before).toBeCloseTo(0.5, 9);
  expect(onset?.after).toBeCloseTo(47.5, 9);
});

it('contacts that come at every age have none', () => {
  expect(onsetOf([band(0, 7, 7000, 50), band(7, null, 700, 50)])).toBeNull();
  expect(onsetOf([band(0, 7, 700, 5), band(7, null, 7000, 95)])).toBeNull();
  expect(onsetOf([])).toBeNull();
});
