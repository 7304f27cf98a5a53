import { expect, test } from 'vitest';
import { chipsOf, viewSequences } from './steps-view.ts';

const texts = (steps: readonly string[]) => chipsOf(steps).map(({ text }) => text);

test('each step is a chip; the same step in a row is one that says how many times', () => {
  expect(texts(['a', 'b', 'b', 'b', 'a'])).toEqual(['a', 'b (3 times)', 'a']);
});

test('a long sequence keeps its beginning and its end, and says what stands between', () => {
  const steps = Array.from({ length: 20 }, (_, i) => `s${i}`);
  const chips = chipsOf(steps);
  expect(chips).toHaveLength(16);
  expect(chips[11]).toEqual({ text: '5 more', rest: 's11, s12, s13, s14, s15', isRest: true });
  expect(chips.at(-1)?.text).toBe('s19');
  expect(chipsOf(steps.slice(0, 16)).every(({ isRest }) => !isRest)).toBe(true);
});

test('a table of sequences gives each row its facts in words', () => {
  const table = {
    id: 't',
    title: 'Sequences',
    asSteps: { key: 'steps', separator: ' → ' },
    columns: [
      { key: 'cases', title: 'Cases', type: 'count' },
      { key: 'share', title: 'Share of cases', type: 'share' },
      { key: 'median', title: 'Median days', type: 'days' },
      { key: 'steps', title: 'Sequence', type: 'text' },
    ],
    rows: [{ cases: 1200, share: 0.25, median: 3.5, steps: 'Received → Sent' }],
  } as const;
  expect(viewSequences(table, table.rows)).toEqual([
    {
      facts: ['Cases: 1,200', 'Share of cases: 25.0%', 'Median: 3.5 days'],
      chips: [
        { text: 'Received', rest: null, isRest: false },
        { text: 'Sent', rest: null, isRest: false },
      ],
    },
  ]);
  const { asSteps: _, ...plain } = table;
  expect(viewSequences(plain, table.rows)).toBeNull();
});
