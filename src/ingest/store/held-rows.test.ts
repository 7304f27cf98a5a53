import { expect, it } from 'vitest';
import { GroupRoom, gathered, HeldRows } from './held-rows.ts';

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
  expect([...(rows.numbers('n') ?? [])]).toEqual(n);
  expect(held('plain')).toEqual(plain);
  expect(held('coded')).toEqual(coded);
  const characters = [...plain, ...coded].reduce((sum, text) => sum + (text?.length ?? 0), 0);
  expect(rows.characters).toBe(characters);
});
