import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSources } from '../index.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const header = 'Case ID,Received,Decided,Outcome';
const text = (...lines: readonly string[]) => `${[header, ...lines].join('\n')}\n`;
const add = async (name: string, ...lines: readonly string[]) => {
  const { notices, rowsUsed } = await small.add(name, text(...lines), { as: 'cases' });
  return { rowsUsed, told: notices.filter(({ code }) => code === 'CASE_ROWS_REPEAT') };
};

describe('an extract of cases with several rows for one case', () => {
  it('says how many ids repeat, in what their rows differ, and which row stands', async () => {
    const lines = [
      'alpha,2025-07-01,2025-07-09,granted',
      'alpha,2025-07-01,2025-07-12,refused',
      'alpha,2025-07-01,2025-07-09,granted',
      'beta,2025-07-02,,',
      'gamma,2025-07-03,2025-07-09,granted',
      'gamma,2025-07-03,2025-07-09,granted',
    ];
    const { rowsUsed, told } = await add('cases.csv', ...lines);
    expect(rowsUsed).toBe(6);
    const message =
      '2 case ids of cases.csv come more than once, in 5 rows; each is one case. The rows of 1 of them differ (3 rows, in Decided and Outcome; such as lines 2 to 4): in each column the last row that holds a value stands. If the rows are versions of a case, add it again with --dedupe "Case ID", and the last row stands as a whole. If they are steps of it, bring the file in with --as events.';
    expect(told).toEqual([{ code: 'CASE_ROWS_REPEAT', message, count: 2 }]);
    // The page of data and `check` show what this table holds.
    const { tables } = await describeSources(small.workspace);
    expect(tables.find(({ id }) => id === 'notices')?.rows).toContainEqual({
      file: 'cases.csv',
      notice: message,
      meaning: expect.any(String),
    });
    expect(await small.query('select outcome from cases order by opened')).toEqual([
      { outcome: 'granted' },
      { outcome: null },
      { outcome: 'granted' },
    ]);
  });

  it('tells a blank beside a value as a difference', async () => {
    const { told } = await add('cases.csv', 'a,2025-07-01,2025-07-09,', 'a,2025-07-01,,');
    expect(told[0]?.message).toContain('Its rows differ (2 rows, in Decided; such as lines 2 to 3)');
  });

  it('says of rows that are equal that they are', async () => {
    const row = 'a,2025-07-01,2025-07-09,granted';
    const { told } = await add('cases.csv', row, row, row);
    expect(told).toEqual([
      {
        code: 'CASE_ROWS_REPEAT',
        message:
          '1 case id of cases.csv comes more than once, in 3 rows; each is one case. Its rows are equal in every column that was kept. To have the repeats set aside and counted, add it again with --dedupe "Case ID".',
        count: 1,
      },
    ]);
  });

  it('says nothing where each case has one row, or has one left', async () => {
    const rows = ['a,2025-07-01,2025-07-09,granted', 'b,2025-07-01,2025-07-09,granted'];
    expect((await add('cases.csv', ...rows)).told).toEqual([]);
    // The same ids in another extract are no repeats within one.
    expect((await add('others.csv', ...rows)).told).toEqual([]);
    const { notices } = await small.add(
      'more.csv',
      text('c,2025-07-01,,', 'c,2025-07-01,2025-07-09,granted'),
      {
        ...{ as: 'cases', dedupe: { key: ['Case ID'] } },
      },
    );
    expect(notices.map(({ code }) => code)).not.toContain('CASE_ROWS_REPEAT');
  });
});
