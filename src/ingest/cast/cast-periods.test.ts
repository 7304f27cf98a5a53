import { expect, it } from 'vitest';
import { smallWorkspace } from '../small-workspace.test-support.ts';

it('months are read in figures, by name and as a spreadsheet shows them; what is no month is set aside', async () => {
  const workspace = await smallWorkspace();
  try {
    const written = ['2024-04', 'Apr-24', 'April 2024', 'sept 2024', '2024', '01/04/2024', 'Smarch 2024'];
    const report = await workspace.add(
      'inputs.csv',
      `period,input,cost\n${written.map((period, i) => `${period},i${i},1`).join('\n')}\n`,
      { as: 'inputs', dayFirst: true },
    );
    expect(report).toMatchObject({ rowsIn: 7, rowsUsed: 6, rowsSetAside: 1 });
    const rows = await workspace.query(
      'select input, cast(period as varchar) as period from inputs order by input',
    );
    expect(rows.map(({ period }) => period)).toEqual([
      '2024-04-01',
      '2024-04-01',
      '2024-04-01',
      '2024-09-01',
      '2024-01-01',
      '2024-04-01',
    ]);
  } finally {
    await workspace.close();
  }
});

it.each([
  ['2025-Q1', '2025-01-01'],
  ['2025 Q4', '2025-10-01'],
  ['Q2 2025', '2025-04-01'],
  ['q3/2025', '2025-07-01'],
  ['2025/26', '2025-04-01'],
  ['2025-2026', '2025-04-01'],
  ['FY2025-26', '2025-04-01'],
  ['FY 2011/12', '2011-04-01'],
  ['1999/00', '1999-04-01'],
  ['04/2025', '2025-04-01'],
  ['202504', '2025-04-01'],
])('a period written %s begins on %s', async (written, first) => {
  const workspace = await smallWorkspace();
  try {
    const report = await workspace.add('outputs.csv', `period,output,count\n${written},passports,1\n`, {
      as: 'volumes',
    });
    expect(report).toMatchObject({ rowsUsed: 1, rowsSetAside: 0 });
    const [row] = await workspace.query('select cast(period as varchar) as period from volumes');
    expect(row?.period).toBe(first);
  } finally {
    await workspace.close();
  }
});

it('a period that may be a month or a financial year, or is neither, is set aside', async () => {
  const workspace = await smallWorkspace();
  try {
    const written = ['2011/12', '2025/27', 'Q5 2025', '202513', '2025-Q1'];
    const report = await workspace.add(
      'outputs.csv',
      `period,output,count\n${written.map((period) => `${period},passports,1`).join('\n')}\n`,
      { as: 'volumes' },
    );
    expect(report).toMatchObject({ rowsUsed: 1, rowsSetAside: 4 });
  } finally {
    await workspace.close();
  }
});
