import { describe, expect, it } from 'vitest';
import { parquetOf } from '../../hostile/parquet.test-support.ts';
import { readAll } from '../read-all.test-support.ts';

const columnsOf = async (query: string) => {
  const { columns, rows } = await readAll(await parquetOf(query));
  return Object.fromEntries(columns.map((name, c) => [name, rows.map((row) => row[c])]));
};

describe('columns that are handed over as one text', () => {
  it('are taken apart again, those without a value too', async () => {
    const found = await columnsOf(
      `select * from (values
        ('a', null, 1, 2.5::double, date '2024-03-02', true, timestamp '2024-03-02 09:00:00'),
        ('', 'y', null, null, null, null, null),
        (null, '', -3, 1e30::double, date '1999-12-31', false, timestamp '2024-03-02 09:00:00.123456')
      ) as t(one, two, whole, double, day, truth, moment)`,
    );
    expect(found).toEqual({
      one: ['a', '', ''],
      two: ['', 'y', ''],
      whole: ['1', '', '-3'],
      double: ['2.5', '', '1e+30'],
      day: ['2024-03-02', '', '1999-12-31'],
      truth: ['true', '', 'false'],
      moment: ['2024-03-02 09:00:00', '', '2024-03-02 09:00:00.123456'],
    });
  });

  it('stand alone where their values hold the mark, or are long', async () => {
    const found = await columnsOf(
      `select 'a' || chr(31) || 'b' as marked, 'c' as plain, repeat('x', 3000) as long, 'd' as last`,
    );
    expect(found).toEqual({ marked: ['a\u001fb'], plain: ['c'], long: ['x'.repeat(3000)], last: ['d'] });
  });

  it('of whole numbers are the same however they are held', async () => {
    const found = await columnsOf(
      `select * from (values (1001::double, 7.5::double, 1001::decimal(9, 2), 'nan'::double, -0.0::double), (null, 1e30, 0.5, 'inf', 3)) as t(id, part, money, odd, zero)`,
    );
    expect(found).toEqual({
      id: ['1001', ''],
      part: ['7.5', '1e+30'],
      money: ['1001', '0.50'],
      odd: ['nan', 'inf'],
      zero: ['0', '3'],
    });
  });

  it('keep their places in wide tables of several batches', async () => {
    const names = Array.from({ length: 300 }, (_, c) => `k${c}`);
    const { columns, rows, lines } = await readAll(
      await parquetOf(
        `select ${names.map((name, c) => `range * 1000 + ${c} as ${name}`).join(', ')} from range(1500)`,
      ),
    );
    expect(columns).toEqual(names);
    expect(rows).toEqual(Array.from({ length: 1500 }, (_, r) => names.map((_name, c) => `${r * 1000 + c}`)));
    expect(lines).toEqual(Array.from({ length: 1500 }, (_, r) => r + 1));
  });
});
