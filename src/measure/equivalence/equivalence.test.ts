import { afterEach, describe, expect, test } from 'vitest';
import { nextPeriod, type Result } from '../../core/index.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';
import { likenessOfAll, likenessWithin } from './likeness.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

interface Made {
  /** Share right first time by telephone and on the web, and the cases asked in a month. */
  readonly right: readonly [number, number];
  readonly asked?: number;
  readonly group?: string;
}

const grouped = ', group: answers, group_reason: The same answer';
const owned = `${grouped}, group_owner: Head of answers, group_since: 2023-04-01`;

/** Half of the calls move to the web from one year to the next: 2,000 answers a month before and after. */
async function measured({ right, asked = 900, group = owned }: Made): Promise<ReadonlyMap<string, Result>> {
  const text = charterText(
    '{grain: month}',
    `outcomes: [{id: served, title: People get an answer}]
outputs:
  - {id: phone, title: Answered by telephone, unit: answer, from: volumes${group}}
  - {id: web, title: Answered on the web, unit: answer, from: volumes${group.replace(/, group_owner.*/, '')}}
  - {id: visit, title: Visits, unit: visit, from: volumes}
quality: [{id: right, title: Right first time, outputs: [phone, web], from: quality, direction: higher, weight: 1, weight_source: Us}]
inputs: [{id: hours, title: Hours, category: labour}]
`,
  );
  const months = Array.from({ length: 24 }, (_, m) => nextPeriod('month', '2023-04-01', m));
  const workspace = await madeWorkspace(text, {
    volumes: months.flatMap((period, m) => {
      const wobble = [0, 12, -9, 5, -14, 6][(m * 5) % 6] ?? 0;
      const moved = m < 12 ? 0 : 500;
      return [
        { period, output: 'phone', quantity: 1000 - moved + wobble, unit_cost: 2.83 },
        { period, output: 'web', quantity: 1000 + moved - wobble, unit_cost: 0.15 },
        { period, output: 'visit', quantity: 10, unit_cost: 20 },
      ];
    }),
    quality: months.flatMap((period) =>
      (['phone', 'web'] as const).map((output, i) => ({
        period,
        output,
        measure: 'right',
        value: right[i] ?? 0,
        n: asked,
      })),
    ),
    inputs: months.map((period, m) => ({ period, input: 'hours', volume: m < 12 ? 100 : 80, cost: 2000 })),
  });
  open.push(workspace);
  const results = await measure(workspace, { replicates: 20 });
  return new Map(results.map((result) => [result.id, result]));
}

const figureOf = (result: Result | undefined, id: string) =>
  result?.figures.find((one) => one.id === id)?.value;
const tableOf = (result: Result | undefined, id: string) => result?.tables.find((one) => one.id === id)?.rows;

describe('routes to the same service under one weight', () => {
  test('growth is stated with and without the group, with its owner, its day and its check', async () => {
    const results = await measured({ right: [0.9, 0.9] });
    const [output, productivity] = [results.get('output'), results.get('productivity')];
    // Phone 1000 → 500 at £2.83, web 1000 → 1500 at £0.15, visits £200: answers hold still, by route they fall.
    const apart = (500 * 2.83 + 1500 * 0.15 + 200) / (1000 * 2.83 + 1000 * 0.15 + 200) - 1;
    expect(figureOf(output, 'volume-growth')).toBeCloseTo(0, 12);
    expect(figureOf(output, 'without-group-answers')).toBeCloseTo(apart, 12);
    expect(figureOf(productivity, 'productivity-growth')).toBeCloseTo(0.25, 12);
    expect(figureOf(productivity, 'without-group-answers')).toBeCloseTo((1 + apart) / 0.8 - 1, 12);
    expect(tableOf(output, 'equivalence')?.[0]).toMatchObject({
      with: figureOf(output, 'volume-growth'),
      outcomes: 'alike to within 2 points',
      owner: 'Head of answers',
      since: '1 April 2023',
    });
    expect(output?.caveats.join(' ')).toMatch(
      /without the group "answers", each route at its own weight: it fell by/,
    );
    expect(productivity?.status).toBe('sound');
    expect(productivity?.answer).toMatch(
      /it rose by 25.0%; without the group "answers" it fell by \d+\.\d%\.$/,
    );
  });

  test('a move of cases between routes is no change of the service', async () => {
    const results = await measured({ right: [0.9, 0.9] });
    const change = results.get('change');
    expect(tableOf(change, 'changes')?.map((row) => row.what)).toEqual(['Group "answers"', 'Visits']);
    expect(change?.answer).not.toMatch(/fell|rose/);
    expect(results.get('contributions')?.answer).toContain('volume 0.0 points, quality 0.0 points');
    const rows = tableOf(results.get('output'), 'changes');
    expect(rows?.map((row) => row.output)).toContain('Group "answers"');
  });

  test('routes whose outcomes are not alike are taken apart, and growth with the group stands beside', async () => {
    const results = await measured({ right: [0.9, 0.8] });
    const output = results.get('output');
    const [first, row] = tableOf(output, 'equivalence-check') ?? [];
    expect(first).toMatchObject({
      route: 'Answered by telephone',
      difference: 0,
      verdict: 'the one compared with',
    });
    expect(row).toMatchObject({ route: 'Answered on the web', verdict: 'not alike' });
    expect(Number(row?.difference)).toBeCloseTo(-0.1, 12);
    expect(Number(row?.low)).toBeLessThan(-0.1);
    expect(Number(row?.high)).toBeLessThan(-0.02);
    expect(output?.caveats.join(' ')).toContain(
      'The group "answers" is taken apart here, each route at its own unit cost and with the quality of the whole group, since its check has failed; the outcomes of its routes: not alike: they differ by more than 2 points.',
    );
    // Phone 1000 → 500 at £2.83, web 1000 → 1500 at £0.15, visits £200: by route answers fall, as one service they hold still.
    const value = 1000 * 2.83 + 1000 * 0.15 + 200;
    const apart = (500 * 2.83 + 1500 * 0.15 + 200) / value - 1;
    expect(figureOf(output, 'volume-growth')).toBeCloseTo(apart, 12);
    expect(figureOf(output, 'with-group-answers')).toBeCloseTo(0, 12);
    expect(tableOf(output, 'equivalence')?.[0]).toMatchObject({
      taken: 'apart',
      with: expect.closeTo(0, 12),
    });
    // 0.85 → 0.825 of the answers are right the first time, by whichever route: a fall beside that of the volume.
    const answers = 500 * 2.83 + 1500 * 0.15;
    const withQuality = (answers * (0.825 / 0.85) + 200) / value - 1;
    expect(figureOf(output, 'adjusted-growth')).toBeCloseTo(withQuality, 12);
    expect(figureOf(results.get('productivity'), 'productivity-growth')).toBeCloseTo(
      (1 + withQuality) / 0.8 - 1,
      12,
    );
    expect(results.get('productivity')?.answer).toContain(
      'with the group "answers" under one weight it rose',
    );
    expect(output?.next.join(' ')).toContain('Take the group "answers" apart');
    expect(tableOf(results.get('change'), 'changes')?.map((one) => one.what)).toContain(
      'Answered by telephone',
    );
    // A move to the worse route is a fall of quality, whatever the weights: 0.85 → 0.825.
    expect(figureOf(results.get('quality'), 'quality-growth')).toBeLessThan(0);
  });

  test('too few cases cannot tell, and a declared margin decides', async () => {
    const few = await measured({ right: [0.9, 0.9], asked: 20 });
    expect(tableOf(few.get('output'), 'equivalence')?.[0]?.outcomes).toBe(
      'cannot tell: the interval crosses the margin',
    );
    expect(few.get('productivity')?.status).toBe('caution');
    const none = await measured({ right: [0.5, 1], asked: 0.5 });
    expect(tableOf(none.get('output'), 'equivalence')?.[0]?.outcomes).toBe('cannot tell: too few cases');
    expect(tableOf(none.get('output'), 'equivalence-check')?.[0]).toMatchObject({ n: null, share: null });
    const wide = await measured({ right: [0.9, 0.8], group: `${owned}, group_margin: 0.2` });
    expect(tableOf(wide.get('output'), 'equivalence')?.[0]?.outcomes).toBe('alike to within 20 points');
  });

  test('a group that nobody owns says so', async () => {
    const results = await measured({ right: [0.9, 0.9], group: grouped });
    expect(results.get('output')?.caveats).toContain(
      'Of the group "answers" the charter does not say who answers for it and since when it holds.',
    );
  });
});

test('the interval decides: within the margin, beyond it, or neither', () => {
  const interval = (low: number, high: number) => ({ low, high, level: 0.95, method: '', meaning: '' });
  expect(likenessWithin(interval(-0.01, 0.02), 0.02)).toBe('alike');
  expect(likenessWithin(interval(0.021, 0.04), 0.02)).toBe('not alike');
  expect(likenessWithin(interval(-0.05, -0.03), 0.02)).toBe('not alike');
  expect(likenessWithin(interval(0.001, 0.03), 0.02)).toBe('cannot tell');
  expect(likenessWithin(null, 0.02)).toBe('cannot tell');
  expect(likenessOfAll([])).toBe('cannot tell');
  expect(likenessOfAll(['alike', 'cannot tell'])).toBe('cannot tell');
  expect(likenessOfAll(['alike', 'cannot tell', 'not alike'])).toBe('not alike');
});
