import { expect, it } from 'vitest';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';
import { measure } from './measure.ts';

it('a case decided in the first hour of July in London counts in July, though it is June by UTC', async () => {
  const decided = [
    ...Array.from({ length: 30 }, () => ({ at: '2023-06-15T11:00:00Z', at_wall: '2023-06-15T12:00:00Z' })),
    ...Array.from({ length: 20 }, () => ({ at: '2023-06-30T23:30:00Z', at_wall: '2023-07-01T00:30:00Z' })),
  ];
  const cases = decided.map(({ at }, i) => ({ case_id: `c${i}`, first_at: at, last_at: at }));
  const events = decided.map((times, seq) => ({
    ...{ case_id: `c${seq}`, seq, position: 1, kind: 'step', step: 'Decide' },
    ...times,
  }));
  const workspace = await madeWorkspace(
    charterText(
      '{ grain: month, from: 2023-06-01, to: 2023-07-31 }',
      `
outcomes: [{ id: o, title: Outcome }]
outputs: [{ id: decided, title: Decided, unit: decision, from: cases, at: last_at }]
`,
    ),
    { cases, events },
  );
  const results = await measure(workspace, { replicates: 20 });
  await workspace.close();
  const volumes = results.find(({ id }) => id === 'output')?.tables.find(({ id }) => id === 'volumes');
  expect(volumes?.rows.map(({ quantity }) => quantity)).toEqual([30, 20]);
});
