import { expect, test } from 'vitest';
import type { Result, Table } from '../../core/index.ts';
import { testAnswers } from '../made-answers.test-support.ts';
import { viewResult } from './result-view.ts';

const table: Table = {
  id: 'findings',
  title: 'Findings',
  asList: {
    heading: 'title',
    above: 'sign',
    cards: { open: 1, numbers: [['yearHours', 'hours']], words: ['question'], line: ['pounds', 'hours'] },
  },
  columns: [
    { key: 'title', title: 'What was found', type: 'text' },
    { key: 'sign', title: 'Sign', type: 'text' },
    { key: 'hours', title: 'Hours', type: 'hours', intervalIn: 'range' },
    { key: 'range', title: 'Interval', type: 'text' },
    { key: 'yearHours', title: 'Hours a year', type: 'hours' },
    { key: 'pounds', title: 'Staff cost', type: 'pounds' },
    { key: 'question', title: 'What to ask', type: 'text' },
  ],
  rows: [
    { title: 'A waits.', sign: 'A wait', hours: 12, range: '10 to 14 hours', pounds: 300, question: 'Why?' },
    { title: 'B again.', sign: 'Work again', hours: 3, yearHours: 6, question: 'What for?' },
  ],
};

const result = {
  ...(testAnswers.find[0] as Result),
  tables: [table],
  charts: [],
  answer: '2 findings, first: A waits.',
};

test('the first of a list stand open with what matters, and the rest are a line each with all they hold', () => {
  const [open, closed] = viewResult(result, '/permits/find/findings').exhibits[0]?.table?.items ?? [];
  expect(open).toMatchObject({ place: 1, isOpen: true, isCard: true, line: null });
  expect(open?.facts.map(({ name, value, range }) => [name, value, range])).toEqual([
    ['Hours', '12', '(10 to 14)'],
    ['What to ask', 'Why?', null],
  ]);
  expect(open?.more.map(({ name }) => name)).toEqual(['Staff cost']);
  expect(closed).toMatchObject({ place: 2, isOpen: false, line: 'Hours: 3', more: [] });
  expect(closed?.facts.map(({ name }) => name)).toEqual(['Hours', 'Hours a year', 'What to ask']);
});

test('the answer does not say again what the first item says, and its figures are not told twice', () => {
  const view = viewResult(result, '/permits/find/findings');
  expect(view.answer.lead).toBe(
    '2 in all, in the order to look into them: the first 1 open, the rest in a line each.',
  );
  expect(view.figures).toEqual([]);
  expect(viewResult({ ...result, tables: [] }, '/permits/find/findings').answer.lead).toBe(
    '2 findings, first: A waits.',
  );
});
