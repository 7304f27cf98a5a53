import { expect, it } from 'vitest';
import { viewAnswer } from './answer-view.ts';

it('the first sentence stands apart, whatever full stops, marks and quotes are in it', () => {
  const lead =
    '"Decided in time?" stood at 21.3% in 2025 to 2026, a change of −0.4 points (95% interval −1.1 to +0.3).';
  expect(viewAnswer(`${lead} 2 of 5 intended outcomes are not measured.`)).toEqual({
    lead,
    rest: '2 of 5 intended outcomes are not measured.',
    isLong: false,
  });
});

it('a single sentence has no rest, and what is to be done is said after the answer', () => {
  expect(viewAnswer('None are recorded.')).toEqual({ lead: 'None are recorded.', rest: '', isLong: false });
  expect(viewAnswer('None are recorded.', ['Write down what you expect.']).rest).toBe(
    'Write down what you expect.',
  );
});

it('what would fill more than two lines is folded in a list of answers', () => {
  expect(viewAnswer(`No. ${'It is not known why. '.repeat(10)}`).isLong).toBe(true);
});
