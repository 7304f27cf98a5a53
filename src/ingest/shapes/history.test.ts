import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSources } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

// As Salesforce gives it: newest first, with changes of every tracked field.
const history = `Id,CaseId,Field,OldValue,NewValue,CreatedDate,CreatedById
h5,500A,Status,In review,Closed,2026-03-09T10:00:00Z,u2
h4,500A,Priority,Low,High,2026-03-05T10:00:00Z,u1
h3,500A,Status,New,In review,2026-03-04T10:00:00Z,u1
h2,500B,created,,,2026-03-02T09:00:00Z,u1
h1,500B,Status,New,Closed,2026-03-03T09:00:00Z,u1
`;

const events = () =>
  small.query('select step, status_before, position, worker is not null as known from events order by "at"');

describe('a history of changed fields', () => {
  test('gives one event for each change of the field, in order, with the state before', async () => {
    const report = await small.add('history.csv', history, { shape: 'history', field: 'Status' });
    expect(report).toMatchObject({
      rowsIn: 5,
      rowsUsed: 3,
      rowsSetAside: 2,
      reasons: [{ reason: 'OTHER_FIELD', rows: 2 }],
      mapping: { case_id: 'CaseId', step: 'NewValue', finished: 'CreatedDate', worker: 'CreatedById' },
    });
    expect(await events()).toEqual([
      { step: 'Closed', status_before: 'New', position: 1, known: true },
      { step: 'In review', status_before: 'New', position: 1, known: true },
      { step: 'Closed', status_before: 'In review', position: 2, known: true },
    ]);
    expect(await small.query('select first_status, events from cases order by events')).toEqual([
      { first_status: 'New', events: 1 },
      { first_status: 'New', events: 2 },
    ]);
    expect(await small.query('select line, "column", value from rejects order by line')).toEqual([
      { line: 3, column: 'Field', value: 'Priority' },
      { line: 5, column: 'Field', value: 'created' },
    ]);
  });

  test('is recognised by its names, and the field by its own, and both are said', async () => {
    const report = await small.add('history.csv', history);
    expect(report.rowsUsed).toBe(3);
    expect(report.notices.find(({ code }) => code === 'SHAPE_GUESSED')?.message).toContain(
      'each change of "Status" is taken as a step',
    );
    expect((await small.add('history.csv', history)).notices[0]?.code).toBe('ALREADY_IMPORTED');
  });

  test("reads an audit table with Dataverse's names", async () => {
    const audit =
      'Record,Changed Field,Old Value,New Value,Changed Date,Changed By,Event\n7,Status Reason,Draft,Sent,2026-03-01 09:00,ann,Update\n7,Owner,ann,bob,2026-03-01 09:05,ann,Update\n';
    const report = await small.add('audit.csv', audit);
    expect(report).toMatchObject({ rowsUsed: 1, rowsSetAside: 1 });
    expect(await small.query('select step, status_reason_before as b from events')).toEqual([
      { step: 'Sent', b: 'Draft' },
    ]);
  });

  test('asks which field it is when no name tells, or several do', async () => {
    const two = history.replace('500A,Priority', '500A,Stage');
    await expect(small.add('history.csv', two)).rejects.toMatchObject({
      code: 'HISTORY_FIELD_UNKNOWN',
      found: 'Status, Stage, created',
      hint: 'field: Status',
    });
    const report = await small.add('history.csv', two, { field: 'Stage' });
    expect(report.rowsUsed).toBe(1);
  });

  test('rows of other fields are no fault: the data stay sound', async () => {
    await small.add('history.csv', history);
    expect(await describeSources(small.workspace)).toMatchObject({ status: 'sound' });
  });

  test('rows are taken as they stand where that is stated', async () => {
    const report = await small.add('history.csv', history, {
      shape: 'rows',
      map: { case_id: 'CaseId', step: 'Field', finished: 'CreatedDate' },
    });
    expect(report).toMatchObject({ rowsUsed: 5, rowsSetAside: 0 });
  });

  test('rows in are rows used and set aside, whatever changed and however', async () => {
    const row = fc.record({
      c: fc.constantFrom('1', '2', ''),
      field: fc.constantFrom('Status', 'Owner', ''),
      to: fc.constantFrom('a', 'b', ''),
      at: fc.constantFrom('2026-03-01', '2026-03-02', 'soon', ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
        const lines = rows.map(({ c, field, to, at }) => `${c},${field},,${to},${at}`);
        // One good row, so that not all of them are set aside.
        const text = `CaseId,Field,OldValue,NewValue,CreatedDate\n9,Status,,a,2026-03-01\n${lines.join('\n')}\n`;
        const report = await small.add('any.csv', text, { field: 'Status' });
        const good = rows.filter(
          ({ c, field, to, at }) => c !== '' && field === 'Status' && to !== '' && at !== 'soon',
        );
        expect([report.rowsIn, report.rowsUsed]).toEqual([rows.length + 1, good.length + 1]);
        expect(report.rowsSetAside).toBe(rows.length - good.length);
        expect(await small.query('select count(*) as n from events')).toEqual([{ n: good.length + 1 }]);
      }),
      { numRuns: 12 },
    );
  });
});
