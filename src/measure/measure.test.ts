import { afterEach, describe, expect, test } from 'vitest';
import { runCalc } from '../calc/index.ts';
import type { Result, Table } from '../core/index.ts';
import { fixtureJson, hasFixtures } from '../stats/fixtures.test-support.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const quick = { replicates: 200 };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

async function measured(...made: Parameters<typeof madeWorkspace>): Promise<ReadonlyMap<string, Result>> {
  const workspace = await madeWorkspace(...made);
  open.push(workspace);
  const results = await measure(workspace, quick);
  return new Map(results.map((result) => [result.id, result]));
}

function value(results: ReadonlyMap<string, Result>, id: string, figure: string): number | null {
  const found = results.get(id)?.figures.find((one) => one.id === figure);
  if (!found) throw new Error(`no figure ${figure} in ${id}`);
  return found.value;
}

function tableOf(results: ReadonlyMap<string, Result>, id: string, table: string): Table {
  const found = results.get(id)?.tables.find((one) => one.id === table);
  if (!found) throw new Error(`no table ${table} in ${id}`);
  return found;
}

const yearly = '{grain: financial-year}';
const years = ['2022-04-01', '2023-04-01'] as const;

/** Rows of volumes for two years: output, quantities, unit costs. */
function volumes(...rows: readonly (readonly [string, number, number, number | null, (number | null)?])[]) {
  return rows.flatMap(([output, q0, q1, c0, c1 = c0]) => [
    { period: years[0], output, quantity: q0, unit_cost: c0 },
    { period: years[1], output, quantity: q1, unit_cost: c1 },
  ]);
}

function outputs(list: readonly string[], extra = ''): string {
  return `outcomes: [{id: served, title: People are served}]
outputs:
${list.map((id) => `  - {id: ${id}, title: Output ${id}, unit: one, from: volumes${extra}}`).join('\n')}
`;
}

describe('volume', () => {
  test('is weighted by cost: a shift to the dearer output raises it by 14.3% with heads unchanged', async () => {
    const results = await measured(charterText(yearly, outputs(['a', 'b'])), {
      volumes: volumes(['a', 800, 700, 100], ['b', 200, 300, 300]),
    });
    expect(value(results, 'output', 'volume-growth')).toBeCloseTo(0.142857142857, 11);
    expect(results.get('output')?.answer).toMatch(/Output rose by 14\.3%/);
  });

  test('counted in one group of equal value does not change when people move to the cheaper route', async () => {
    const text = charterText(
      yearly,
      outputs(['phone', 'digital'], ', group: contact, group_reason: Same answer'),
    );
    const results = await measured(text, {
      volumes: volumes(['phone', 100, 50, 2.83], ['digital', 0, 50, 0.15]),
    });
    expect(value(results, 'output', 'volume-growth')).toBe(0);
    expect(results.get('output')?.caveats.join(' ')).toContain('Same answer');
  });

  test('without unit costs counts all alike, says so, and is only a caution', async () => {
    const results = await measured(charterText(yearly, outputs(['a', 'b'])), {
      volumes: volumes(['a', 100, 110, 5], ['b', 100, 120, null]),
    });
    expect(value(results, 'output', 'volume-growth')).toBeCloseTo(0.15, 12);
    expect(results.get('output')?.status).toBe('caution');
    expect(results.get('output')?.answer).toContain('counted alike');
    expect(results.get('output')?.caveats.join(' ')).toContain('"Output b"');
    expect(results.get('productivity')?.answer).toContain('not every output has a unit cost');
  });

  test('leaves a new output out of growth and names it', async () => {
    const results = await measured(charterText(yearly, outputs(['a', 'b'])), {
      volumes: volumes(['a', 100, 110, 5], ['b', 0, 40, 5]),
    });
    expect(value(results, 'output', 'volume-growth')).toBeCloseTo(0.1, 12);
    expect(results.get('output')?.caveats.join(' ')).toMatch(/"Output b" is left out of growth: it is new/);
  });

  test('scaling every cost and turning the rows round change no figure', async () => {
    const rows = volumes(['a', 800, 700, 100, 130], ['b', 200, 300, 300, 290]);
    const text = charterText(yearly, outputs(['a', 'b']));
    const plain = await measured(text, { volumes: rows });
    const scaled = await measured(text, {
      volumes: rows.toReversed().map((row) => ({ ...row, unit_cost: (row.unit_cost ?? 0) * 1000 })),
    });
    expect(value(scaled, 'output', 'volume-growth')).toBeCloseTo(
      value(plain, 'output', 'volume-growth') ?? Number.NaN,
      12,
    );
  });

  test('refuses rows given twice and impossible values, all at once', async () => {
    const text = charterText(yearly, outputs(['a']));
    const twice = await madeWorkspace(text, {
      volumes: [...volumes(['a', 1, 2, 3], ['a', 4, 5, 6])],
    });
    open.push(twice);
    await expect(measure(twice, quick)).rejects.toMatchObject({
      code: 'MEASURE_DUPLICATE_ROW',
      faults: [{ code: 'MEASURE_DUPLICATE_ROW' }, { code: 'MEASURE_DUPLICATE_ROW' }],
    });
    const bad = await madeWorkspace(text, { volumes: volumes(['a', -1, 2, 0]) });
    open.push(bad);
    await expect(measure(bad, quick)).rejects.toMatchObject({ code: 'VOLUMES_INVALID' });
  });

  test('leaves an incomplete last month out of growth and shows it', async () => {
    const months = ['2023-01-01', '2023-02-01', '2023-03-01'];
    const results = await measured(
      charterText('{grain: month, from: 2023-01-01, to: 2023-03-20}', outputs(['a'])),
      {
        volumes: months.map((period, i) => ({
          period,
          output: 'a',
          quantity: [100, 110, 60][i] ?? 0,
          unit_cost: 1,
        })),
      },
    );
    expect(value(results, 'output', 'volume-growth')).toBeCloseTo(0.1, 12);
    expect(results.get('output')?.caveats).toContain(
      'Incomplete and left out of every comparison: March 2023.',
    );
    expect(tableOf(results, 'output', 'volumes').rows).toHaveLength(3);
    expect(tableOf(results, 'output', 'index').rows[2]?.volume).toBeNull();
  });
});

const oneMeasure = `quality:
  - {id: right, title: Right first time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: Us}
inputs:
  - {id: hours, title: Paid hours, category: labour}
`;

describe('productivity', () => {
  const rows = {
    volumes: volumes(['a', 1000, 1030, 10]),
    quality: years.map((period, i) => ({
      period,
      output: 'a',
      measure: 'right',
      value: [0.8, 0.804][i] ?? 0,
      n: 500,
    })),
    inputs: years.map((period, i) => ({
      period,
      input: 'hours',
      category: 'labour',
      volume: [5000, 5100][i] ?? 0,
      cost: 1,
    })),
  };

  test('of +3% volume, +0.5% quality and +2% inputs is +1.4853% with quality and +0.9804% without', async () => {
    const results = await measured(charterText(yearly, outputs(['a']) + oneMeasure), rows);
    expect(value(results, 'productivity', 'productivity-growth')).toBeCloseTo(0.014852941176, 11);
    expect(value(results, 'productivity', 'productivity-growth-unadjusted')).toBeCloseTo(0.009803921569, 11);
    expect(value(results, 'contributions', 'volume')).toBeCloseTo(0.029411764706, 11);
    expect(value(results, 'contributions', 'quality')).toBeCloseTo(0.005049019608, 11);
    expect(value(results, 'contributions', 'inputs')).toBeCloseTo(-0.019607843137, 11);
  });

  test('contributions in the table add to the growth of productivity to 1e-12', async () => {
    const results = await measured(charterText(yearly, outputs(['a']) + oneMeasure), rows);
    const sum = tableOf(results, 'contributions', 'contributions').rows.reduce(
      (total, row) => total + Number(row.contribution),
      0,
    );
    expect(Math.abs(sum - (value(results, 'productivity', 'productivity-growth') ?? 9))).toBeLessThan(1e-12);
  });

  test('is given again by calc from the numbers in its provenance', async () => {
    const results = await measured(charterText(yearly, outputs(['a']) + oneMeasure), rows);
    const last = (output: unknown, key: 'growth' | 'values') =>
      (output as Record<string, number[]>)[key]?.at(-1) ?? Number.NaN;
    const again = (id: string) =>
      (results.get(id)?.provenance.recompute ?? []).map(({ method, input }) => runCalc(method, input));
    const [adjusted, unadjusted] = again('productivity');
    expect(last(adjusted, 'growth')).toBeCloseTo(
      value(results, 'productivity', 'productivity-growth') ?? 9,
      12,
    );
    expect(last(unadjusted, 'growth')).toBeCloseTo(
      value(results, 'productivity', 'productivity-growth-unadjusted') ?? 9,
      12,
    );
    const [volume, withQuality] = again('output');
    expect(last(volume, 'values') - 1).toBeCloseTo(value(results, 'output', 'volume-growth') ?? 9, 12);
    expect(last(withQuality, 'values') - 1).toBeCloseTo(value(results, 'output', 'adjusted-growth') ?? 9, 12);
    const [inputs] = again('inputs');
    expect(last(inputs, 'values') - 1).toBeCloseTo(0.02, 12);
    const [growth] = again('contributions') as { productivity: number }[];
    expect(growth?.productivity).toBeCloseTo(0.014852941176, 11);
  });

  test('better quality at the same cost raises productivity', async () => {
    const better = rows.quality.map((row, i) => ({ ...row, value: i === 1 ? 0.9 : row.value }));
    const before = await measured(charterText(yearly, outputs(['a']) + oneMeasure), rows);
    const after = await measured(charterText(yearly, outputs(['a']) + oneMeasure), {
      ...rows,
      quality: better,
    });
    expect(value(after, 'productivity', 'productivity-growth') ?? 0).toBeGreaterThan(
      value(before, 'productivity', 'productivity-growth') ?? 9,
    );
    expect(value(after, 'productivity', 'productivity-growth-unadjusted')).toBe(
      value(before, 'productivity', 'productivity-growth-unadjusted'),
    );
  });

  test('without inputs cannot be told, names them, and effectiveness is still shown', async () => {
    const { inputs: _, ...without } = rows;
    const text = charterText(yearly, outputs(['a']) + oneMeasure).replace(
      'People are served}',
      'People are served, measure: right}',
    );
    const results = await measured(text, without);
    expect(results.get('productivity')?.status).toBe('cannot-tell');
    expect(results.get('productivity')?.answer).toMatch(/"Paid hours" has no rows/);
    expect(value(results, 'productivity', 'productivity-growth')).toBeNull();
    expect(value(results, 'effectiveness', 'measure-right')).toBeCloseTo(0.804, 12);
    expect(results.get('effectiveness')?.status).toBe('sound');
    expect(results.get('contributions')?.answer).toMatch(/^Output rose/);
  });

  test('is split with the same caution and status, and never as a gain where quality is not measured', async () => {
    const results = await measured(
      charterText(yearly, outputs(['a']) + oneMeasure.slice(oneMeasure.indexOf('inputs:'))),
      { volumes: rows.volumes, inputs: rows.inputs },
    );
    const [productivity, contributions] = ['productivity', 'contributions'].map((id) => results.get(id));
    expect(productivity?.answer).toContain('quality is not measured, so a gain may be a loss of quality');
    expect(contributions?.answer).toContain('quality is not measured, so a gain may be a loss of quality');
    expect(contributions?.status).toBe(productivity?.status);
    expect(contributions?.figures[0]?.name).toBe('Growth of productivity without quality');
  });

  test('of yearly figures alone has no range, and says that chance may have made it', async () => {
    const results = await measured(charterText(yearly, outputs(['a']) + oneMeasure), rows);
    const figure = results.get('productivity')?.figures.find((one) => one.id === 'productivity-growth');
    expect(figure?.interval).toBeNull();
    expect(results.get('productivity')?.answer).toContain('no range can be given');
    expect(results.get('productivity')?.status).toBe('caution');
  });
});

describe.skipIf(!hasFixtures)('against the worked examples', () => {
  test('inputs of grades, agency, goods and capital grow by 3.52% with heads unchanged', async () => {
    const { inputs_three_factor: worked } = fixtureJson<{
      inputs_three_factor: {
        inputs: {
          fte_base: Record<string, number>;
          fte_current: Record<string, number>;
          pay_base_gbp: Record<string, number>;
          agency_spend_base: number;
          agency_spend_current: number;
          agency_deflator: number;
          goods_spend_base: number;
          goods_spend_current: number;
          goods_deflator: number;
          capital_consumption_base: number;
          capital_volume_ratio: number;
        };
        expected: { input_growth: number; labour_direct_growth: number };
      };
    }>('worked_examples.json');
    const given = worked.inputs;
    const grades = Object.keys(given.fte_base).flatMap((grade) => [
      {
        period: years[0],
        input: grade.toLowerCase(),
        category: 'labour',
        volume: given.fte_base[grade] ?? 0,
        cost: (given.fte_base[grade] ?? 0) * (given.pay_base_gbp[grade] ?? 0),
      },
      {
        period: years[1],
        input: grade.toLowerCase(),
        category: 'labour',
        volume: given.fte_current[grade] ?? 0,
        cost: 1,
      },
    ]);
    const spend = (input: string, category: string, base: number, current: number, deflator: number) => [
      { period: years[0], input, category, cost: base, deflator: 1, volume: null },
      { period: years[1], input, category, cost: current, deflator, volume: null },
    ];
    const results = await measured(charterText(yearly, outputs(['a'])), {
      volumes: volumes(['a', 100, 100, 1]),
      inputs: [
        ...grades,
        ...spend(
          'agency',
          'labour-indirect',
          given.agency_spend_base,
          given.agency_spend_current,
          given.agency_deflator,
        ),
        ...spend(
          'goods',
          'goods-services',
          given.goods_spend_base,
          given.goods_spend_current,
          given.goods_deflator,
        ),
        ...spend(
          'capital',
          'capital',
          given.capital_consumption_base,
          given.capital_consumption_base * given.capital_volume_ratio,
          1,
        ),
      ],
    });
    expect(value(results, 'inputs', 'input-growth')).toBeCloseTo(worked.expected.input_growth, 11);
    const table = tableOf(results, 'inputs', 'input-growth').rows;
    const sum = table.reduce((total, row) => total + Number(row.contribution), 0);
    expect(sum).toBeCloseTo(worked.expected.input_growth, 11);
  });

  test('three quality indicators give -1.5278%, the lower-is-better one by its complement', async () => {
    const { quality_indicators: worked } = fixtureJson<{
      quality_indicators: {
        inputs: {
          indicators: { id: string; base: number; current: number; direction: string; weight: number }[];
        };
        expected: { arithmetic: number };
      };
    }>('worked_examples.json');
    const { indicators } = worked.inputs;
    const name = (id: string) => id.replaceAll('_', '-');
    const list = indicators
      .map(
        (one) =>
          `  - {id: ${name(one.id)}, title: ${name(one.id)}, outputs: all, from: quality, direction: ${one.direction === 'up' ? 'higher' : 'lower'}, weight: ${one.weight}, weight_source: Us}`,
      )
      .join('\n');
    const results = await measured(charterText(yearly, `${outputs(['a'])}quality:\n${list}\n`), {
      volumes: volumes(['a', 100, 100, 1]),
      quality: indicators.flatMap((one) => [
        { period: years[0], output: 'a', measure: name(one.id), value: one.base, n: 100 },
        { period: years[1], output: 'a', measure: name(one.id), value: one.current, n: 100 },
      ]),
    });
    expect(value(results, 'quality', 'quality-growth')).toBeCloseTo(worked.expected.arithmetic, 11);
  });

  test('separate weights that cost a new route at its own cost are what calc gives: 0.5265', () => {
    const observations = [
      { item: 'phone', period: 0, price: 2.83, quantity: 100 },
      { item: 'phone', period: 1, price: 2.83, quantity: 50 },
      { item: 'digital', period: 0, price: 0.15, quantity: 0 },
      { item: 'digital', period: 1, price: 0.15, quantity: 50 },
    ];
    const { values } = runCalc('index', {
      formula: 'laspeyres',
      link: 'chained',
      of: 'quantity',
      observations,
    }) as {
      values: number[];
    };
    expect(values[1]).toBeCloseTo(0.526501766784, 11);
  });
});

describe('quality', () => {
  test('measured for one output of two says what share of output it covers', async () => {
    const text = charterText(
      yearly,
      `${outputs(['a', 'b'])}quality:
  - {id: right, title: Right, outputs: [a], from: quality, direction: higher, weight: 1, weight_source: Us}
`,
    );
    const results = await measured(text, {
      volumes: volumes(['a', 100, 100, 3], ['b', 100, 100, 1]),
      quality: years.map((period, i) => ({
        period,
        output: 'a',
        measure: 'right',
        value: [0.5, 0.6][i] ?? 0,
        n: 100,
      })),
    });
    expect(value(results, 'quality', 'quality-coverage')).toBeCloseTo(0.75, 12);
    expect(value(results, 'quality', 'quality-growth')).toBeCloseTo(0.75 * 0.2, 12);
    expect(results.get('quality')?.status).toBe('caution');
  });
});

describe('a share near its bound', () => {
  test('is marked, whichever output it speaks for: what is left to gain is small', async () => {
    const quality = `quality:
  - {id: right, title: Right, outputs: [b], from: quality, direction: higher, weight: 1, weight_source: Board}
  - {id: late, title: Late, outputs: [a], from: quality, direction: lower, weight: 1, weight_source: Board}
`;
    const rows = (output: string, measure: string, value: number) =>
      years.map((period) => ({ period, output, measure, value, n: 1000 }));
    const results = await measured(charterText(yearly, outputs(['a', 'b']) + quality), {
      volumes: volumes(['a', 800, 700, 100], ['b', 200, 300, 300]),
      quality: [...rows('b', 'right', 0.99), ...rows('a', 'late', 0.1)],
    });
    const notes = tableOf(results, 'quality', 'measures').rows.map(({ measure, note }) => [measure, note]);
    expect(notes).toEqual([
      ['Right', 'saturated: within 2 points of its bound'],
      ['Late', ''],
    ]);
  });
});
