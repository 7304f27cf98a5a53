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
