import { describe, expect, test } from 'vitest';
import { WellspentFaults } from '../core/index.ts';
import { fixtureJson, fixtureRows, hasFixtures } from '../stats/fixtures.test-support.ts';
import { calcMethods, runCalc } from './index.ts';
import { calcInputJsonSchema } from './input-faults.ts';

function nearly(actual: unknown, expected: unknown, path = 'output'): void {
  if (typeof expected === 'number') {
    expect(typeof actual, path).toBe('number');
    expect(Math.abs(Number(actual) - expected), path).toBeLessThan(1e-9);
  } else if (Array.isArray(expected)) {
    expect(actual, path).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      nearly((actual as unknown[])[i], value, `${path}[${i}]`);
    });
  } else if (expected !== null && typeof expected === 'object') {
    expect(Object.keys(actual as object).sort(), path).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected))
      nearly((actual as Record<string, unknown>)[key], value, `${path}.${key}`);
  } else expect(actual, path).toBe(expected);
}

function faultsOf(name: string, input: unknown): WellspentFaults {
  try {
    runCalc(name, input);
  } catch (error) {
    if (error instanceof WellspentFaults) return error;
    throw error;
  }
  throw new Error('no fault was raised');
}

describe.each(calcMethods.map((method) => [method.name, method] as const))('%s', (_, method) => {
  test('its example runs, gives what it says, and fits both schemas', async () => {
    const output = await runCalc(method.name, method.example.input);
    nearly(output, method.example.output);
    expect(method.outputSchema.safeParse(output).success).toBe(true);
  });

  test('its schema is strict JSON Schema with a source', () => {
    const schema = calcInputJsonSchema(method);
    expect(schema.type).toBe('object');
    expect(schema.additionalProperties).toBe(false);
    expect(method.source).toMatch(/\w{4}/);
    const faults = faultsOf(method.name, { ...(method.example.input as object), unheard: 1 });
    expect(faults.code).toBe('CALC_INPUT_INVALID');
    expect(faults.faults[0]?.message).toContain('"unheard"');
  });
});

const observations = [
  { item: 'a', period: 't2', price: 2, quantity: 12 },
  { item: 'a', period: 't1', price: 1, quantity: 10 },
  { item: 'b', period: 't1', price: 3, quantity: 5 },
  { item: 'b', period: 't2', price: 3, quantity: 6 },
];

describe('refusals', () => {
  test('an unknown method names the known ones and the nearest', () => {
    expect(() => runCalc('indx', {})).toThrow(/no method "indx"/);
    try {
      runCalc('indx', {});
    } catch (error) {
      expect(error).toMatchObject({ code: 'CALC_UNKNOWN_METHOD' });
      expect((error as WellspentFaults).hint).toContain('did you mean "index"?');
      expect((error as WellspentFaults).hint).toContain('productivity');
    }
  });

  test('an unknown formula, link and side are three faults that name the known ones', () => {
    const faults = faultsOf('index', { formula: 'fischer', link: 'chain', of: 'volume', observations });
    expect(faults.faults.map((fault) => fault.code)).toEqual(Array(3).fill('CALC_INPUT_INVALID'));
    expect(faults.faults[0]?.hint).toContain('did you mean "fisher"?');
    expect(faults.faults[0]?.hint).toContain('vartia-2');
    expect(faults.faults[1]?.hint).toContain('known: pop, chained, fixedbase');
    expect(faults.faults[2]?.hint).toContain('known: quantity, price');
  });

  test('what is missing, of another kind or beyond a limit is said with what to write, in words of our own', () => {
    const rows = [
      { item: 'a', period: '', price: 'x', quantity: 1 },
      { period: 2024.5, price: 1, quantity: null },
    ];
    const said = (input: object) =>
      faultsOf('index', { formula: 'fisher', link: 'pop', of: 'price', ...input }).faults.map(
        ({ message, found, hint }) => [message, found, hint],
      );
    const period = expect.stringContaining('A period: ISO text such as "2024"');
    const one = 'How many links make a year, for the limit on the spread: 12 for months.';
    const list = 'One row for each item and period, in any order.';
    expect(said({ observations: rows })).toEqual([
      ['observations[0].period is to be text of at least 1 character.', '""', period],
      ['observations[0].price is to be a number.', '"x"', expect.stringContaining('Price or unit cost')],
      ['observations[1].item is missing.', 'nothing', 'text or a number: The product or activity.'],
      ['observations[1].period is to be text or a whole number.', '2024.5', period],
    ]);
    expect(said({})).toEqual([['observations is missing.', 'nothing', `a list: ${list}`]]);
    expect(said({ observations: [], linksPerYear: 0 })).toEqual([
      ['observations is to be a list of at least 1 entry.', '[]', list],
      ['linksPerYear is to be a number of more than 0.', '0', one],
    ]);
    expect(faultsOf('index', []).faults[0]).toMatchObject({
      message: 'the input is to be an object.',
      hint: 'wellspent calc index --example',
    });
  });

  test('nothing is ever a default: each missing key is its own fault', () => {
    expect(faultsOf('index', {}).faults).toHaveLength(4);
    expect(faultsOf('index', 'text').faults).toHaveLength(1);
    expect(faultsOf('productivity', null).faults).toHaveLength(1);
  });

  test('a pair given twice is an error that shows both rows', () => {
    const twice = [...observations, { item: 'a', period: 't1', price: 9, quantity: 9 }];
    const faults = faultsOf('index', { formula: 'fisher', link: 'pop', of: 'price', observations: twice });
    expect(faults.faults[0]?.message).toMatch(/given twice, in rows 1 and 4/);
  });

  test('series of different lengths and zero inputs are errors', () => {
    expect(
      faultsOf('productivity', { periods: [1, 2], output: [1], input: [1, 0] }).faults.length,
    ).toBeGreaterThan(0);
    expect(
      faultsOf('productivity', { periods: [1, 1], output: [1, 2], input: [1, 2] }).faults[0]?.message,
    ).toMatch(/given twice/);
  });
});

describe('order of periods', () => {
  const run = (periods: readonly (string | number)[]) =>
    (
      runCalc('index', {
        formula: 'laspeyres',
        link: 'fixedbase',
        of: 'quantity',
        observations: periods.map((period) => ({ item: 'a', period, price: 1, quantity: 1 })),
      }) as { periods: unknown[] }
    ).periods;

  test('follows the labels where they tell it', () => {
    expect(run(['2017', '2016'])).toEqual(['2016', '2017']);
    expect(run([10, 9])).toEqual([9, 10]);
    expect(run(['t10', 't9', 't1'])).toEqual(['t1', 't9', 't10']);
    expect(run(['2016-10', '2016-04'])).toEqual(['2016-04', '2016-10']);
  });

  test('is the order of first appearance where they do not', () => {
    expect(run(['March', 'April', 'May'])).toEqual(['March', 'April', 'May']);
    expect(run(['Q4 2016', 'Q1 2017'])).toEqual(['Q4 2016', 'Q1 2017']);
  });

  test('the order of rows changes no value', () => {
    const forward = runCalc('index', { formula: 'fisher', link: 'chained', of: 'price', observations });
    const back = runCalc('index', {
      formula: 'fisher',
      link: 'chained',
      of: 'price',
      observations: observations.toReversed(),
    });
    nearly(back, forward);
  });
});

describe.skipIf(!hasFixtures)('published series', () => {
  test('productivity reproduces the ONS annual series within 0.1 and growth within 0.11 points', () => {
    const rows = fixtureRows('ons_psp_annual.csv');
    const output = runCalc('productivity', {
      periods: rows.map((row) => row.year),
      output: rows.map((row) => Number(row.output)),
      input: rows.map((row) => Number(row.inputs)),
    }) as { values: number[]; growth: (number | null)[] };
    rows.forEach((row, t) => {
      expect(Math.abs((output.values[t] ?? 0) - Number(row.productivity))).toBeLessThan(0.1);
      if (t > 0)
        expect(Math.abs(100 * (output.growth[t] ?? 9) - Number(row.productivity_yoy))).toBeLessThan(0.11);
    });
    expect(output.growth[0]).toBeNull();
  });

  test('productivity reproduces the ONS quarterly series, whose first quarter is not 100', () => {
    const rows = fixtureRows('ons_psp_quarterly.csv');
    const output = runCalc('productivity', {
      periods: rows.map((_, t) => t),
      output: rows.map((row) => Number(row.output)),
      input: rows.map((row) => Number(row.inputs)),
    }) as { values: number[] };
    expect(rows.length).toBeGreaterThan(3);
    rows.forEach((row, t) => {
      expect(Math.abs((output.values[t] ?? 0) - Number(row.productivity))).toBeLessThan(0.1);
    });
  });

  test('wilson is the worked example of failure demand: 0.622828 to 0.750011', () => {
    const { failure_demand: worked } = fixtureJson<{
      failure_demand: { inputs: { sampled: number; failure: number }; expected: { wilson95: number[] } };
    }>('worked_examples.json');
    const { failure: successes, sampled: n } = worked.inputs;
    const output = runCalc('wilson', { successes, n }) as { low: number; high: number };
    expect(output.low).toBeCloseTo(worked.expected.wilson95[0] ?? 0, 6);
    expect(output.high).toBeCloseTo(worked.expected.wilson95[1] ?? 0, 6);
  });

  test('chained contributions add to 0.780302 on the Balk quantities', () => {
    const prices = fixtureRows('price6.csv');
    const quantities = fixtureRows('quantity6.csv');
    const output = runCalc('contributions', {
      method: 'laspeyres-chained',
      of: 'quantity',
      observations: prices.flatMap((row, i) =>
        ['t1', 't2', 't3', 't4', 't5'].map((period) => ({
          item: Number(row.product),
          period,
          price: Number(row[period]),
          quantity: Number(quantities[i]?.[period]),
        })),
      ),
    }) as { contributions: { scaled: number }[] };
    expect(output.contributions.reduce((sum, row) => sum + row.scaled, 0)).toBeCloseTo(0.780302, 6);
  });
});
