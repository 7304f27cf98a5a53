import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchRows } from '../readers/raw-table.ts';
import { type SmallWorkspace, smallWorkspace } from '../small-workspace.test-support.ts';

let small: SmallWorkspace;
beforeEach(async () => {
  small = await smallWorkspace();
});
afterEach(() => small.close());

const many = 2 * batchRows + 808;

function fileOf(head: string, row: (i: number) => string): string {
  return `${head}\n${Array.from({ length: many }, (_, i) => row(i)).join('\n')}\n`;
}

/** The same rows as lines of JSON, whose reader leaves columns out in its own way. */
function inJson(text: string): string {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return rows
    .map((cells) => JSON.stringify(Object.fromEntries(head.map((name, c) => [name, cells[c]]))))
    .join('\n');
}

const wide = fileOf('Case ref,Came in,Note,Done', (i) => `c${i},2025-01-04,n,2025-02-${10 + (i % 9)}`);
const history = fileOf(
  'Case Number,Field,Note,Old Value,New Value,Edit Date',
  (i) => `c${i},${i % 2 === 0 ? 'Status' : 'Owner'},n,New,Open,2025-01-${10 + (i % 9)} 10:00`,
);

describe('a file of more rows than are read at a time', () => {
  it.each([
    ['cases.csv', wide],
    ['cases.jsonl', inJson(wide)],
  ])('of a row a case gives the events of every row: %s', async (name, text) => {
    await small.add(name, text, {
      steps: { Received: 'Came in', Decided: 'Done' },
      map: { case_id: 'Case ref' },
      drop: ['Note', 'Came in'],
    });
    expect(
      await small.query(
        'select step, count(*) as n, max("at") is null as gone from events group by 1 order by 1',
      ),
    ).toEqual([
      { step: 'Decided', n: many, gone: false },
      { step: 'Received', n: many, gone: false },
    ]);
  });

  it.each([
    ['history.csv', history],
    ['history.jsonl', inJson(history)],
  ])('of changed fields takes the changes of every row: %s', async (name, text) => {
    const report = await small.add(name, text, { shape: 'history', field: 'Status', drop: ['Note'] });
    expect(report).toMatchObject({
      rowsUsed: many / 2,
      reasons: [{ reason: 'OTHER_FIELD', rows: many / 2 }],
    });
  });
});
