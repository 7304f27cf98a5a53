import { expect, it } from 'vitest';
import { GroupRoom, gathered } from './held-rows.ts';

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
