import { expect, test } from 'vitest';
import type { Table } from '../../core/index.ts';
import { rowLimits, viewTable } from './table-view.ts';

const table: Table = {
  id: 'shares',
  title: 'Shares by period',
  columns: [
    { key: 'measure', title: 'Measure', type: 'text' },
    { key: 'start', title: 'First day', type: 'date', forMachines: true },
    { key: 'period', title: 'Period', type: 'period' },
    { key: 'at', title: 'Brought in', type: 'time' },
    { key: 'n', title: 'Cases', type: 'count' },
    { key: 'delay', title: 'Cost of delay', type: 'pounds' },
  ],
  rows: ['April', 'May', 'June'].map((period, i) => ({
    measure: 'On time',
    start: `2026-0${i + 4}-01`,
    period,
    at: `2026-11-2${i}T22:55:19.306Z`,
    n: 10,
    delay: null,
  })),
};

const titles = (shown: Table) =>
  viewTable(shown, '/permits/measure/x', rowLimits.alone).head.map(({ text }) => text);

test('a page leaves out keys for machines and empty columns, and says a constant once', () => {
  const view = viewTable(table, '/permits/measure/x', rowLimits.alone);
  expect(view.head.map(({ text }) => text)).toEqual(['Period', 'Brought in', 'Cases']);
  expect(view.notes).toEqual([
    'The same in every row: Measure: On time.',
    'Left out because no row has a value: Cost of delay.',
  ]);
});

test('a sentence that all rows say ends with one full stop', () => {
  const rows = table.rows.map((row) => ({ ...row, measure: 'Met on time.' }));
  expect(viewTable({ ...table, rows }, '/p', rowLimits.alone).notes[0]).toBe(
    'The same in every row: Measure: Met on time.',
  );
});

test('a constant stays a column where there are too few rows to call it one, or where it is a number', () => {
  expect(titles({ ...table, rows: table.rows.slice(0, 2) })).toContain('Measure');
  expect(titles(table)).toContain('Cases');
});

test('what is the same in every row stays in the table where names alone would be left', () => {
  const columns = ['file', 'notice'].map((key) => ({ key, title: key, type: 'text' as const }));
  const rows = ['a.csv', 'b.csv', 'c.csv'].map((file) => ({ file, notice: 'Read in UTC' }));
  expect(titles({ id: 'n', title: 'Notices', columns, rows })).toEqual(['file', 'notice']);
});

test('times read as dates with the hour, and say that they are UTC', () => {
  expect(viewTable(table, '/p', rowLimits.alone).rows[0]?.[1]?.text).toBe('20 November 2026, 22:55 UTC');
});

test('a table of words can be read row by row, each filled cell with what it is; one of numbers stays a table', () => {
  const words = [
    { key: 'question', title: 'Question', type: 'text' },
    { key: 'missing', title: 'What is missing', type: 'text' },
    { key: 'faults', title: 'Faults', type: 'text' },
  ] as const;
  const long = 'Dates later than the day on which the file was brought in';
  const rows = [
    { question: 'What changed?', missing: long, faults: long },
    { question: 'What to stop?', missing: 'minutes of work', faults: null },
  ];
  const view = viewTable({ id: 'q', title: 'Questions', columns: words, rows }, '/p', rowLimits.alone);
  expect(view).toMatchObject({ stacked: true, wordy: true });
  expect(view.rows[1]?.map(({ attributes }) => attributes?.['data-label'])).toEqual([
    'Question',
    'What is missing',
    undefined,
  ]);
  const many = Array.from({ length: 5 }, (_, i) => ({
    key: `k${i}`,
    title: `Column ${i}`,
    type: 'text' as const,
  }));
  const short = [0, 1].map((n) => Object.fromEntries(many.map(({ key }) => [key, `${key} ${n}`])));
  const shared = (columns: typeof many) =>
    viewTable({ id: 'm', title: 'Many', columns, rows: short }, '/p', rowLimits.alone).wordy;
  expect([shared(many), shared(many.slice(1))]).toEqual([true, false]);
  // A date with its hour takes half the width of a phone.
  expect(viewTable(table, '/p', rowLimits.alone).stacked).toBe(true);
  const untimed = { ...table, columns: table.columns.filter(({ type }) => type !== 'time') };
  const numbers = viewTable(untimed, '/p', rowLimits.alone);
  expect(numbers).toMatchObject({ stacked: false, wordy: false });
  expect(numbers.rows[0]?.[0]?.attributes).toBeUndefined();
});
