import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ColumnSpec,
  identifier,
  joinSql,
  type QueryStep,
  runStep,
  type Sql,
  sql,
  type Warehouse,
} from './index.ts';

/** Opens an engine that may read and write the files of one folder and no others. */
export type OpenWarehouse = (folder: string) => Promise<Warehouse>;

const everyKind: readonly ColumnSpec[] = [
  { name: 'text', kind: 'text' },
  { name: 'integer', kind: 'integer' },
  { name: 'number', kind: 'number' },
  { name: 'boolean', kind: 'boolean' },
  { name: 'timestamp', kind: 'timestamp' },
  { name: 'date', kind: 'date' },
];

const micros = (iso: string) => BigInt(Date.parse(iso)) * 1000n;

/** The contract that every analytics engine keeps: each primitive and method with the exact values it must give. */
export function describeWarehouse(name: string, open: OpenWarehouse): void {
  describe(`the ${name} warehouse`, () => {
    let folder: string;
    let warehouse: Warehouse;
    const dialect = () => warehouse.dialect;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'wellspent-contract-'));
      warehouse = await open(folder);
      await warehouse.createTable('numbers', [{ name: 'n', kind: 'integer' }]);
      await warehouse.append(
        'numbers',
        [{ name: 'n', kind: 'integer' }],
        [Float64Array.from({ length: 10_000 }, (_, n) => n)],
      );
      await warehouse.createTable('marks', [
        { name: 'g', kind: 'text' },
        { name: 'o', kind: 'integer' },
        { name: 'v', kind: 'text' },
        { name: 'x', kind: 'number' },
      ]);
      await warehouse.append('marks', await warehouse.columns('marks'), [
        ['a', 'a', 'a', 'a', 'b', 'b'],
        [2, 1, 3, null, 1, 2],
        ['two', 'one', null, 'unplaced', 'lone', null],
        [10, 1, 2, 4, null, 7],
      ]);
    });

    afterAll(async () => {
      await warehouse.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function value(expression: Sql): Promise<unknown> {
      const [row] = await warehouse.query(sql`select ${expression} as v`);
      return row?.v;
    }

    async function byGroup(expression: Sql): Promise<unknown[]> {
      const rows = await warehouse.query(sql`select g, ${expression} as v from marks group by g order by g`);
      return rows.map((row) => row.v);
    }

    const at = (iso: string) => dialect().timestampValue(iso);

    describe('dialect', () => {
      it('seconds between instants keep microseconds and their sign', async () => {
        await warehouse.createTable('instants', [
          { name: 'a', kind: 'timestamp' },
          { name: 'b', kind: 'timestamp' },
        ]);
        await warehouse.append('instants', await warehouse.columns('instants'), [
          [0n, 5_000_001n, null],
          [1n, 0n, 0n],
        ]);
        const seconds = dialect().secondsBetween(sql`a`, sql`b`);
        const rows = await warehouse.query(sql`select ${seconds} as s from instants order by s nulls last`);
        expect(rows.map(({ s }) => s)).toEqual([-5.000001, 0.000001, null]);
        expect(
          await value(dialect().secondsBetween(at('2024-03-31T00:00:00Z'), at('2024-04-01T00:00:00Z'))),
        ).toBe(86_400);
      });

      it('days between dates are whole and may be negative', async () => {
        const day = (iso: string) => dialect().dateValue(iso);
        expect(await value(dialect().daysBetween(day('2024-02-28'), day('2024-03-01')))).toBe(2);
        expect(await value(dialect().daysBetween(day('2024-03-01'), day('2023-03-01')))).toBe(-366);
      });

      it.for([
        ['day', '2024-02-29T23:59:59Z', '2024-02-29'],
        ['week', '2024-01-07T23:59:59Z', '2024-01-01'],
        ['week', '2024-01-08T00:00:00Z', '2024-01-08'],
        ['month', '2024-02-29T12:00:00Z', '2024-02-01'],
        ['quarter', '2024-06-30T23:59:59Z', '2024-04-01'],
        ['financial-year', '2024-03-31T23:59:59Z', '2023-04-01'],
        ['financial-year', '2024-04-01T00:00:00Z', '2024-04-01'],
        ['year', '2024-12-31T23:59:59Z', '2024-01-01'],
      ] as const)('the %s of %s starts on %s', async ([grain, iso, start]) => {
        expect(await value(dialect().periodStart(grain, at(iso)))).toBe(start);
      });

      it('casts give a date, a double and text, and null where a text is no number or time', async () => {
        expect(await value(dialect().toDate(at('2024-02-29T23:59:59Z')))).toBe('2024-02-29');
        expect(await value(sql`${dialect().toDouble(sql`7`)} / 2`)).toBe(3.5);
        expect(await value(dialect().toText(sql`42`))).toBe('42');
        expect(await value(dialect().tryDouble(sql`${'1.25'}`))).toBe(1.25);
        expect(await value(dialect().tryDouble(sql`${'about 3'}`))).toBeNull();
        expect(await value(dialect().tryTimestamp(sql`${'2024-02-29 10:00:00'}`))).toBe(
          '2024-02-29T10:00:00.000Z',
        );
        expect(await value(dialect().tryTimestamp(sql`${'2023-02-29 10:00:00'}`))).toBeNull();
      });

      it('bound instants and dates come back as they went in', async () => {
        expect(await value(at('1969-12-31T23:59:59.999Z'))).toBe('1969-12-31T23:59:59.999Z');
        expect(await value(dialect().dateValue('1899-12-31'))).toBe('1899-12-31');
      });

      it('seconds are added exactly, whole or not, forward or back', async () => {
        const shifted = (seconds: Sql) => value(dialect().addSeconds(at('2024-01-01T00:00:00Z'), seconds));
        expect(await shifted(sql`86400`)).toBe('2024-01-02T00:00:00.000Z');
        expect(await shifted(sql`-86400`)).toBe('2023-12-31T00:00:00.000Z');
        expect(await shifted(sql`1.5`)).toBe('2024-01-01T00:00:01.500Z');
        expect(await shifted(sql`1234567890`)).toBe('2063-02-13T23:31:30.000Z');
      });

      it('quantiles are of type 7 and leave nulls out', async () => {
        // Worked by hand: of 1, 2, 4, 10 the 0.9 quantile stands at 0.9 x 3 = 2.7, so 4 + 0.7 x 6.
        expect(await byGroup(dialect().quantile(sql`x`, 0.5))).toEqual([3, 7]);
        expect((await byGroup(dialect().quantile(sql`x`, 0.9)))[0]).toBeCloseTo(8.2, 12);
        expect(await byGroup(dialect().quantile(sql`x`, 0))).toEqual([1, 7]);
        expect(await byGroup(dialect().quantile(sql`x`, 1))).toEqual([10, 7]);
      });

      it('the value at the largest and smallest leaves out nulls of either', async () => {
        expect(await byGroup(dialect().valueAtMax(sql`v`, sql`o`))).toEqual(['two', 'lone']);
        expect(await byGroup(dialect().valueAtMin(sql`v`, sql`o`))).toEqual(['one', 'lone']);
      });

      it('an ordered join leaves null texts out and keeps the order given', async () => {
        const placed = sql`case when o is not null then v end`;
        expect(await byGroup(dialect().orderedJoin(placed, "'>", sql`o`))).toEqual(["one'>two", 'lone']);
        expect(await byGroup(dialect().orderedJoin(placed, '>', sql`-o`))).toEqual(['two>one', 'lone']);
      });

      it('md5 is the published digest of UTF-8 text', async () => {
        // RFC 1321, appendix A.5.
        expect(await value(dialect().md5(sql`${'abc'}`))).toBe('900150983cd24fb0d6963f7d28e17f72');
        expect(await value(dialect().md5(sql`${''}`))).toBe('d41d8cd98f00b204e9800998ecf8427e');
      });

      it('a bucket is the first 28 bits of the digest modulo the number of buckets', async () => {
        expect(await value(dialect().bucket(sql`${'abc'}`, 100))).toBe(0x9001509 % 100);
        expect(await value(dialect().bucket(sql`${''}`, 7))).toBe(0xd41d8cd % 7);
      });

      it('several quantiles at once are those of each alone', async () => {
        const ps = [0.5, 0.9, 0.123];
        const alone = joinSql(
          ps.map((p, i) => sql`${dialect().quantile(sql`n`, p)} as ${identifier(`p${i}`)}`),
          ', ',
        );
        const together = joinSql(
          ps.map((_, i) => sql`${dialect().element(sql`q`, i + 1)} as ${identifier(`p${i}`)}`),
          ', ',
        );
        expect(
          await warehouse.query(
            sql`select ${together} from (select ${dialect().quantiles(sql`n`, ps)} as q from numbers) as t`,
          ),
        ).toEqual(await warehouse.query(sql`select ${alone} from numbers`));
      });

      it('a quick hash is the same for the same values, and for hardly any others', async () => {
        const hash = dialect().quickHash([sql`mod(n, 5000)`, sql`'x'`]);
        const [found] = await warehouse.query(
          sql`select min(times) as fewest, count(*) as hashes from (select ${hash} as h, count(*) as times from numbers group by ${hash}) as t`,
        );
        expect(found?.fewest).toBe(2);
        expect(found?.hashes).toBeGreaterThan(4990);
      });

      it('ln is the natural logarithm', async () => {
        expect(await value(dialect().ln(sql`${10}`))).toBeCloseTo(Math.LN10, 14);
      });

      it('rows of stored files have the neighbours of their order, in many files and groups of rows', async () => {
        const file = (i: number) => join(folder, `in-order-${i}.parquet`);
        const rows = (i: number) =>
          sql`select ${i} * 20000 + a.n as o, (${i} * 20000 + a.n) / 7 as g from numbers as a where a.n < 10000
union all select ${i} * 20000 + 10000 + a.n, (${i} * 20000 + 10000 + a.n) / 7 from numbers as a order by 1`;
        for (const i of [0, 1, 2, 3]) await warehouse.writeParquet(rows(i), file(i), { rowsAGroup: 4096 });
        await warehouse.viewParquet('in_order', [0, 1, 2, 3].map(file));
        const over = dialect().storedOrder(sql`floor(g)`, sql`o`);
        const found =
          await warehouse.query(sql`select count(*) as n, sum(case when after = o + 1 then 1 else 0 end) as next_rows,
  sum(case when before = o - 1 then 1 else 0 end) as rows_before
from (select o, floor(g) as g, lead(o) over ${over} as after, lead(floor(g)) over ${over} as group_after,
  lag(o) over ${over} as before, lag(floor(g)) over ${over} as group_before from in_order) as t
where group_after = g and group_before = g`);
        // 80,000 rows in 11,428 groups of seven and one of four: all but the first and last of each group.
        expect(found).toEqual([{ n: 57_142, next_rows: 57_142, rows_before: 57_142 }]);
      });

      it('a temporary table or view is replaced by one of its kind', async () => {
        for (const n of [1, 2]) {
          await warehouse.run(dialect().createTemporary('table', identifier('kept'), sql`select ${n} as n`));
          expect(await warehouse.query(sql`select n from kept`)).toEqual([{ n }]);
        }
        await warehouse.run(dialect().createTemporary('view', identifier('seen'), sql`select n from kept`));
        await warehouse.run(
          dialect().createTemporary('view', identifier('seen'), sql`select n + 1 as n from kept`),
        );
        expect(await warehouse.query(sql`select n from seen`)).toEqual([{ n: 3 }]);
      });
    });

    describe('tables', () => {
      it('every kind of value comes back as it went in, and its column with its kind', async () => {
        await warehouse.createTable('kinds', everyKind);
        await warehouse.append('kinds', everyKind, [
          ['it’s "quoted"', null],
          [-5n, null],
          [-0.1, null],
          [false, null],
          [micros('1969-12-31T23:59:59.999Z'), null],
          ['1899-12-31', null],
        ]);
        expect(await warehouse.columns('kinds')).toEqual(everyKind);
        expect(
          await warehouse.query(sql`select * from kinds order by ${identifier('integer')} nulls last`),
        ).toEqual([
          {
            text: 'it’s "quoted"',
            integer: -5,
            number: -0.1,
            boolean: false,
            timestamp: '1969-12-31T23:59:59.999Z',
            date: '1899-12-31',
          },
          { text: null, integer: null, number: null, boolean: null, timestamp: null, date: null },
        ]);
      });

      it('doubles in bulk are instants, integers and numbers, and NaN is missing', async () => {
        const columns = everyKind.filter(
          ({ kind }) => kind === 'timestamp' || kind === 'integer' || kind === 'number',
        );
        const given = [
          -9_007_199_254_740_991,
          -4_294_967_296,
          -1,
          Number.NaN,
          0,
          4_294_967_295,
          9_007_199_254_740_991,
        ];
        await warehouse.createTable('bulk', columns);
        await warehouse.append('bulk', columns, [
          Float64Array.from(given),
          Float64Array.from(given, (n) => n / 4),
          Float64Array.from([-1000, -1, 0, Number.NaN, 1, 1000, 1_700_000_000_000_000]),
        ]);
        const rows = await warehouse.query(sql`select * from bulk`);
        expect(rows.map((row) => row.integer)).toEqual(given.map((n) => (Number.isNaN(n) ? null : n)));
        expect(rows.map((row) => row.number)).toEqual(given.map((n) => (Number.isNaN(n) ? null : n / 4)));
        expect(rows.map((row) => row.timestamp)).toEqual([
          '1969-12-31T23:59:59.999Z',
          '1969-12-31T23:59:59.999Z',
          '1970-01-01T00:00:00.000Z',
          null,
          '1970-01-01T00:00:00.000Z',
          '1970-01-01T00:00:00.001Z',
          '2023-11-14T22:13:20.000Z',
        ]);
      });

      it('a batch of any length is appended whole and in order', async () => {
        const column: readonly ColumnSpec[] = [{ name: 'n', kind: 'integer' }];
        for (const length of [0, 1, 2047, 2048, 2049, 5000]) {
          await warehouse.createTable('lengths', column);
          await warehouse.append('lengths', column, [Array.from({ length }, (_, n) => n)]);
          const rows = await warehouse.query(sql`select n from lengths`);
          expect(rows.map(({ n }) => n)).toEqual(Array.from({ length }, (_, n) => n));
        }
      });

      it('creating a table again replaces it', async () => {
        await warehouse.createTable('again', [{ name: 'a', kind: 'text' }]);
        await warehouse.append('again', [{ name: 'a', kind: 'text' }], [['old']]);
        await warehouse.createTable('again', [{ name: 'b', kind: 'date' }]);
        expect(await warehouse.columns('again')).toEqual([{ name: 'b', kind: 'date' }]);
        expect(await warehouse.query(sql`select * from again`)).toEqual([]);
      });

      it.for([
        ['columns of unequal length', [['a', 'b'], [1]]],
        ['a column that is not given', [['a']]],
        ['a number with a fraction for an integer', [['a'], [1.5]]],
      ] as const)('%s are refused and nothing is appended', async ([, values]) => {
        const columns = everyKind.slice(0, 2);
        await warehouse.createTable('strict', columns);
        await expect(warehouse.append('strict', columns, values)).rejects.toMatchObject({
          code: 'WAREHOUSE_QUERY_FAILED',
        });
        expect(await warehouse.query(sql`select * from strict`)).toEqual([]);
      });

      it('text that is no date is refused', async () => {
        const columns: readonly ColumnSpec[] = [{ name: 'd', kind: 'date' }];
        await warehouse.createTable('days', columns);
        await expect(warehouse.append('days', columns, [['2024-02-30x']])).rejects.toMatchObject({
          code: 'WAREHOUSE_QUERY_FAILED',
        });
      });
    });

    describe('Parquet', () => {
      it('a query is written in its order with its bound values, and read back', async () => {
        const file = join(folder, "it's a folder", 'some.parquet');
        await warehouse.writeParquet(
          sql`select n, ${'it’s'} as t from numbers where n < ${3} order by n desc`,
          file,
        );
        expect(readdirSync(join(folder, "it's a folder"))).toEqual(['some.parquet']);
        await warehouse.viewParquet('written', [file]);
        expect(await warehouse.query(sql`select * from written`)).toEqual(
          [2, 1, 0].map((n) => ({ n, t: 'it’s' })),
        );
      });

      it('a view over files joins columns by name, and what a file lacks is null', async () => {
        const files = [join(folder, 'one.parquet'), join(folder, 'two.parquet')];
        await warehouse.writeParquet(sql`select 1 as a, 'x' as b`, files[0] as string);
        await warehouse.writeParquet(sql`select 'y' as b, 2 as a, true as c`, files[1] as string);
        await warehouse.viewParquet('joined', files);
        expect(await warehouse.query(sql`select a, b, c from joined order by a`)).toEqual([
          { a: 1, b: 'x', c: null },
          { a: 2, b: 'y', c: true },
        ]);
      });

      it('a failed write leaves the file that was there, and no other', async () => {
        const file = join(folder, 'kept.parquet');
        await warehouse.writeParquet(sql`select 1 as a`, file);
        const before = readdirSync(folder).sort();
        await expect(
          warehouse.writeParquet(sql`select cast(v as integer) as a from marks`, file),
        ).rejects.toMatchObject({
          code: 'WAREHOUSE_QUERY_FAILED',
        });
        await warehouse.viewParquet('kept_file', [file]);
        expect(await warehouse.query(sql`select a from kept_file`)).toEqual([{ a: 1 }]);
        expect(readdirSync(folder).sort()).toEqual(before);
      });
    });

    describe('queries', () => {
      it('a stream yields every row once, in order, in batches', async () => {
        const seen: unknown[] = [];
        let batches = 0;
        for await (const rows of warehouse.stream(sql`select n from numbers order by n`)) {
          batches += 1;
          seen.push(...rows.map(({ n }) => n));
        }
        expect(batches).toBeGreaterThan(1);
        expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
      });

      it('a stream of columns has the values of each column, in batches that are small where columns are many', async () => {
        const copies = Array.from({ length: 1_000 }, (_, c) => sql`n + ${c} as ${identifier(`c${c}`)}`);
        const sizes: number[] = [];
        const seen: [unknown[], unknown[]] = [[], []];
        const wide = sql`select ${joinSql(copies, ', ')} from numbers where n < 1000 order by n`;
        for await (const { rows, columns } of warehouse.streamColumns(wide)) {
          sizes.push(rows);
          seen[0].push(...(columns[0] ?? []));
          seen[1].push(...(columns[999] ?? []));
        }
        expect(Math.max(...sizes)).toBeLessThanOrEqual(500);
        const each = Array.from({ length: 1_000 }, (_, n) => n);
        expect(seen).toEqual([each, each.map((n) => n + 999)]);
      });

      it('a statement inside a stream takes no rows from it', async () => {
        const seen: unknown[] = [];
        let inner = 0;
        for await (const rows of warehouse.stream(sql`select n from numbers order by n`)) {
          seen.push(...rows.map(({ n }) => n));
          inner += (await warehouse.query(sql`select count(*) as c from numbers`)).length;
        }
        expect(inner).toBeGreaterThan(1);
        expect(seen).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
      });

      it('two streams side by side each yield all their rows', async () => {
        const one = warehouse.stream(sql`select n from numbers order by n`)[Symbol.asyncIterator]();
        const two = warehouse.stream(sql`select n from numbers order by n desc`)[Symbol.asyncIterator]();
        const seen: [unknown[], unknown[]] = [[], []];
        for (let open = 2; open > 0; ) {
          open = 0;
          for (const [i, iterator] of [one, two].entries()) {
            const step = await iterator.next();
            if (step.done) continue;
            open += 1;
            seen[i]?.push(...step.value.map(({ n }) => n));
          }
        }
        const up = Array.from({ length: 10_000 }, (_, n) => n);
        expect(seen).toEqual([up, up.toReversed()]);
      });

      it('queries asked for at once each get their own rows', async () => {
        const asked = Array.from({ length: 12 }, (_, i) => i);
        const answers = await Promise.all(
          asked.map((i) => warehouse.query(sql`select n + ${i} as n from numbers order by n`)),
        );
        expect(answers.map((rows) => [rows.length, rows[0]?.n, rows.at(-1)?.n])).toEqual(
          asked.map((i) => [10_000, i, 9999 + i]),
        );
      });

      it('a stream left early leaves the engine ready', async () => {
        for await (const rows of warehouse.stream(sql`select n from numbers`)) if (rows.length > 0) break;
        expect(await value(sql`1`)).toBe(1);
      });

      it('a failure in the middle of a stream reaches its reader, not the next statement', async () => {
        const failing = sql`select case when n < 9000 then n else cast(${dialect().toText(sql`n`)} || 'x' as integer) end as n from numbers`;
        const read = async () => {
          for await (const rows of warehouse.stream(failing)) {
            expect(rows.length).toBeGreaterThan(0);
            expect(await value(sql`2`)).toBe(2);
          }
        };
        await expect(read()).rejects.toMatchObject({ code: 'WAREHOUSE_QUERY_FAILED' });
        expect(await value(sql`3`)).toBe(3);
      });

      it('an error is coded, shows the query and leaves the engine ready', async () => {
        await expect(warehouse.query(sql`select missing from numbers`)).rejects.toMatchObject({
          code: 'WAREHOUSE_QUERY_FAILED',
          found: expect.stringContaining('missing'),
        });
        await expect(warehouse.columns('no such table')).rejects.toMatchObject({
          code: 'WAREHOUSE_QUERY_FAILED',
        });
        expect(await value(sql`1`)).toBe(1);
      });

      it('a step that is run is noted as it ran', async () => {
        const step: QueryStep = {
          name: 'few',
          purpose: 'A few numbers.',
          sql: sql`select n from numbers where n < ${2} order by n`,
        };
        const log: Parameters<typeof runStep>[2] = [];
        expect(await runStep(warehouse, step, log)).toEqual([{ n: 0 }, { n: 1 }]);
        expect(log).toEqual([warehouse.explain(step)]);
        expect(log[0]).toMatchObject({ name: 'few', purpose: 'A few numbers.', values: [2] });
        expect(log[0]?.sql).toContain('from numbers where n < ');
        expect(log[0]?.sql).not.toContain('n < 2');
      });
    });

    describe('cancelling', () => {
      // A condition that no row meets over more combinations than any engine gets through while a test waits.
      const endless = sql`select a.n as n from numbers a, numbers b, numbers c where a.n * b.n + c.n = -1`;

      it.for([
        ['a query', (signal: AbortSignal) => warehouse.query(endless, { signal })],
        [
          'a statement',
          (signal: AbortSignal) =>
            warehouse.run(dialect().createTemporary('table', identifier('never'), endless), { signal }),
        ],
        [
          'a Parquet file',
          (signal: AbortSignal) => warehouse.writeParquet(endless, join(folder, 'never.parquet'), { signal }),
        ],
      ] as const)(
        '%s stops when its signal says so, leaves nothing behind and the engine ready',
        async ([, start]) => {
          const before = readdirSync(folder).sort();
          const controller = new AbortController();
          const running = start(controller.signal);
          setTimeout(() => controller.abort(), 50);
          await expect(running).rejects.toMatchObject({ code: 'WAREHOUSE_CANCELLED' });
          expect(readdirSync(folder).sort()).toEqual(before);
          expect(await value(sql`1`)).toBe(1);
        },
      );

      it('a stream stops at its next batch', async () => {
        const controller = new AbortController();
        let seen = 0;
        const read = async () => {
          for await (const rows of warehouse.stream(sql`select n from numbers`, {
            signal: controller.signal,
          })) {
            seen += rows.length;
            controller.abort();
          }
        };
        await expect(read()).rejects.toMatchObject({ code: 'WAREHOUSE_CANCELLED' });
        expect(seen).toBeLessThan(10_000);
        expect(await value(sql`1`)).toBe(1);
      });

      it('a signal that was given before the start means that nothing runs', async () => {
        await warehouse.createTable('untouched', [{ name: 'n', kind: 'integer' }]);
        const signal = AbortSignal.abort();
        await expect(warehouse.run(sql`insert into untouched values (1)`, { signal })).rejects.toMatchObject({
          code: 'WAREHOUSE_CANCELLED',
        });
        expect(await warehouse.query(sql`select * from untouched`)).toEqual([]);
      });

      it('one query is cancelled and another, asked for at once, is answered', async () => {
        const controller = new AbortController();
        const running = warehouse.query(endless, { signal: controller.signal });
        const other = warehouse.query(sql`select 7 as n`);
        setTimeout(() => controller.abort(), 50);
        await expect(running).rejects.toMatchObject({ code: 'WAREHOUSE_CANCELLED' });
        expect(await other).toEqual([{ n: 7 }]);
      });

      it('a query cancelled while it waits does not stop the one that runs', async () => {
        const controller = new AbortController();
        const first = warehouse.query(
          sql`select count(*) as c from numbers a, numbers b where (a.n + b.n) % 1000 = 0`,
        );
        const waiting = warehouse.query(sql`select 7 as n`, { signal: controller.signal });
        controller.abort();
        await expect(waiting).rejects.toMatchObject({ code: 'WAREHOUSE_CANCELLED' });
        expect(await first).toEqual([{ c: 100_000 }]);
      });
    });

    describe('names and values are data', () => {
      const hostile = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.constantFrom(
          "'; drop table numbers; --",
          '"; drop table numbers; --',
          '$1',
          '?',
          '%s',
          '\\',
          '/*',
          'null',
          '__proto__',
          'constructor',
          'a\u0000b',
          '\u202e',
          ' ',
        ),
      );

      it('any bound text comes back unchanged and is equal to itself', async () => {
        await fc.assert(
          fc.asyncProperty(hostile, hostile, async (a, b) => {
            const [row] = await warehouse.query(sql`select ${a} as a, ${b} as b, ${a} = ${b} as same`);
            expect(row).toEqual({ a, b, same: a === b });
          }),
          { numRuns: 60 },
        );
      });

      it('any appended text comes back unchanged', async () => {
        const columns: readonly ColumnSpec[] = [{ name: 't', kind: 'text' }];
        await fc.assert(
          fc.asyncProperty(fc.array(hostile, { maxLength: 20 }), async (texts) => {
            await warehouse.createTable('texts', columns);
            await warehouse.append('texts', columns, [texts]);
            expect((await warehouse.query(sql`select t from texts`)).map(({ t }) => t)).toEqual(texts);
          }),
          { numRuns: 30 },
        );
      });

      it('any number, boolean or null comes back unchanged', async () => {
        const scalars = fc.oneof(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
        );
        await fc.assert(
          fc.asyncProperty(scalars, async (given) => {
            // Minus zero and zero are one value to an engine.
            expect(await value(sql`${given}`)).toEqual(Object.is(given, -0) ? expect.closeTo(0, 10) : given);
          }),
          { numRuns: 60 },
        );
      });

      it('any name serves as a table and as a column, unless the engine refuses it with a coded error', async () => {
        const names = hostile.filter((text) => text !== '' && !text.includes('\u0000'));
        await fc.assert(
          fc.asyncProperty(names, names, async (table, column) => {
            const columns: readonly ColumnSpec[] = [{ name: column, kind: 'text' }];
            await warehouse.createTable(`t ${table}`, columns);
            await warehouse.append(`t ${table}`, columns, [['kept']]);
            expect(await warehouse.columns(`t ${table}`)).toEqual(columns);
            const rows = await warehouse.query(
              sql`select ${identifier(column)} from ${identifier(`t ${table}`)} where ${identifier(column)} = ${'kept'}`,
            );
            expect(rows.map((row) => Object.entries(row))).toEqual([[[column, 'kept']]]);
            await warehouse.run(sql`drop table ${identifier(`t ${table}`)}`);
          }),
          { numRuns: 60 },
        );
        expect(await value(sql`(select count(*) from numbers)`)).toBe(10_000);
        for (const impossible of ['', 'a\u0000b']) {
          await expect(warehouse.query(sql`select 1 as ${identifier(impossible)}`)).rejects.toMatchObject({
            code: 'WAREHOUSE_QUERY_FAILED',
          });
        }
      });
    });

    it('a closed warehouse answers with a coded error and may be closed again', async () => {
      const other = await open(folder);
      await other.close();
      await expect(other.query(sql`select 1 as a`)).rejects.toMatchObject({ code: 'WAREHOUSE_QUERY_FAILED' });
      await other.close();
    });
  });
}
