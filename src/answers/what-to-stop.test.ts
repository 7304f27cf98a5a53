import { expect, test } from 'vitest';
import { foundAlone, madeFigure, madeResult } from './made-evidence.test-support.ts';
import { drawWhatToStop } from './what-to-stop.ts';

const wait = { pattern: 'wait', title: 'Cases wait.', yearPounds: 120, yearPoundsInterval: '£100 to £140' };
const rework = {
  pattern: 'rework',
  title: '"examined" is done again.',
  hoursOf: 'Second and later times of the step.',
  yearPounds: 2552.4,
  yearPoundsInterval: '£2,430 to £2,670',
  question: 'Why is it done again?',
};

test('the largest of the work that could stop is named, with its interval and what would confirm it', () => {
  const workaround = { pattern: 'workaround', title: 'A workaround.', yearPounds: 9000 };
  const drawn = drawWhatToStop(
    foundAlone(madeResult('findings', '3 findings.', { rows: [workaround, wait, rework] })),
  );
  expect(drawn).toMatchObject({
    answer:
      'Look first at whether this work could stop: "examined" is done again. What could stop comes to £2,550 of staff time a year (95% interval £2,430 to £2,670). It counts: second and later times of the step. What that work is worth against what it costs is not compared in this version.',
    status: 'caution',
    evidence: 'find/findings',
    next: ['To confirm it: Why is it done again?'],
  });
});

test('of contacts and waits the cause is to be removed first, not the work left undone', () => {
  const calls = { pattern: 'failure-demand', title: 'Calls come while cases wait.', yearPounds: 11_000 };
  const answerOf = (row: typeof calls | typeof wait) =>
    drawWhatToStop(foundAlone(madeResult('findings', '', { rows: [row] }))).answer;
  expect(answerOf(calls)).toMatch(
    /^Look first at what brings this work: Calls come while cases wait\. These contacts would not come if what people wait for came sooner: remove that cause first\./,
  );
  expect(answerOf(calls)).toContain('What would not come then comes to £11,000 of staff time a year.');
  expect(answerOf(wait)).toContain('would not come if the wait were shorter: remove that cause first.');
});

test('hours are named where pounds are not known, and their lack where neither is', () => {
  const hours = {
    pattern: 'overprocessing',
    title: 'In vain.',
    hours: 12,
    hoursInterval: '10.0 to 14.0 hours',
  };
  const untimed = { pattern: 'rework', title: 'Again.' };
  const answerOf = (...rows: readonly (typeof hours | typeof untimed)[]) =>
    drawWhatToStop(foundAlone(madeResult('findings', '', { rows }))).answer;
  expect(answerOf(untimed, hours)).toContain(
    'In vain. What could stop comes to 12 hours of work in these data (95% interval 10.0 to 14.0 hours).',
  );
  expect(answerOf(untimed)).toContain('Again. What that work takes is not known');
});

test('a wait that brings about no work is none to stop', () => {
  const idle = { pattern: 'wait', title: 'Cases wait.', days: 300 };
  expect(drawWhatToStop(foundAlone(madeResult('findings', '', { rows: [idle] })))).toMatchObject({
    status: 'cannot-tell',
    evidence: null,
  });
});

test('contacts that a failure brings are named where no finding is', () => {
  const contacts = madeResult('failure-demand', 'Two thirds of contacts.', {
    figures: [madeFigure('failure-pounds', 31_723, 'pounds')],
  });
  expect(drawWhatToStop(foundAlone(contacts))).toMatchObject({ evidence: 'find/failure-demand' });
  expect(drawWhatToStop(foundAlone(contacts)).answer).toContain('staff time worth £31,700');
});
