import { expect, test } from 'vitest';
import { unnamedPeriod } from './period-view.ts';

const figure = (period: string | null) =>
  ({ id: 'a', name: 'A', value: 1, unit: 'count', interval: null, period }) as const;

test('an answer that names no period is shown with that of its figures', () => {
  const figures = [figure('5 February 2024 to 31 March 2026'), figure('5 February 2024 to 31 March 2026')];
  expect(unnamedPeriod({ answer: 'Cases waited 402,052 days.', figures })).toBe(
    '5 February 2024 to 31 March 2026',
  );
});

test('an answer that names its period, or has none, is left as it is', () => {
  const figures = [figure('2025 to 2026'), figure('March 2026')];
  expect(unnamedPeriod({ answer: 'It stood at 5% in 2025 to 2026.', figures })).toBeNull();
  expect(unnamedPeriod({ answer: 'It stood at 5%.', figures: [figure(null)] })).toBeNull();
});
