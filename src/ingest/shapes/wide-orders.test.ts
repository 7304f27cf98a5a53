import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WellspentFaults } from '../../core/index.ts';
import { type AddRequest, openQuestions, previewExtract, workspaceContents } from '../index.ts';
import { batchRows } from '../readers/raw-table.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const wide: Partial<AddRequest> = { shape: 'wide', steps: { Received: 'Came in', Decided: 'Done' } };
const head = 'Case ref,Came in,Done\n';
const many = batchRows + 808;
const two = (n: number) => String(n).padStart(2, '0');
const day = (i: number) => `${two(13 + (i % 15))}/${two(1 + (i % 12))}/2025`;
const month = (i: number) => `${two(1 + (i % 12))}/${two(13 + (i % 15))}/2025`;
const either = (i: number) => `${two(1 + (i % 6))}/${two(7 + (i % 6))}/2025`;

/** The ISO date of one written month first. */
const monthFirst = (text: string) => text.replace(/(..)\/(..)\/(....)/, '$3-$1-$2');

/** Cases with a day-first date each, and another date that the first rows and the last tell in their own ways. */
function casesOf(first: (i: number) => string, last: (i: number) => string, rows = many): string {
  const lines = Array.from(
    { length: rows },
    (_, i) => `c${i},${day(i)},${i < rows - 40 ? first(i) : last(i)}`,
  );
  return `${head}${lines.join('\n')}\n`;
}

/** What was told of day and month: notices of an import, or what its error says. */
async function toldOf(text: string, rules: Partial<AddRequest> = wide): Promise<readonly string[]> {
  try {
    const { notices, rowsSetAside } = await small.add('cases.csv', text, rules);
    const told = notices.filter(({ code }) => code.startsWith('DATE_ORDER')).map(({ message }) => message);
    return [`${rowsSetAside} set aside`, ...told];
  } catch (error) {
    if (error instanceof WellspentFaults) return error.faults.map(({ message }) => message);
    throw error;
  }
}

const eventsOf = () =>
  small.query('select step, cast("at" as date) as day from events order by step desc, day');

const asked = 'Every date in column "Done" of cases.csv reads both as day/month and as month/day.';

describe('day and month in a row a case', () => {
  it('are told by each column for itself', async () => {
    const text = `${head}1,25/04/2025,05/16/2025\n2,03/04/2025,06/07/2025\n`;
    expect(await toldOf(text)).toEqual(['0 set aside']);
    expect(await eventsOf()).toEqual([
      { step: 'Received', day: '2025-04-03' },
      { step: 'Received', day: '2025-04-25' },
      { step: 'Decided', day: '2025-05-16' },
      { step: 'Decided', day: '2025-06-07' },
    ]);
  });

  it('are asked of the column whose dates do not tell, whatever another tells', async () => {
    expect(await toldOf(`${head}1,25/04/2025,05/06/2025\n2,26/04/2025,06/07/2025\n`)).toEqual([asked]);
  });

  it('are read as was said', async () => {
    const text = `${head}1,25/04/2025,05/06/2025\n`;
    expect(await toldOf(text, { ...wide, dayFirst: true })).toEqual(['0 set aside']);
    expect(await eventsOf()).toContainEqual({ step: 'Decided', day: '2025-06-05' });
  });

  it('are told to stand in two orders by the column in which they do, each row once', async () => {
    const lines = ['1,25/04/2025,05/16/2025', '2,25/04/2025,05/17/2025', '3,25/04/2025,17/05/2025'];
    expect(await toldOf(`${head}${lines.join('\n')}\n`)).toEqual([
      '1 set aside',
      'Column "Done" holds dates in two orders: 1 can only be day/month, 2 only month/day. The order of most was used.',
    ]);
  });

  it('are told once a case by a date that is no step', async () => {
    const lines = [
      '1,2025-04-25,2025-05-16,25/04/2025',
      '2,2025-04-25,,04/25/2025',
      '3,2025-04-25,,04/25/2025',
    ];
    const text = `Case ref,Came in,Done,Seen\n${lines.join('\n')}\n`;
    expect(await toldOf(text, { ...wide, map: { opened: 'Seen' } })).toEqual([
      '0 set aside',
      'Column "Seen" holds dates in two orders: 1 can only be day/month, 2 only month/day. The order of most was used.',
    ]);
  });

  it('with the year first are year, day, month in the column that shows it', async () => {
    const text = `${head}1,2025-04-05,2025-25-04\n2,2025-04-25,2025-06-05\n`;
    expect(await toldOf(text)).toEqual(['0 set aside', 'Column "Done" is written year, day, month.']);
    expect((await eventsOf()).map((event) => event.day)).toEqual([
      '2025-04-05',
      '2025-04-25',
      '2025-04-25',
      '2025-05-06',
    ]);
  });

  it('are the same in a column that is kept for the case as well', async () => {
    const text = `${head}1,25/04/2025,05/16/2025\n2,25/04/2025,06/07/2025\n`;
    await small.add('cases.csv', text, { ...wide, map: { closed: 'Done' } });
    expect(await small.query('select cast(closed as date) as day from cases order by 1')).toEqual([
      { day: '2025-05-16' },
      { day: '2025-06-07' },
    ]);
  });

  it('tell which of the versions of a case is the latest', async () => {
    const text = `${head}1,25/04/2025,05/16/2025\n1,26/04/2025,07/06/2025\n1,27/04/2025,06/08/2025\n`;
    const dedupe = { key: ['Case ref'], keep_latest_by: 'Done' };
    await small.add('cases.csv', text, { ...wide, dedupe });
    expect(await eventsOf()).toContainEqual({ step: 'Decided', day: '2025-07-06' });
  });
});

describe('day and month in a long file of a row a case', () => {
  it.each([
    ['either, then month first', either, month],
    ['empty, then month first', () => '', month],
    ['month first, then either', month, either],
  ])('are read by the whole of each column: %s', async (_, first, last) => {
    expect(await toldOf(casesOf(first, last))).toEqual(['0 set aside']);
    const days = await small.query(
      `select distinct cast("at" as date) as day from events where step = 'Decided' order by 1`,
    );
    const filled = Array.from({ length: many }, (_, i) => (i < many - 40 ? first(i) : last(i))).filter(
      Boolean,
    );
    expect(days.map((event) => event.day)).toEqual([...new Set(filled.map(monthFirst))].toSorted());
  });

  it.each([
    ['either throughout', either, either],
    ['empty, then either', () => '', either],
    ['years first, then either', () => '2025-04-05', either],
  ])('are asked where the whole of a column does not tell: %s', async (_, first, last) => {
    expect(await toldOf(casesOf(first, last))).toEqual([asked]);
  });

  it('are counted to the end where they stand in two orders', async () => {
    expect(await toldOf(casesOf(month, day))).toEqual([
      '40 set aside',
      'Column "Done" holds dates in two orders: 40 can only be day/month, 8,960 only month/day. The order of most was used.',
    ]);
  });

  it('are asked before it is brought in, by the column of the file', async () => {
    const extracts = `[{ file: cases.csv, as: events, shape: wide, steps: { Received: Came in, Decided: Done } }]`;
    const own = await smallWorkspace(extracts);
    try {
      const { loaded } = workspaceContents(own.folder);
      writeFileSync(
        join(own.folder, 'cases.csv'),
        casesOf(() => '', either),
      );
      const found = await previewExtract({
        dir: own.folder,
        loaded,
        file: join(own.folder, 'cases.csv'),
        as: 'events',
      });
      const { dateOrder } = openQuestions(found, 'events', { finished: '(date)' });
      expect(dateOrder).toEqual([
        {
          column: 'Done',
          heldIn: '(date)',
          dayFirst: { first: expect.any(String), last: expect.any(String) },
          monthFirst: { first: expect.any(String), last: expect.any(String) },
        },
      ]);
    } finally {
      await own.close();
    }
  });
});
