import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Variants } from './case-variants.ts';

const names = ['Received', 'Checked', 'Décidé', 'Paid'];
const md5 = (steps: readonly number[]) =>
  createHash('md5')
    .update(steps.map((step) => names[step]).join('\u001f'))
    .digest('hex');

it('variants are md5 of the names of steps in order, each listed once for each part of the cases', () => {
  const way = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.array(way, { maxLength: 60 }), fc.nat(), (cases, cut) => {
      const variants = new Variants(Int32Array.from(cases.flat()), names);
      let at = 0;
      const middle = cases.length === 0 ? 0 : cut % cases.length;
      for (const part of [cases.slice(0, middle), cases.slice(middle)]) {
        const list = variants.list();
        const codes = part.map((steps) => {
          at += steps.length;
          return variants.codeOf(at - steps.length, at);
        });
        expect(codes.map((code) => list[code])).toEqual(part.map(md5));
        expect(new Set(list).size).toBe(list.length);
      }
    }),
  );
});

it('ways are told apart that have the same number', () => {
  // 1 and then this much more than 5 have the number that 0 and 5 have: 2^32 less the factor between the two steps.
  const far = 5 + 2 ** 32 - 0x9e3779b1;
  const stepNames: string[] = [];
  for (const [code, name] of [
    [0, 'a'],
    [1, 'b'],
    [5, 'c'],
    [far, 'd'],
  ] as const)
    stepNames[code] = name;
  const variants = new Variants(Int32Array.of(0, 5, 1, far, 0, 5, 1, far), stepNames);
  const list = variants.list();
  expect([0, 2, 4, 6].map((from) => variants.codeOf(from, from + 2))).toEqual([0, 1, 0, 1]);
  expect(new Set(list).size).toBe(2);
});

it('ways are named also when there are too many to remember', () => {
  const most = 110_000;
  const stepNames = Array.from({ length: 400 }, (_, i) => `s${i}`);
  const steps = Int32Array.from({ length: 2 * most }, (_, i) =>
    i % 2 === 0 ? Math.floor(i / 800) : (i >> 1) % 400,
  );
  const variants = new Variants(steps, stepNames);
  const list = variants.list();
  const codes = Array.from({ length: most }, (_, each) => variants.codeOf(2 * each, 2 * each + 2));
  expect(codes.findIndex((code, each) => code !== each)).toBe(-1);
  expect(new Set(list).size).toBe(most);
});
