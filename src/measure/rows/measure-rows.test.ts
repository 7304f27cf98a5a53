import { afterAll, beforeAll, expect, test } from 'vitest';
import { countClasses, readingOf } from '../../stores/index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';
import { measure } from '../measure.ts';
import { type MeasureTracer, traceMeasure } from './measure-rows.ts';

const charter = charterText(
  '{ grain: month, from: 2025-01-01, to: 2025-02-28 }',
  `outcomes: [{ id: help, title: People are helped, measure: quick }]
outputs:
  - { id: grant, title: Grants, from: cases, where: "type = 'grant'", unit: case }
  - { id: call, title: Calls answered, from: volumes, unit: call }
quality:
  - { id: quick, title: Within ten days, from: cases, outputs: [grant], share: "wait_days <= 10", of: "outcome = 'paid'", weight: 1, weight_source: made, direction: higher }
  - { id: kind, title: Kindly answered, from: quality, outputs: [call], weight: 1, weight_source: made, direction: higher }
floors:
  - { id: seen, title: Somebody looked, share: "wait_days > 0", at_least: 0.5, why: made }
`,
);

const closed = (month: string, n: number, own: object = {}) =>
  Array.from({ length: n }, (_, i) => ({
    case_id: `${month}-${JSON.stringify(own)}-${i}`,
    type: 'grant',
    outcome: 'paid',
    closed: `${month}-28T12:00:00Z`,
    closed_wall: `${month}-28T12:00:00Z`,
    wait_days: i % 4 === 0 ? 12 : 5,
    ...own,
  }));

type Made = Awaited<ReturnType<typeof madeWorkspace>>;
let workspace: Made;
let trace: MeasureTracer;

beforeAll(async () => {
  workspace = await madeWorkspace(charter, {
    cases: [
      ...closed('2025-01', 20),
      ...closed('2025-02', 40),
      ...closed('2025-02', 3, { wait_days: null }),
      ...closed('2025-02', 5, { outcome: 'withdrawn' }),
      ...closed('2025-02', 6, { type: 'loan' }),
      ...closed('2025-02', 7, { closed: null, closed_wall: null }),
      ...closed('2024-12', 2),
    ],
    volumes: ['2025-01-01', '2025-02-01'].map((period, line) => ({
      ...{ period, output: 'call', quantity: 100, source: 1, line },
    })),
    quality: ['2025-01-01', '2025-02-01'].map((period, line) => ({
      ...{ period, output: 'call', measure: 'kind', value: 0.5 + line / 4, n: 40, source: 1, line },
    })),
  });
  trace = await traceMeasure(workspace);
});
afterAll(() => workspace?.close());

async function classesOf(result: string, id: string, at = 0) {
  const rows = await trace(result, { id, name: id });
  if (!rows || 'noRows' in rows) throw new Error(`no rows behind ${id}`);
  const trail = rows.trails[at];
  if (!trail) throw new Error(`no such table behind ${id}`);
  const classes = await countClasses(workspace.warehouse, trail, []);
  return {
    counts: Object.fromEntries(classes.filter(({ rows: n }) => n > 0).map((one) => [one.id, one.rows])),
    titles: Object.fromEntries(classes.map((one) => [one.id, one.title])),
    reading: await readingOf(workspace.warehouse, trail, classes),
  };
}

test('a share is traced to the cases that met it, those that did not, and every reason to leave one out', async () => {
  const { counts, titles, reading } = await classesOf('effectiveness', 'measure-quick');
  expect(counts).toEqual({
    met: 30,
    'not-met': 10,
    unknown: 3,
    'not-covered': 5,
    'other-periods': 22,
    'no-time': 7,
    otherwise: 6,
  });
  expect(titles['no-time']).toBe('Not closed');
  expect(titles['other-periods']).toBe('Closed outside February 2025');
  expect(titles['not-covered']).toMatch(/cases with outcome paid|outcome/);
  const effectiveness = (await measure(workspace, { replicates: 20 })).find(
    ({ id }) => id === 'effectiveness',
  );
  expect(reading).toBe(effectiveness?.figures.find(({ id }) => id === 'measure-quick')?.value);
});

test('a measure from a table of totals is traced to its rows, and they give its value', async () => {
  const { counts, reading } = await classesOf('effectiveness', 'measure-kind');
  expect(counts).toEqual({ counted: 1, 'other-periods': 1 });
  expect(reading).toBe(0.75);
});

test('a floor asks about every case that ended, whatever came of it', async () => {
  const { counts } = await classesOf('floors', 'floor-seen');
  expect(counts).toEqual({ met: 51, unknown: 3, 'other-periods': 22, 'no-time': 7 });
});

test('growth is traced to both periods, in each table that it rests on', async () => {
  expect((await classesOf('output', 'volume-growth')).counts).toEqual({
    'later-counted': 48,
    'earlier-counted': 20,
    'other-periods': 2,
    'no-time': 7,
    otherwise: 6,
  });
  expect((await classesOf('output', 'volume-growth', 1)).counts).toEqual({ later: 1, earlier: 1 });
});

test('a figure that no Result has is traced to nothing, one of sums in the charter says that no row is counted', async () => {
  expect(await trace('effectiveness', { id: 'other', name: '' })).toBeNull();
  expect(await trace('nothing', { id: 'measure-quick', name: '' })).toBeNull();
  expect(await trace('savings', { id: 'total-1', name: '' })).toHaveProperty('noRows');
  expect(await trace('savings', { id: 'net-fast-track', name: '' })).toHaveProperty('noRows');
});
