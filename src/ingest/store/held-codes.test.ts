import { expect, it } from 'vitest';
import { HeldCodes } from './held-codes.ts';

it('codes are what was put in, in two bytes up to 32,768 of a list and in four from then on', () => {
  const held = new HeldCodes();
  const all: number[] = [];
  const put = (size: number, ...codes: number[]) => {
    all.push(...codes);
    held.add(Int32Array.from(codes), size);
  };
  const check = () => {
    expect([...held.all()]).toEqual(all);
    const rows = Int32Array.from(all, (_, row) => all.length - 1 - row);
    expect([...held.gather(rows, new Int32Array(rows.length))]).toEqual(all.toReversed());
    const counts = held.counts(Math.max(...all) + 1);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(all.filter((code) => code >= 0).length);
    expect(counts.at(-1)).toBe(all.filter((code) => code === Math.max(...all)).length);
  };
  put(3, 0, -1, 2, 2);
  check();
  put(32_768, 32_767, -1, ...Array.from({ length: 2_000 }, (_, i) => i));
  check();
  expect(held.bytes).toBe(2 * all.length);
  put(32_769, 32_768, -1, 7);
  check();
  put(70_000, 69_999, 0);
  check();
  expect(held.bytes).toBe(4 * all.length);
});
