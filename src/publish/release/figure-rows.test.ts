import { expect, test } from 'vitest';
import type { FigureRowCounts } from '../../answers/index.ts';
import type { Figure } from '../../core/index.ts';
import { disclosureProfiles } from '../../stats/index.ts';
import { rowCells } from './figure-rows.ts';

const figure = (unit: Figure['unit'], value = 0.5): Figure => ({
  ...{ id: 'f', name: 'A figure', value, unit, interval: null, period: null },
});
const cells = (
  rows: FigureRowCounts | undefined,
  unit: Figure['unit'],
  published: [string, number | null][] = [],
) =>
  rowCells('measure/p', 'measure-p', figure(unit), {
    counts: rows && new Map([['measure/p/f', rows]]),
    published: new Map(published),
    profile: disclosureProfiles['10-5'],
  });
const id = 'measure-p / figures / f / ';

test('rows of totals are told as they are, with the other tables', () => {
  const tables = [
    { table: 'volumes', used: 72, leftOut: 36 },
    { table: 'quality', used: 3, leftOut: 1 },
  ] as const;
  expect(cells({ tables }, 'growth')).toEqual({
    rows_table: 'volumes',
    rows_used: 72,
    rows_left_out: 36,
    rows_note: 'also quality: 3 used, 1 left out',
  });
});

test('cases are told as the audited counts tell them, and what is left out as the rest of a rounded whole', () => {
  const tables = [{ table: 'cases', used: 4982, leftOut: 5021 }] as const;
  expect(cells({ tables }, 'share', [[`${id}#of`, 4980]])).toMatchObject({
    rows_used: 4980,
    rows_left_out: 5025,
    rows_note: null,
  });
  expect(cells({ tables }, 'count', [[id, 4980]])).toMatchObject({ rows_used: 4980 });
});

test('a count that is not published, or is suppressed, tells of no rows, and says why', () => {
  const tables = [{ table: 'cases', used: 7, leftOut: 93 }] as const;
  for (const published of [[], [[`${id}#of`, null]]] as [string, number | null][][]) {
    const told = cells({ tables }, 'share', published);
    expect([told.rows_used, told.rows_left_out]).toEqual([null, null]);
    expect(told.rows_note).toContain('small counts stay protected');
  }
});

test('few rows left out are told as low', () => {
  const tables = [{ table: 'cases', used: 96, leftOut: 6 }] as const;
  expect(cells({ tables }, 'count', [[id, 95]]).rows_left_out).toBe('[low]');
});

test('a count of totals that is rounded is not given exactly beside it', () => {
  const tables = [{ table: 'quality', used: 139, leftOut: 4901 }] as const;
  expect(cells({ tables }, 'count', [[id, 140]])).toMatchObject({ rows_used: 140, rows_left_out: 4900 });
});

test('a figure without rows says why', () => {
  expect(cells({ noRows: 'It counts no rows.' }, 'pounds').rows_note).toBe('It counts no rows.');
  expect(cells(undefined, 'pounds').rows_note).toBe('not counted');
});
