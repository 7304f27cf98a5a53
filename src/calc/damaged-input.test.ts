import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WellspentError, WellspentFaults } from '../core/index.ts';
import { calcMethods, runCalc } from './run-calc.ts';

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  return [
    path,
    ...[...keys].flatMap((key) => pathsOf((value as Record<string | number, unknown>)[key], [...path, key])),
  ];
}

function withChange(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = withChange(copy[key], rest, put);
  return copy;
}

const oddities = [
  ...[0, -1, 0.5, 1, 2, 1e15, 1e308, -1e308, 1e-320, Number.NaN, Number.POSITIVE_INFINITY],
  ...[null, true, '', 'x', [], {}, [0, 0, 0]],
];

function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

const wordsOfTheParser = /Invalid |expected \w+(,| to)|, received |Too (small|big)|Unrecognized|undefined/;

describe('an example with any one part replaced gives numbers or a coded error', () => {
  it.each(calcMethods.map((method) => [method.name, method.example.input] as const))(
    '%s',
    async (name, input) => {
      const paths = pathsOf(input);
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...paths), fc.constantFrom(...oddities), async (path, put) => {
          try {
            const result = await runCalc(name, withChange(input, path, put));
            expect(numbersIn(result).filter((number) => !Number.isFinite(number))).toEqual([]);
          } catch (error) {
            if (!(error instanceof WellspentError || error instanceof WellspentFaults)) throw error;
            const faults = error instanceof WellspentFaults ? error.faults : [error];
            for (const { code, message, hint } of faults.filter(
              ({ code }) => code === 'CALC_INPUT_INVALID',
            )) {
              expect(message, code).not.toMatch(wordsOfTheParser);
              expect(hint).toBeTruthy();
            }
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});

it('a period without cases is refused, not answered with an empty number', () => {
  const cases = [{ item: 'decision', period: 'earlier', n: 400 }];
  const blocks = { earlier: [100, 100, 200], later: [125, 125, 250] };
  const input = { cases, unitCosts: { decision: 50 }, blocks, replicates: 100, seed: 1 };
  expect(() => runCalc('interval', input)).toThrow(expect.objectContaining({ code: 'CALC_NOT_FINITE' }));
});
