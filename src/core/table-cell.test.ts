import { expect, test } from 'vitest';
import type { Table } from './result.ts';
import { type CellPlace, cellId, findCell, tableCell } from './table-cell.ts';

const place: CellPlace = { table: 'volumes', column: 'quantity', keys: ['output', 'start'] };
const table: Table = {
  id: 'volumes',
  title: 'Volumes',
  columns: [
    { key: 'start', title: 'First day', type: 'date', forMachines: true },
    { key: 'period', title: 'Period', type: 'period' },
    { key: 'output', title: 'Output', type: 'text' },
    { key: 'quantity', title: 'Quantity', type: 'count' },
  ],
  rows: [
    { start: '2025-04-01', period: 'April 2025', output: 'Letters/answered', quantity: 479 },
    { start: '2025-05-01', period: 'May 2025', output: 'Letters/answered', quantity: null },
    { start: '2025-05-01', period: 'May 2025', output: 'Letters answered', quantity: 12 },
  ],
};
const [april, few] = table.rows;

test('a cell is named by its column and by what its row is about, and found again by its id', () => {
  const cell = april ? tableCell(table, place, april) : null;
  expect(cell?.figure).toMatchObject({
    name: 'Quantity: April 2025, Letters/answered',
    value: 479,
    unit: 'count',
  });
  expect(findCell({ tables: [table] }, [place], cell?.figure.id ?? '')).toEqual(cell);
  expect(findCell({ tables: [table] }, [place], 'volumes.quantity.nothing.2025-04-01')).toBeNull();
});

test('ids hold letters, digits, hyphens and full stops, and differ where rows do', () => {
  const ids = table.rows.map((row) => cellId(place, row));
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[\w.-]+$/);
});

test('a cell that is withheld or unknown leads to no rows', () => {
  expect(few && tableCell(table, place, few)).toBeNull();
  expect(few && findCell({ tables: [table] }, [place], cellId(place, few))).toBeNull();
});
