import { expect, test } from 'vitest';
import { foundAlone, madeResult } from './made-evidence.test-support.ts';
import { drawOutsideTheSystem } from './outside-the-system.ts';

const seven = madeResult('workarounds', '7 possible workarounds, first: a step is left out.', {
  rows: [{ title: 'a' }],
});
const none = madeResult('workarounds', 'Nothing unusual.');
const restarts = madeResult('findings', '1 finding.', {
  rows: [{ pattern: 'clock-restart', title: 'The clock starts.' }],
});

test('the home page says of workarounds what their own page says', () => {
  const waits = madeResult('findings', '1 finding.', { rows: [{ pattern: 'wait', title: 'A wait.' }] });
  expect(drawOutsideTheSystem(foundAlone(waits, seven))).toMatchObject({
    answer: seven.answer,
    status: 'caution',
    evidence: 'find/workarounds',
  });
});

test('a clock that starts again is told beside them, or alone', () => {
  expect(drawOutsideTheSystem(foundAlone(restarts, seven)).answer).toBe(
    `${seven.answer} Ask about this sign too: The clock starts.`,
  );
  expect(drawOutsideTheSystem(foundAlone(restarts, none)).answer).toBe(
    'One sign to ask about: The clock starts.',
  );
});

test('where nothing is found it sends to those who do the work', () => {
  expect(drawOutsideTheSystem(foundAlone(none))).toMatchObject({
    answer: 'Nothing unusual. Habits leave no trace: ask those who do the work.',
    status: 'cannot-tell',
  });
  expect(drawOutsideTheSystem(foundAlone()).answer).toMatch(/^Cannot tell: .* Habits leave no trace/);
});
