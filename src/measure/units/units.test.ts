import { afterEach, describe, expect, test } from 'vitest';
import type { Result } from '../../core/index.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

/** Two depots that repair homes: no health, no effort and two kinds of case, weighed by their unit costs. */
const text = (more = 'case_mix: [age]', quality = 'share: visits = 1') =>
  charterText(
    '{grain: month, from: 2024-01-01, to: 2024-03-31}',
    `outcomes: [{id: dry, title: Homes are dry, measure: once}]
outputs:
  - {id: taps, title: Taps, unit: job, from: cases, where: "type = 'tap'", unit_cost: tap}
  - {id: roofs, title: Roofs, unit: job, from: cases, where: "type = 'roof'", unit_cost: roof}
quality:
  - {id: once, title: Done in one visit, outputs: all, from: cases, ${quality}, direction: higher, weight: 0.5, weight_source: Ours}
  - {id: soon, title: Done within a week, outputs: all, from: cases, share: soon = 'yes', direction: higher, weight: 0.5, weight_source: Ours}
inputs:
  - {id: north, title: Hours of the north depot, category: labour}
  - {id: south, title: Hours of the south depot, category: labour}
endings: [{id: done, title: Done, where: "outcome = 'done'"}, {id: gone, title: Nobody at home, where: "outcome = 'gone'"}]
assumptions:
  - {id: tap, statement: A tap costs £1., value: 1, source: Ours, owner: Finance, review: 2030-01-01}
  - {id: roof, statement: A roof costs £3., value: 3, source: Ours, owner: Finance, review: 2030-01-01}
units:
  title: Depots
  kind: places
  column: depot
  counts: jobs
  per: paid hour
  members: [{unit: N, title: North, input: north}, {unit: S, title: South, input: south}]
  ${more}
`,
  );

interface Kind {
  readonly depot: string;
  readonly type: string;
  readonly age: string;
  readonly n: number;
  readonly once: number;
  readonly soon?: number;
}

/** Jobs end on the last day of a month, so that each of the three months is whole. */
const lastDays = ['2024-01-31', '2024-02-29', '2024-03-31'];

/** Rows of each kind, of which the first so many were done in one visit and the first so many within a week. */
function jobs(kinds: readonly Kind[]) {
  return kinds.flatMap(({ depot, type, age, n, once, soon = n }, k) =>
    Array.from({ length: n }, (_, i) => ({
      case_id: `${depot}-${k}-${i}`,
      type,
      opened: '2024-01-02T10:00:00Z',
      opened_wall: '2024-01-02T10:00:00Z',
      closed: `${lastDays[i % 3]}T10:00:00Z`,
      closed_wall: `${lastDays[i % 3]}T10:00:00Z`,
      outcome: 'done',
      depot,
      age,
      visits: i < once ? 1 : 2,
      soon: i < soon ? 'yes' : 'no',
    })),
  );
}

const kinds: readonly Kind[] = [
  { depot: 'N', type: 'tap', age: 'new', n: 60, once: 54 },
  { depot: 'N', type: 'tap', age: 'old', n: 30, once: 15 },
  { depot: 'N', type: 'roof', age: 'new', n: 30, once: 24 },
  { depot: 'S', type: 'tap', age: 'new', n: 30, once: 30 },
  { depot: 'S', type: 'tap', age: 'old', n: 60, once: 36 },
  { depot: 'S', type: 'roof', age: 'new', n: 90, once: 81 },
];
const inputs = ['2024-01-01', '2024-02-01', '2024-03-01'].flatMap((period) => [
  { period, input: 'north', category: 'labour', volume: 10, cost: 100, deflator: 1 },
  { period, input: 'south', category: 'labour', volume: 20, cost: 200, deflator: 1 },
]);

async function unitsOf(charter: string, cases = jobs(kinds), used = inputs): Promise<Result | undefined> {
  const workspace = await madeWorkspace(charter, { cases, inputs: used });
  open.push(workspace);
  return (await measure(workspace, { replicates: 20 })).find(({ id }) => id === 'units');
}

const rowsOf = (result: Result | undefined, id: string) =>
  result?.tables.find((table) => table.id === id)?.rows ?? [];

describe('units compared', () => {
  test('a service without effort or health: rates, case mix and parts as worked by hand', async () => {
    const found = await unitsOf(text());
    // North: 120 jobs in 30 hours, worth 60 + 30 + 90 = 180; South: 180 in 60, worth 30 + 60 + 270 = 360; 540/300 a job.
    const [north, south] = rowsOf(found, 'steps');
    expect(north).toMatchObject({ unit: 'North', counted: 4, rate: 4, countedRank: 1 });
    expect(south).toMatchObject({ unit: 'South', counted: 3, rate: 3, countedRank: 2 });
    expect(north?.weighed).toBeCloseTo(4 * (180 / 120 / 1.8), 12);
    expect(south?.weighed).toBeCloseTo(3 * (360 / 180 / 1.8), 12);
    // Done in one visit at the mix of both: 90 new taps, 90 old taps and 120 roofs.
    const [n, s] = rowsOf(found, 'parts').filter(({ measure: one }) => one === 'Done in one visit');
    expect(n?.crude).toBeCloseTo(93 / 120, 12);
    expect(n?.adjusted).toBeCloseTo(0.3 * 0.9 + 0.3 * 0.5 + 0.4 * 0.8, 12);
    expect(s?.adjusted).toBeCloseTo(0.3 * 1 + 0.3 * 0.6 + 0.4 * 0.9, 12);
    // Both parts at a half each, against all: 240 of 300 in one visit, and everything within a week.
    expect(Number(north?.adjusted)).toBeCloseTo((10 / 3) * (0.5 * (0.74 / 0.8) + 0.5), 12);
    expect(Number(south?.adjusted)).toBeCloseTo((10 / 3) * (0.5 * (0.84 / 0.8) + 0.5), 12);
    expect(found?.status).toBe('sound');
    expect(found?.tables.some(({ id }) => id === 'health' || id === 'practices')).toBe(false);
    expect(found?.caveats.join(' ')).not.toContain('Unverified');
  });

  test('kinds of case that one unit does not have are left out of the parts, with their share', async () => {
    const more: Kind = { depot: 'N', type: 'roof', age: 'old', n: 100, once: 100 };
    const found = await unitsOf(text(), jobs([...kinds, more]));
    expect(found?.caveats.join(' ')).toContain('25.0% of cases are of kinds that some unit does not have');
    const [n] = rowsOf(found, 'parts');
    expect(n?.adjusted).toBeCloseTo(0.74, 12);
  });

  test('without case mix it says so, and a part that stands in another table is taken to be alike', async () => {
    const found = await unitsOf(
      text('practices: []').replace('from: cases, share: visits = 1', 'from: quality'),
    );
    expect(found?.status).toBe('caution');
    expect(found?.caveats.join(' ')).toContain('as if the same cases came to each');
    expect(found?.caveats.join(' ')).toContain('taken to be alike: Done in one visit');
  });

  test('what is counted and is no output is named by its ending, at the unit that counts it', async () => {
    const gone = jobs([{ depot: 'N', type: 'tap', age: 'new', n: 30, once: 0 }]).map((job) => ({
      ...job,
      case_id: `gone ${job.case_id}`,
      type: 'none',
      outcome: 'gone',
    }));
    const found = await unitsOf(text("counted: outcome in ('done', 'gone')\n  case_mix: [age]"), [
      ...jobs(kinds),
      ...gone,
    ]);
    expect(found?.answer).toContain('Of what North counts, 20.0% are no jobs: "Nobody at home".');
    expect(rowsOf(found, 'steps')[0]).toMatchObject({ counted: 5, rate: 4 });
    expect(found?.figures.find(({ id }) => id === 'not-output')?.value).toBeCloseTo(0.2, 12);
  });

  test('it cannot tell without inputs of every unit, or of units with fewer than ten cases', async () => {
    const none = await unitsOf(
      text(),
      jobs(kinds),
      inputs.filter(({ input }) => input === 'north'),
    );
    expect(none?.status).toBe('cannot-tell');
    expect(none?.answer).toContain('no whole period for which it is known what all depots used');
    const small = await unitsOf(text(), jobs([...kinds.slice(0, 3), { ...(kinds[3] as Kind), n: 9 }]));
    expect(small?.answer).toBe('Cannot tell: fewer than 10 cases are known of South.');
  });
});
