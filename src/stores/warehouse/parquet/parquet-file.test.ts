import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckdb } from '../duckdb/open-duckdb.ts';
import { sql } from '../sql.ts';
import type { ColumnSpec, Warehouse } from '../warehouse.ts';
import { bitsFor } from './bit-packing.ts';
import { compactBytes, i32, list, struct, text } from './compact-thrift.ts';
import { putDeltas } from './deltas.ts';
import type { GroupValues } from './group-values.ts';
import { CodeRoom, putHybrid } from './hybrid.ts';
import { NumberDictionary } from './number-dictionary.ts';
import { Page } from './page.ts';
import { openParquetFile } from './parquet-file.ts';
import { NumberRange } from './plain-numbers.ts';

const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openDuckdb({ folders: [folder] });
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Texts coded by the words that occur, in any order. */
function coded(values: readonly (string | null)[]): GroupValues {
  const words = [...new Set(values.filter((value) => value !== null))];
  return { words, codes: Int32Array.from(values, (value) => (value === null ? -1 : words.indexOf(value))) };
}

const numbers = (values: readonly (number | null)[]) =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

/** Numbers coded by a list that holds some twice and others that no row has. */
function codedNumbers(values: Float64Array): GroupValues {
  const list = [...new Set(values)].filter((value) => !Number.isNaN(value));
  const codes = Int32Array.from(values, (value, row) => {
    const place = list.indexOf(value);
    return place < 0 ? -1 : place + 1 + (row % 2) * list.length;
  });
  return { codes, numbers: Float64Array.of(-5, ...list, ...list) };
}

async function write(
  name: string,
  columns: readonly ColumnSpec[],
  groups: readonly (readonly GroupValues[])[],
) {
  const path = join(folder, name);
  const file = openParquetFile(path, columns);
  for (const values of groups) await file.add(values);
  return { path, written: await file.end() };
}

describe('compact protocol', () => {
  it('writes fields by the distance of their numbers, integers zigzag, and ends with zero', () => {
    // Worked by hand after the specification: 1 -> i32 1; 3 -> list of one i32 -2; 4 -> "a"; 20 is not reached.
    expect([
      ...compactBytes([
        [1, i32(1)],
        [3, list('i32', [i32(-2)])],
        [4, text('a')],
        [5, struct([])],
      ]),
    ]).toEqual([0x15, 2, 0x29, 0x15, 3, 0x18, 1, 97, 0x1c, 0, 0]);
  });
});

/** Codes as runs and packed bits; the room is used again and again, as it is for columns. */
const room = new CodeRoom();
const page = new Page();
function hybridBytes(codes: readonly number[], width: number): Uint8Array {
  room.reserve(codes.length);
  room.codes.set(codes);
  putHybrid(page, room, codes.length, width);
  return page.take();
}

/** Reads runs and packed bits as the specification describes them, bit by bit. */
function readHybrid(bytes: Uint8Array, width: number, size: number): readonly number[] {
  const out: number[] = [];
  let at = 0;
  const bit = (i: number) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1;
  const number = (from: number, bits: number) => {
    let value = 0;
    for (let i = 0; i < bits; i++) value += bit(from + i) * 2 ** i;
    return value;
  };
  while (out.length < size) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      head += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    const count = head >> 1;
    if (head & 1) {
      for (let i = 0; i < 8 * count; i++) out.push(number(8 * at + i * width, width));
      at += count * width;
    } else {
      const value = number(8 * at, width);
      for (let i = 0; i < count; i++) out.push(value);
      at += Math.ceil(width / 8);
    }
  }
  expect(at).toBe(bytes.length);
  expect(out.slice(size).every((code) => code === 0)).toBe(true);
  return out.slice(0, size);
}

describe('runs and packed bits', () => {
  it('packs 0 to 7 in three bits as the specification of Parquet shows', () => {
    // Apache Parquet, Encodings: 0 to 7 in width 3 are 10001000 11000110 11111010; one group of eight is header 3.
    expect([...hybridBytes([0, 1, 2, 3, 4, 5, 6, 7], 3)]).toEqual([3, 0b10001000, 0b11000110, 0b11111010]);
  });

  it('writes a run once', () => {
    expect([...hybridBytes(new Array(100).fill(5), 3)]).toEqual([0xc8, 1, 5]);
    expect([...hybridBytes([0, 0, 0], 0)]).toEqual([6]);
  });

  it('are the codes that were put, whatever their width and their runs', () => {
    const anyCodes = fc.integer({ min: 1, max: 24 }).chain((width) =>
      fc.tuple(
        fc.constant(width),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** width - 1 }), fc.integer({ min: 1, max: 50 })), {
          maxLength: 40,
        }),
      ),
    );
    fc.assert(
      fc.property(anyCodes, ([width, parts]) => {
        const codes = parts.flatMap(([code, times]) => new Array<number>(times).fill(code));
        expect(readHybrid(hybridBytes(codes, width), width, codes.length)).toEqual(codes);
      }),
      { numRuns: 300 },
    );
  });

  it('knows how many bits codes take', () => {
    expect([0, 1, 2, 3, 4, 5, 256, 257].map(bitsFor)).toEqual([0, 0, 1, 2, 2, 3, 8, 9]);
  });
});

describe('differences', () => {
  it('are packed as the example in the specification of Parquet, in blocks of 128', () => {
    // Apache Parquet, Encodings, DELTA_BINARY_PACKED, example 2: 7 5 3 1 2 3 4 5 differ by -2 at least, and two bits
    // hold 0 0 0 3 3 3 3 above that.
    const values = numbers([7, 5, null, 3, 1, 2, 3, 4, 5]);
    putDeltas(page, values, new NumberRange().of(values), new Int32Array(8));
    expect([...page.take()]).toEqual([0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0]);
  });
});

describe('numbers that come again', () => {
  it('are listed with their places, 0 apart from -0', () => {
    const dictionary = new NumberDictionary();
    const out = new Int32Array(7);
    expect(dictionary.place(numbers([5, 5, null, -0, 0, 0.5, 5]), out)).toBe(6);
    expect([...out].slice(0, 6)).toEqual([0, 0, 1, 2, 3, 0]);
    expect([...dictionary.take()]).toEqual([5, -0, 0, 0.5]);
    expect(dictionary.place(numbers([0.5]), out)).toBe(1);
    expect([...dictionary.take()]).toEqual([0.5]);
  });

  it('are not listed where most are new or too many differ, and the next group is none the worse', () => {
    const dictionary = new NumberDictionary();
    const out = new Int32Array(100_000);
    const counted = Float64Array.from({ length: 100_000 }, (_, i) => i);
    expect(dictionary.place(counted, out)).toBe(-1);
    expect(
      dictionary.place(
        counted.map((i) => Math.floor(i / 2.5)),
        out,
      ),
    ).toBe(-1);
    expect(
      dictionary.place(
        counted.map((i) => Math.floor(i / 4)),
        out,
      ),
    ).toBe(100_000);
    expect(dictionary.take()).toEqual(counted.subarray(0, 25_000));
  });
});

const columns = [
  { name: 'id', kind: 'text' },
  { name: 'n', kind: 'integer' },
  { name: 'x', kind: 'number' },
  { name: 'b', kind: 'boolean' },
  { name: 'moment', kind: 'timestamp' },
  { name: 'day', kind: 'date' },
] as const satisfies readonly ColumnSpec[];

describe('a Parquet file', () => {
  it('is read by the engine with the kinds of its columns, values and gaps', async () => {
    const at = Date.UTC(1969, 11, 31, 23, 59, 59) * 1000 + 123_456;
    const { path, written } = await write('kinds.parquet', columns, [
      [
        coded(['a', null, 'né 😀', 'a']),
        numbers([-1, 2 ** 52, null, 0]),
        numbers([0.1, null, -1e300, 5]),
        numbers([1, 0, null, 1]),
        numbers([at, null, Date.UTC(2024, 0, 31) * 1000, 0]),
        numbers([-1, 19_753, null, 0]),
      ],
    ]);
    expect(written).toEqual({
      rows: 4,
      bytes: readFileSync(path).length,
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
    });
    await warehouse.viewParquet('kinds', [path]);
    expect(await warehouse.columns('kinds')).toEqual(columns);
    const rows = await warehouse.query(sql`select *, epoch_us(moment) as us from kinds`);
    expect(rows).toEqual([
      { id: 'a', n: -1, x: 0.1, b: true, moment: '1969-12-31T23:59:59.123Z', day: '1969-12-31', us: at },
      { id: null, n: 2 ** 52, x: null, b: false, moment: null, day: '2024-01-31', us: null },
      {
        id: 'né 😀',
        n: null,
        x: -1e300,
        b: null,
        moment: '2024-01-31T00:00:00.000Z',
        day: null,
        us: 1706659200000000,
      },
      { id: 'a', n: 0, x: 5, b: true, moment: '1970-01-01T00:00:00.000Z', day: '1970-01-01', us: 0 },
    ]);
  });

  it('holds whatever values come, in groups of any size', async () => {
    const row = fc.record({
      id: fc.option(fc.oneof(fc.constantFrom('a', 'b', ''), fc.string({ unit: 'grapheme', maxLength: 40 }))),
      n: fc.option(fc.maxSafeInteger()),
      x: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      b: fc.option(fc.constantFrom(0, 1)),
      moment: fc.option(fc.integer({ min: -6e13, max: 9e15 })),
      day: fc.option(fc.integer({ min: -100_000, max: 100_000 })),
    });
    const repeated = fc.tuple(row, fc.integer({ min: 1, max: 40 })).map(([one, n]) => new Array(n).fill(one));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(repeated, { maxLength: 12 }).map((parts) => parts.flat()),
          { minLength: 1, maxLength: 3 },
        ),
        async (groups) => {
          run += 1;
          const { path, written } = await write(
            `any-${run}.parquet`,
            columns,
            groups.map((rows) => [
              coded(rows.map(({ id }) => id)),
              ...(['n', 'x', 'b', 'moment', 'day'] as const).map((name) =>
                numbers(rows.map((one) => one[name])),
              ),
            ]),
          );
          const all = groups.flat();
          expect(written.rows).toBe(all.length);
          await warehouse.viewParquet('any_rows', [path]);
          const read = await warehouse.query(
            sql`select id, n, x, cast(b as integer) as b, epoch_us(moment) as moment, day - date '1970-01-01' as day from any_rows`,
          );
          expect(read).toEqual(all);
          const wanted = all.find(({ id }) => id !== null)?.id;
          if (wanted == null) return;
          const [found] = await warehouse.query(sql`select count(*) as n from any_rows where id = ${wanted}`);
          expect(found?.n).toBe(all.filter(({ id }) => id === wanted).length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds whole numbers close together and numbers that come again, of every kind and width', async () => {
    const names = ['n', 'x', 'moment', 'day'] as const;
    const kinds = columns.filter(({ name }) => (names as readonly string[]).includes(name));
    const rowsOf = (least: number, span: number, rows: number, isGapped: boolean, seed: number) => {
      let state = seed;
      return numbers(
        Array.from({ length: rows }, (_, row) => {
          state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
          return isGapped && row % 7 === 3 ? null : least + Math.floor((state / 2 ** 32) * span);
        }),
      );
    };
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: -(2 ** 45), max: 2 ** 45 })),
        fc.integer({ min: 0, max: 33 }),
        fc.constantFrom(1, 2, 3, 33, 129, 640, 2_000),
        fc.boolean(),
        fc.integer(),
        async (least, bits, rows, isGapped, seed) => {
          run += 1;
          const whole = rowsOf(least, 2 ** bits, rows, isGapped, seed);
          const days = rowsOf(least % 100_000, 2 ** Math.min(bits, 16), rows, isGapped, seed);
          const group = [whole, whole.map((value) => value / 8), whole.map((value) => value % 2 ** 41), days];
          const { path } = await write(`close-${run}.parquet`, kinds, [group, group.map(codedNumbers)]);
          await warehouse.viewParquet('close_rows', [path]);
          const read = await warehouse.query<Record<(typeof names)[number], number | null>>(
            sql`select n, x, epoch_us(moment) as moment, day - date '1970-01-01' as day from close_rows`,
          );
          for (const [c, name] of names.entries()) {
            const own = group[c] ?? new Float64Array(0);
            const asRead = numbers(read.map((row) => row[name]));
            expect(asRead.map((value) => value + 0)).toEqual(
              Float64Array.from([...own, ...own], (value) => value + 0),
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('holds texts of any length, also those of which pages are too large to be kept', async () => {
    const long = ['x'.repeat(63), 'y'.repeat(64), 'é'.repeat(63), '😀'.repeat(300), 'z'.repeat(3_000_000)];
    const values = long.flatMap((text) => [text, `${text}!`]);
    const { path } = await write('long.parquet', [columns[0]], [[coded(values)], [coded(['a', ...long])]]);
    await warehouse.viewParquet('long_rows', [path]);
    const read = await warehouse.query(sql`select id from long_rows`);
    const found = read.map(({ id }) => id);
    expect([...values, 'a', ...long].findIndex((text, i) => found[i] !== text)).toBe(-1);
    expect(found).toHaveLength(values.length + 1 + long.length);
  });

  it('says the least and the most of the texts of each group, in order of their bytes', async () => {
    let files = 0;
    // Few letters, so that texts begin alike; among them the empty text, and letters beyond ASCII.
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '€', '\u{ffff}'), maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(text, { nil: null }), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        async (values, isInOrder) => {
          const bytes = values.flatMap((value) => (value === null ? [] : [Buffer.from(value)]));
          bytes.sort(Buffer.compare);
          const rows = isInOrder ? bytes.map(String) : values;
          if (rows.length === 0) return;
          const { path } = await write(`bounds-${files++}`, [{ name: 't', kind: 'text' }], [[coded(rows)]]);
          const [told] = await warehouse.query<{ least: string | null; most: string | null }>(
            sql`select stats_min_value as least, stats_max_value as most from parquet_metadata(${path})`,
          );
          expect(told).toEqual({
            least: bytes[0]?.toString() ?? null,
            most: bytes.at(-1)?.toString() ?? null,
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('compresses only columns that are made smaller by it, as the first group tells', async () => {
    const rows = 4_000;
    const noise = Float64Array.from({ length: rows }, (_, i) => ((i + 1) * 2_654_435_761) % 4_294_967_291);
    const alike = Float64Array.from({ length: rows }, (_, i) => i * 2 ** 30);
    const columns = [
      { name: 'noise', kind: 'number' },
      { name: 'alike', kind: 'timestamp' },
      { name: 'counted', kind: 'integer' },
      { name: 'few', kind: 'number' },
    ] as const;
    const counted = alike.map((_, i) => i);
    const few = alike.map((_, i) => i % 3);
    const { path } = await write('noise.parquet', columns, [
      [noise.map(Math.sqrt), alike, counted, few],
      [noise.map(Math.log), alike, counted, few],
    ]);
    const told = await warehouse.query(
      sql`select row_group_id as n, path_in_schema as name, compression, encodings from parquet_metadata(${path}) order by column_id, 1`,
    );
    expect(
      told.map(
        ({ name, compression, encodings }) =>
          `${name} ${compression} ${String(encodings).split(', ').at(-1)}`,
      ),
    ).toEqual([
      'noise ZSTD PLAIN',
      'noise UNCOMPRESSED PLAIN',
      'alike ZSTD PLAIN',
      'alike ZSTD PLAIN',
      'counted UNCOMPRESSED DELTA_BINARY_PACKED',
      'counted UNCOMPRESSED DELTA_BINARY_PACKED',
      'few UNCOMPRESSED RLE_DICTIONARY',
      'few UNCOMPRESSED RLE_DICTIONARY',
    ]);
    const read = await warehouse.query(
      sql`select count(*) as n, sum(alike) as total from (select noise, epoch_us(alike) as alike from read_parquet(${path})) where noise > 0`,
    );
    expect(read.map(({ n, total }) => [Number(n), Number(total)])).toEqual([
      [2 * rows, rows * (rows - 1) * 2 ** 30],
    ]);
  });

  it('has its name only once it is whole, and refuses columns of unlike length', async () => {
    const path = join(folder, 'half.parquet');
    const file = openParquetFile(path, [columns[0], columns[1]]);
    await file.add([coded(['a']), numbers([1])]);
    expect(existsSync(path)).toBe(false);
    await expect(file.add([coded(['a']), numbers([1, 2])])).rejects.toThrow('column "n" has not 1 values');
    file.drop();
    expect(existsSync(path) || existsSync(`${path}.partial`)).toBe(false);
  });

  it('says which file a full disk keeps it from writing, and leaves nothing', async (test) => {
    const full = '/dev/full';
    if (!existsSync(full)) return test.skip('the system has no device that is always full');
    const path = join(folder, 'full.parquet');
    symlinkSync(full, `${path}.partial`);
    expect(() => openParquetFile(path, columns)).toThrow(`${path} cannot be written: the disk is full.`);
    expect(existsSync(path)).toBe(false);
  });

  it('without rows has its columns all the same', async () => {
    const { path } = await write('none.parquet', columns, []);
    await warehouse.viewParquet('no_rows', [path]);
    expect(await warehouse.columns('no_rows')).toEqual(columns);
    expect(await warehouse.query(sql`select count(*) as n from no_rows`)).toEqual([{ n: 0 }]);
  });
});
