import { expect, it } from 'vitest';
import { type Equation, rangeSolver } from './linear-programme.ts';

const sum = (variables: readonly number[], equals: number): Equation => ({
  terms: variables.map((variable) => ({ variable, sign: 1 })),
  equals,
});

const three = (whole: boolean) =>
  Array.from({ length: 3 }, () => ({ low: 0, high: Number.POSITIVE_INFINITY, whole }));

it('where only fractions fit, whole numbers have no range', async () => {
  const solve = await rangeSolver();
  // Each two of three numbers add up to one: a half each, and nothing whole.
  const equations = [sum([0, 1], 1), sum([1, 2], 1), sum([0, 2], 1)];
  expect(solve({ variables: three(false), equations }, 0)).toMatchObject({ low: 0.5, high: 0.5 });
  expect(solve({ variables: three(true), equations }, 0)).toBeNull();
});

it('where the best in fractions is not whole, the best whole numbers are found', async () => {
  const solve = await rangeSolver();
  // 2x = y + 1 by way of x = z, x + z = y + 1, with y at most 2: x reaches 1.5 in fractions, and 1 in whole numbers.
  const system = (whole: boolean) => ({
    variables: three(whole).map((variable, i) => ({ ...variable, high: i === 1 ? 2 : 9 })),
    equations: [
      { terms: [{ variable: 0, sign: 1 } as const, { variable: 2, sign: -1 } as const], equals: 0 },
      {
        terms: [0, 2, 1].map((variable, i) => ({ variable, sign: i < 2 ? (1 as const) : (-1 as const) })),
        equals: 1,
      },
    ],
  });
  expect(solve(system(false), 0)).toMatchObject({ low: 0.5, high: 1.5 });
  expect(solve(system(true), 0)).toMatchObject({ low: 1, high: 1 });
});
