import { expect, test } from 'vitest';
import { type CellValue, provenance, type Result, type Status } from '../core/index.ts';
import { parseCharter } from '../define/index.ts';
import type { Question } from './answers.ts';
import { canAnswer, checkQuestions, heedChecks, heedInEvidence } from './can-answer.ts';
import { answerMonday } from './monday.ts';
import { questionNeeds } from './question-needs.ts';

const { charter } = parseCharter(
  `wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit, once, in time.
timezone: Europe/London
reporting: { grain: month }
extracts: []
outcomes: [{ id: permit, title: A permit }]
outputs: [{ id: permits, title: Permits, unit: permit, from: cases }]
`,
  'service.yaml',
);

function result(
  id: string,
  status: Status,
  table?: { id: string; rows: readonly Record<string, CellValue>[] },
): Result {
  return {
    id,
    question: id,
    answer: `${id}.`,
    status,
    figures: [],
    tables: table ? [{ id: table.id, title: table.id, columns: [], rows: table.rows }] : [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({ method: 'none' }),
  };
}

const filled = (table: string, field: string) => ({ dimension: 'Complete', table, field, count: 5 });

function checks(
  fields: readonly Record<string, CellValue>[],
  defects: readonly Record<string, CellValue>[] = [],
) {
  return [
    result('defects', 'caution', { id: 'defects', rows: defects }),
    result('data-quality', 'sound', { id: 'measures', rows: fields }),
  ];
}

function questions(statuses: Readonly<Record<number, Status>>): readonly Question[] {
  return questionNeeds.map((_, i) => ({
    number: i + 1,
    question: `Question ${i + 1}`,
    evidence: null,
    result: result(`q${i + 1}`, statuses[i + 1] ?? 'cannot-tell'),
  }));
}

function rowsFor(statuses: Readonly<Record<number, Status>>, own: readonly Result[]) {
  const found = canAnswer({
    charter,
    questions: questions(statuses),
    checks: own,
    data: result('data', 'sound'),
  });
  return { found, rows: found.tables[0]?.rows ?? [] };
}

test('every question of the home page has its needs', () => {
  const nothing = result('none', 'cannot-tell');
  const asked = answerMonday({ charter: nothing, data: nothing, measure: [], find: [] });
  expect(questionNeeds).toHaveLength(asked.length);
});

test('a sound answer with all it needs is a yes; without the start of steps it is partly', () => {
  const events = [filled('events', 'case_id'), filled('events', 'started'), filled('events', 'worker')];
  expect(rowsFor({ 4: 'sound' }, checks(events)).rows[3]).toMatchObject({
    verdict: 'yes',
    missing: null,
    faults: null,
  });
  const { rows } = rowsFor({ 4: 'sound' }, checks(events.slice(0, 1)));
  expect(rows[3]?.verdict).toBe('partly');
  expect(rows[3]?.missing).toContain('the start of each step');
});

test('a fault of the data that touches the figure makes a yes into partly, and is named', () => {
  const events = [filled('events', 'case_id'), filled('events', 'started'), filled('events', 'worker')];
  const fault = { defect: 'The clock starts again', doubtful: true, touches: 'age waits' };
  expect(rowsFor({ 4: 'sound' }, checks(events, [fault])).rows[3]).toMatchObject({
    verdict: 'partly',
    faults: 'The clock starts again',
  });
  const rare = { ...fault, doubtful: false };
  expect(rowsFor({ 4: 'sound' }, checks(events, [rare])).rows[3]?.verdict).toBe('yes');
  const elsewhere = { ...fault, touches: 'amounts' };
  expect(rowsFor({ 4: 'sound' }, checks(events, [elsewhere])).rows[3]?.verdict).toBe('yes');
});

test('what cannot be told says what is missing, and the sentence counts all three', () => {
  const { found, rows } = rowsFor({ 3: 'sound', 8: 'caution' }, checks([filled('events', 'case_id')]));
  expect(found.answer).toBe(
    'Of the 11 questions that this version answers these data answer 1 in full and 1 in part; 9 they cannot answer yet. The other 4 this version does not answer, whatever the data.',
  );
  expect(found.figures.map(({ value }) => value)).toEqual([1, 1, 9, 4]);
  expect(rows.slice(-4).map(({ verdict }) => verdict)).toEqual(Array(4).fill('not in this version'));
  for (const row of rows) if (row.verdict !== 'yes') expect(row.missing).toBeTruthy();
});

test('where only a fault of the data stands in the way, that is said to be what is missing', () => {
  const fault = { defect: 'Dates in the future', doubtful: true, touches: 'waits' };
  const events = checks([filled('events', 'case_id')], [fault]);
  for (const status of ['caution', 'sound'] as const) {
    const { rows } = rowsFor({ 8: status }, events);
    expect(rows[7]).toMatchObject({
      verdict: 'partly',
      missing: 'nothing more: the faults named here stand in the way',
      faults: 'Dates in the future',
    });
  }
});

test('what most questions lack comes first in what to do', () => {
  const { found } = rowsFor({}, checks([]));
  expect(found.status).toBe('cannot-tell');
  expect(found.next[0]).toContain('an event log');
});

test('an answer that the data give only in part is not sound, on the home page nor where its evidence stands', () => {
  const doubtful = {
    ...{ defect: 'A step becomes more or less frequent from a day on', doubtful: true },
    touches: 'trend',
  };
  const asked = questions({ 3: 'sound', 8: 'sound' }).map((question) =>
    question.number === 3 ? { ...question, evidence: 'measure/change' } : question,
  );
  const input = {
    ...{ charter, questions: asked, data: result('data', 'sound') },
    checks: checks([filled('cases', 'opened'), filled('events', 'started')], [doubtful]),
  };
  const checked = checkQuestions(input);
  const heeded = heedChecks(asked, checked);
  const table = canAnswer(input).tables[0]?.rows ?? [];
  for (const [i, { result: own }] of heeded.entries())
    expect(own.status === 'sound').toBe(table[i]?.verdict === 'yes');
  const why =
    'A fault of the data touches this: a step becomes more or less frequent from a day on. See what is wrong with the data.';
  expect(heeded[2]?.result).toMatchObject({ status: 'caution', caveats: [why] });
  expect(heeded[7]?.result.status).toBe('sound');
  const [change, other] = heedInEvidence(
    'measure',
    [result('change', 'sound'), result('output', 'sound')],
    asked,
    checked,
  );
  expect(change).toMatchObject({ status: 'caution', caveats: [why] });
  expect(other?.status).toBe('sound');
});
