import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const header = 'Event ID,case_id,step,finished,note_no\n';
const count = async () => (await small.query('select count(*) as n from events'))[0]?.n;
const told = (report: { notices: readonly { code: string; message: string }[] }) =>
  report.notices.find(({ code }) => code === 'SUPERSEDED_ROW')?.message;

it('events that differ in their id alone stay apart across extracts, and one that was corrected gives way', async () => {
  await small.add(
    'a.csv',
    `${header}e1,1,call,2026-04-01,1\ne2,1,call,2026-04-01,1\ne3,1,check,2026-04-02,1\n`,
  );
  const report = await small.add(
    'b.csv',
    `${header}e2,1,call,2026-04-01,1\ne3,1,check,2026-04-09,1\ne4,1,call,2026-04-01,1\n`,
  );
  // e1, e2 and e4 agree in all but their id; e3 has another time now.
  expect(
    await small.query('select event_id, cast(finished as varchar) as finished from events order by event_id'),
  ).toEqual([
    { event_id: 'e1', finished: '2026-04-01 00:00:00' },
    { event_id: 'e2', finished: '2026-04-01 00:00:00' },
    { event_id: 'e3', finished: '2026-04-09 00:00:00' },
    { event_id: 'e4', finished: '2026-04-01 00:00:00' },
  ]);
  expect(told(report)).toBe(
    '2 rows of a.csv, added before, gave way to rows of the same Event ID in what was added now, so that none is counted twice.',
  );
});

it('rows that each file counts from one are no ids: equal events are one', async () => {
  await small.add('a.csv', `${header}1,1,call,2026-04-01,1\n2,1,check,2026-04-02,2\n3,2,call,2026-04-03,3\n`);
  const report = await small.add(
    'b.csv',
    `${header}1,1,check,2026-04-02,1\n2,2,call,2026-04-03,2\n3,2,check,2026-04-04,3\n`,
  );
  expect(await count()).toBe(4);
  expect(told(report)).toContain('rows of the same case, step, times and worker in what was added now');
});

it('ids that no two extracts share tell nothing, nor does a column with an id twice', async () => {
  await small.add('a.csv', `${header}e1,1,call,2026-04-01,1\n`);
  await small.add('b.csv', `${header}f1,1,call,2026-04-01,1\n`);
  expect(await count()).toBe(1);
  await small.add('c.csv', `${header}g1,2,call,2026-04-01,1\ng1,2,check,2026-04-02,1\n`);
  await small.add('d.csv', `${header}g1,2,call,2026-04-01,1\ng2,2,check,2026-04-02,1\n`);
  expect(await count()).toBe(3);
});

it('an extract without the ids is compared with the others by what both have', async () => {
  await small.add('a.csv', `${header}e1,1,call,2026-04-01,1\ne2,1,call,2026-04-01,1\n`);
  await small.add('b.csv', `${header}e2,1,call,2026-04-01,1\ne3,1,call,2026-04-01,1\n`);
  await small.add(
    'c.csv',
    'case_id,step,finished\n1,call,2026-04-01\n1,call,2026-04-01\n1,call,2026-04-01\n',
  );
  expect(await small.query('select event_id from events order by event_id')).toEqual([
    { event_id: 'e1' },
    { event_id: 'e2' },
    { event_id: 'e3' },
  ]);
});

it('any two parts of one log that share an event give its union, whatever their events have in common', async () => {
  const row = fc.tuple(
    fc.integer({ min: 1, max: 2 }),
    fc.constantFrom('apply', 'check'),
    fc.integer({ min: 1, max: 2 }),
    fc.constantFrom('both', 'both', 'first', 'second'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (log) => {
      const lines = log.map(([c, step, day, part], i) => ({
        part,
        line: `e${i},${c},${step},2026-04-0${day},1\n`,
      }));
      fc.pre(lines.some(({ part }) => part === 'both'));
      const without = (left: string) =>
        lines.flatMap(({ part, line }) => (part === left ? [] : [line])).join('');
      await small.add('first.csv', header + without('second'));
      await small.add('second.csv', header + without('first'));
      expect(await count()).toBe(lines.length);
      expect(await small.query('select count(distinct event_id) as n from events')).toEqual([
        { n: lines.length },
      ]);
    }),
    { numRuns: 12 },
  );
});
