import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NumberCaster } from '../cast/cast-numbers.ts';
import { TimeCaster } from '../cast/cast-times.ts';
import { type Numbers, plainNumbers } from '../cast/coded-numbers.ts';
import { newCounters } from '../cast/counters.ts';
import { newFaults } from '../cast/row-faults.ts';
import { type Cells, CodedCells } from '../readers/cells.ts';
import { openZone } from '../time/zone.ts';
import { GroupRoom, gathered } from './group-room.ts';
import { HeldRows } from './held-rows.ts';

it('values of one group stand in the room of those before, and are right for their own rows', () => {
  const numbers = Float64Array.of(10, 11, 12, 13, 14);
  const texts = { codes: Int32Array.of(0, -1, 1, 0, 1), words: ['a', 'b'] };
  const room = new GroupRoom();
  const group = (...rows: number[]) => {
    room.clear();
    const of = Int32Array.from(rows);
    return [
      gathered(numbers, of, room),
      gathered(texts, of, room),
      gathered(numbers.slice().reverse(), of, room),
    ];
  };
  const first = group(0, 1, 2);
  expect(first).toEqual([
    Float64Array.of(10, 11, 12),
    { codes: Int32Array.of(0, -1, 1), words: ['a', 'b'] },
    Float64Array.of(14, 13, 12),
  ]);
  const [before] = first as [Float64Array];
  expect(group(4, 3)).toEqual([
    Float64Array.of(14, 13),
    { codes: Int32Array.of(1, 0), words: ['a', 'b'] },
    Float64Array.of(10, 11),
  ]);
  expect(before.buffer).toBe((group(0) as [Float64Array])[0].buffer);
});

it('rows that are held stay as they were while room is made for more', () => {
  const rows = new HeldRows([
    { name: 'n', kind: 'number' },
    { name: 'plain', kind: 'text' },
    { name: 'coded', kind: 'text' },
  ]);
  const words: string[] = [];
  const [n, plain, coded]: [number[], (string | null)[], (string | null)[]] = [[], [], []];
  for (let batch = 0; batch < 40; batch++) {
    const own = Array.from({ length: 100 }, (_, i) => 100 * batch + i);
    words.push(...own.map((value) => `w${value}`));
    const codes = Int32Array.from(own, (value) => (value % 5 === 0 ? -1 : (value * 7) % words.length));
    n.push(...own);
    plain.push(...own.map((value) => (value % 3 === 0 ? null : `p${value % 11}`)));
    coded.push(...Array.from(codes, (code) => words[code] ?? null));
    rows.add({
      rows: own.length,
      columns: rows.columns,
      values: [Float64Array.from(own), plain.slice(-100), { codes, words }],
    });
  }
  const held = (name: string) => {
    const texts = rows.texts(name);
    return Array.from(texts?.codes ?? [], (code) => texts?.words[code] ?? null);
  };
  expect(rows.numbers('n')).toEqual(Float64Array.from(n));
  expect(held('plain')).toEqual(plain);
  expect(held('coded')).toEqual(coded);
  const characters = [...plain, ...coded].reduce((sum, text) => sum + (text?.length ?? 0), 0);
  expect(rows.characters).toBe(characters);
});

it('numbers that count on, and clocks that show the time itself, take no memory until they differ', () => {
  const columns = [
    { name: 'seq', kind: 'integer' },
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
    { name: 'other_wall', kind: 'timestamp' },
    { name: 'line', kind: 'integer' },
  ] as const;
  const batch = fc.record({
    size: fc.integer({ min: 1, max: 40 }),
    gap: fc.nat({ max: 9 }),
    apart: fc.nat({ max: 5 }),
    lost: fc.nat({ max: 9 }),
    skipped: fc.nat({ max: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(batch, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(0, 7),
      // Times may count on too: by a microsecond, or since there is only one.
      fc.constantFrom(1, 13),
      (batches, first, stride) => {
        const rows = new HeldRows(columns);
        const all: number[][] = [[], [], [], [], []];
        let seq = first;
        let ahead = 0;
        for (const { size, gap, apart, lost, skipped } of batches) {
          const own = columns.map(() => new Float64Array(size));
          for (let i = 0; i < size; i++) {
            if (gap === 0 && i === 20) seq += 5;
            const at = lost === i ? Number.NaN : 1e15 + seq * stride;
            const wall = apart === 0 && i >= size / 2 - 1 ? at + 3.6e9 : at;
            if (skipped === 0 && i === 3) ahead += 1;
            [seq, at, wall, at, seq++ + ahead].forEach((value, c) => {
              (own[c] as Float64Array)[i] = value;
            });
          }
          own.forEach((values, c) => {
            all[c]?.push(...values);
          });
          rows.add({ rows: size, columns, values: own });
        }
        const some = Int32Array.from({ length: rows.rows }, (_, i) => (i * 7) % rows.rows);
        columns.forEach(({ name }, c) => {
          const given = [...(rows.gathered(name, some, new GroupRoom()) as Float64Array)];
          expect(given).toEqual(Array.from(some, (row) => all[c]?.[row]));
        });
        const differs = all[2]?.some((wall, row) => !Object.is(wall, all[1]?.[row]));
        expect(rows.heldAs('at_wall')).toBe(differs ? 'at_wall' : 'at');
        expect(rows.heldAs('line')).toBe(ahead > 0 ? 'line' : 'seq');
        columns.forEach(({ name }, c) => {
          expect(rows.numbers(name)).toEqual(Float64Array.from(all[c] ?? []));
        });
      },
    ),
  );
});

it('places in a file and clocks in UTC take no memory', () => {
  const columns = [
    { name: 'line', kind: 'integer' },
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
  ] as const;
  const rows = new HeldRows(columns);
  for (const from of [0, 100]) {
    const lines = Float64Array.from({ length: 100 }, (_, i) => from + i + 2);
    const at = lines.map((line) => line * 1e6);
    rows.add({ rows: 100, columns, values: [lines, at, at.slice()] });
  }
  expect(rows.bytes).toBe(200 * 8);
});

it('coded numbers are the numbers they stand for, also where some batches are not coded', () => {
  const batch = fc.tuple(
    fc.array(fc.constantFrom(Number.NaN, 0.5, -2, 7, 1e15), { maxLength: 30 }),
    fc.boolean(),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
      const columns = [{ name: 'n', kind: 'number' }] as const;
      const rows = new HeldRows(columns);
      const all: number[] = [];
      const list: number[] = [];
      for (const [numbers, isCoded, isNewRoom] of batches) {
        const codes = Int32Array.from(numbers, (value) => {
          if (Number.isNaN(value)) return -1;
          // A number may stand in the list twice.
          const known = isNewRoom ? -1 : list.indexOf(value);
          return known < 0 ? list.push(value) - 1 : known;
        });
        const own = isCoded ? { codes, numbers: Float64Array.from(list) } : Float64Array.from(numbers);
        all.push(...numbers);
        rows.add({ rows: numbers.length, columns, values: [own] });
      }
      const some = Int32Array.from(all, (_, i) => (i * 3) % Math.max(1, all.length));
      expect(plainNumbers(rows.gathered('n', some, new GroupRoom()) as Numbers)).toEqual(
        Float64Array.from(some, (row) => all[row] as number),
      );
      expect(plainNumbers(rows.numbers('n') as Numbers)).toEqual(Float64Array.from(all));
    }),
  );
});

it('times and numbers that come again are the same when there are too many to keep them coded', () => {
  const columns = [
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
    { name: 'n', kind: 'number' },
  ] as const;
  const zone = openZone('Europe/London');
  const first = Date.UTC(2024, 2, 1) / 60_000;
  const minute = (n: number) => new Date((first + n) * 60_000).toISOString().slice(0, 16);
  /** Rows of each batch: minutes from one to another, then the same again; and whether they come by a new list. */
  const batches = [
    [0, 20_000, true],
    [20_000, 32_000, false],
    [0, 10, false],
    [32_000, 45_000, true],
    [45_000, 50_000, false],
    [0, 100, true],
    [330_000, 350_000, false],
  ] as const;
  const held = new HeldRows(columns);
  const plain = new HeldRows(columns);
  const castersOf = () => ({
    times: new TimeCaster('at', new Set(), { zone, order: 'day-first' }, newCounters('Europe/London')),
    numbers: new NumberCaster('n', (text) => Number(text.replaceAll(/\D/g, '')) / 7),
  });
  const add = (
    rows: HeldRows,
    { times, numbers }: ReturnType<typeof castersOf>,
    cells: Cells,
    size: number,
  ) => {
    const faults = newFaults(Array.from({ length: size }, (_, row) => row));
    const { instants, walls } = times.cast(cells, faults);
    rows.add({ rows: size, columns, values: [instants, walls, numbers.cast(cells, faults)] });
  };
  const [one, other] = [castersOf(), castersOf()];
  let words: string[] = [];
  const codes = new Map<string, number>();
  for (const [from, to, isNew] of batches) {
    const once = Array.from({ length: to - from }, (_, i) => minute(from + i));
    const texts = [...once, ...once];
    if (isNew) {
      words = [];
      codes.clear();
    }
    for (const text of once) if (!codes.has(text)) codes.set(text, words.push(text) - 1);
    const coded = new CodedCells(
      Int32Array.from(texts, (text) => codes.get(text) as number),
      words,
    );
    add(held, one, coded, texts.length);
    add(plain, other, texts, texts.length);
  }
  for (const { name } of columns)
    expect(plainNumbers(held.numbers(name) as Numbers)).toEqual(plain.numbers(name));
});

it('times that came coded are those that did not, with their clocks on the wall', () => {
  const columns = [
    { name: 'at', kind: 'timestamp' },
    { name: 'at_wall', kind: 'timestamp' },
  ] as const;
  const zone = openZone('Europe/London');
  const casters = () =>
    new TimeCaster('at', new Set(), { zone, order: 'day-first' }, newCounters('Europe/London'));
  const text = fc.constantFrom('2024-01-05 10:00', '2024-02-01', '2024-10-27 01:30', '2024-07-01 09:00', '');
  const winter = fc.constantFrom('2024-01-05 10:00', '2024-02-01', '');
  const batch = fc.tuple(
    fc.oneof(fc.array(winter, { maxLength: 9 }), fc.array(text, { maxLength: 9 })),
    // Texts as they are, by their places, or by places in a new list.
    fc.constantFrom('plain', 'coded', 'new list'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
      const [held, plain] = [new HeldRows(columns), new HeldRows(columns)];
      const [caster, other] = [casters(), casters()];
      let words: string[] = [];
      const add = (rows: HeldRows, cells: Cells, casts: TimeCaster, isCopied: boolean) => {
        const size = cells instanceof CodedCells ? cells.codes.length : cells.length;
        const { instants, walls } = casts.cast(cells, newFaults(Array.from({ length: size }, (_, i) => i)));
        // Columns from which rows were left out are no longer the very same.
        const copied = (values: Numbers) =>
          values instanceof Float64Array ? values.slice() : { ...values, codes: values.codes.slice() };
        rows.add({
          rows: size,
          columns,
          values: isCopied ? [instants, walls].map(copied) : [instants, walls],
        });
      };
      for (const [texts, way, isCopied] of batches) {
        if (way === 'new list') words = [];
        const codes = Int32Array.from(texts, (one) => {
          const known = words.indexOf(one);
          return known < 0 ? words.push(one) - 1 : known;
        });
        add(held, way === 'plain' ? texts : new CodedCells(codes, words), caster, isCopied);
        add(plain, texts, other, false);
      }
      for (const { name } of columns)
        expect(plainNumbers(held.numbers(name) as Numbers)).toEqual(plain.numbers(name));
      const isWinter = batches.every(([texts]) => texts.every((one) => !/-(07|10)-/.test(one)));
      const areCoded = batches.every(([, way]) => way !== 'plain');
      if (isWinter && areCoded) expect(held.heldAs('at_wall')).toBe('at');
    }),
  );
});
