import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CodedCells } from './cells.ts';
import { tallyOf } from './tally.ts';

it('tells of coded cells what it tells of the texts themselves, each text once', () => {
  const words = ['b', '', 'a', 'never', 'c'];
  const anyCodes = fc.array(fc.constantFrom(0, 1, 2, 4), { maxLength: 40 });
  fc.assert(
    fc.property(anyCodes, fc.integer({ min: 0, max: 50 }), (codes, rows) => {
      const texts = codes.map((code) => words[code] as string).slice(0, rows);
      const tally = tallyOf(new CodedCells(Int32Array.from(codes), words), rows);
      expect(tally.texts).toEqual([...new Set(texts)]);
      expect([...tally.counts]).toEqual(
        tally.texts.map((text) => texts.filter((each) => each === text).length),
      );
      const plain = tallyOf(
        codes.map((code) => words[code] as string),
        rows,
      );
      expect(plain).toEqual({ texts, counts: new Int32Array(texts.length).fill(1) });
    }),
  );
  expect(tallyOf(undefined)).toEqual({ texts: [], counts: new Int32Array(0) });
});
