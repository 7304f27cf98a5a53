import { expect, it } from 'vitest';
import { afterInWords } from './after-restart.ts';

const step = (name: string, cases: number, minutes: number | null, pounds: number | null) =>
  ({ step: name, kind: 'step', cases, minutes, pounds }) as const;

it('what comes of it is told in minutes against others, steps done again and contacts', () => {
  const after = [
    step('check', 40, 600, 300),
    step('sort', 30, 120, 60),
    { step: 'call', kind: 'contact', cases: 12, minutes: null, pounds: null } as const,
  ];
  expect(afterInWords(after, 40, { these: 40.81, others: 17.98 })).toBe(
    'Each takes 40.8 minutes of work, against 18.0 of others. What was done before is done again: "check" in all and "sort" in 75.0%, which takes 12 hours and £360 of the above. In 12 cases a contact ("call") comes after it.',
  );
});

it('nothing is said where nothing is known to come of it', () => {
  expect(afterInWords([], 40, null)).toBeNull();
  expect(afterInWords([step('check', 10, null, null)], 40, null)).toBe(
    'What was done before is done again: "check" in 25.0%.',
  );
});
