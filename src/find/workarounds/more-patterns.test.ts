import { afterEach, describe, expect, it, test } from 'vitest';
import { drawsFor } from '../../core/index.ts';
import { type ColumnSpec, openDuckdb, type Row, sql, type Warehouse } from '../../stores/index.ts';
import type { PatternId } from './alert.ts';
import { possibleWorkarounds } from './possible-workarounds.ts';
import { type LimitedCase, linkCases, linkWindow, splitGroups } from './split-cases.ts';

/*
 * 2,400 made-up claims of twelve offices that do the same work: received, checked, sometimes chased, decided. Each row
 * has a reason and the code that goes with it; each claim an amount and a supplier. One thing is planted at a time.
 */
type Planted =
  | 'wrong-order'
  | 'words-in-text'
  | 'team-phones'
  | 'linked-values'
  | 'team-does-often'
  | 'team-uses-value'
  | 'split-cases'
  | null;

const reasons = ['new', 'renewal', 'change', 'other'] as const;
const hour = 3600;
const day = 24 * hour;
const count = 2400;
const limit = 1000;

interface Made {
  readonly warehouse: Warehouse;
  readonly planted: ReadonlySet<string>;
}

function claim(i: number, plants: Planted, planted: Set<string>) {
  const draw = drawsFor(7, 'claims');
  const id = `C${String(i).padStart(4, '0')}`;
  const office = i % 12;
  const mark = () => planted.add(id);
  const opened = 1_700_000_000 + Math.floor(i / 4) * day * 0.25 + draw(i, 1) * hour;
  const usesOther = plants === 'team-uses-value' && office === 5 && draw(i, 2) < 0.4;
  const reason = usesOther ? 'other' : (reasons[draw(i, 3) < 0.05 ? 3 : Math.floor(draw(i, 4) * 3)] ?? 'new');
  if (plants === 'team-uses-value' && office === 5 && reason === 'other') mark();
  const isUnlinked = plants === 'linked-values' && reason === 'renewal' && draw(i, 5) < 0.03;
  if (isUnlinked) mark();
  const code = isUnlinked ? 'X' : reason.slice(0, 1).toUpperCase();
  const often = plants === 'team-does-often' && office === 3;
  const chases = often ? 4 : draw(i, 6) < 0.1 ? 1 : 0;
  if (often) mark();
  const swapped = plants === 'wrong-order' && i % 197 === 17;
  if (swapped) mark();
  const names = [
    'receive',
    ...(swapped ? ['decide', 'check'] : ['check', ...Array(chases).fill('chase'), 'decide']),
  ];
  const gap = (k: number) => (k === 0 ? 0 : day * (1 + draw(i, 10 + k)));
  const noted = plants === 'words-in-text' && draw(i, 50) < 0.02;
  if (noted) mark();
  const phones = plants === 'team-phones' && office === 7 && draw(i, 51) < 0.4;
  if (phones) mark();
  // One note in ten speaks of the telephone or of e-mail by chance, whatever the office.
  const words = (k: number) =>
    noted && k === 1
      ? 'spreadsheet'
      : phones && k === 1
        ? 'phone'
        : draw(i, 60 + k) < 0.1
          ? draw(i, 70 + k) < 0.5
            ? 'email'
            : 'phone'
          : null;
  const timeOf = (k: number) => names.slice(0, k + 1).reduce((sum, _, j) => sum + gap(j), opened);
  const events = names.map((step: string, k) => ({
    id,
    seq: k,
    step,
    at: timeOf(k),
    team: `Office ${office}`,
    worker: `Office ${office} ${Math.floor(draw(i, 30 + k) * 8)}`,
    reason,
    code,
    words_in_note: words(k),
  }));
  // Ten suppliers in a hundred and twenty send two claims at once, each just below the limit.
  const pair = plants === 'split-cases' && i % 120 < 2;
  if (pair) mark();
  const supplier = pair ? `S${Math.floor(i / 120)}` : `S${100 + Math.floor(draw(i, 8) * 600)}`;
  const amount = pair ? 900 + (i % 2) * 50 : 50 + 500 * draw(i, 9) ** 3;
  return { id, opened, supplier, amount, events };
}

async function made(plants: Planted): Promise<Made> {
  const planted = new Set<string>();
  const claims = Array.from({ length: count }, (_, i) => claim(i, plants, planted));
  const warehouse = await openDuckdb({ folders: [] });
  const rows = claims.flatMap(({ events }) => events);
  const micros = (values: readonly number[]) =>
    Float64Array.from(values, (seconds) => Math.round(seconds) * 1e6);
  const of = (kind: ColumnSpec['kind'], ...names: readonly string[]): readonly ColumnSpec[] =>
    names.map((name) => ({ name, kind }));
  const times = micros(rows.map(({ at }) => at));
  const none = new Float64Array(rows.length).fill(Number.NaN);
  const columns = [
    ...of('text', 'case_id'),
    ...of('integer', 'seq'),
    ...of('text', 'step', 'team', 'worker', 'reason', 'code', 'words_in_note', 'kind'),
    ...of('timestamp', 'at', 'at_wall', 'logged'),
    ...of('number', 'processing', 'minutes'),
  ];
  await warehouse.createTable('events', columns);
  await warehouse.append('events', columns, [
    rows.map(({ id }) => id),
    Float64Array.from(rows, ({ seq }) => seq),
    ...(['step', 'team', 'worker', 'reason', 'code', 'words_in_note'] as const).map((name) =>
      rows.map((row) => row[name]),
    ),
    rows.map(() => 'step'),
    times,
    times,
    none,
    none,
    none,
  ]);
  const ofCases = [
    ...of('text', 'case_id', 'type', 'outcome', 'supplier'),
    ...of('integer', 'events'),
    ...of('number', 'amount'),
    ...of('timestamp', 'opened', 'closed'),
  ];
  await warehouse.createTable('cases', ofCases);
  await warehouse.append('cases', ofCases, [
    claims.map(({ id }) => id),
    claims.map(() => 'claim'),
    claims.map(() => 'done'),
    claims.map(({ supplier }) => supplier),
    Float64Array.from(claims, ({ events }) => events.length),
    Float64Array.from(claims, ({ amount }) => amount),
    micros(claims.map(({ opened }) => opened)),
    micros(claims.map(({ events }) => events.at(-1)?.at ?? 0)),
  ]);
  return { warehouse, planted };
}

const opened: Warehouse[] = [];
afterEach(async () => {
  for (const warehouse of opened.splice(0)) await warehouse.close();
});

const limits = [
  { id: 'approval', title: 'Claims that need no approval', amount: 'amount', limit, unites: ['supplier'] },
];

async function search(plants: Planted, pattern: PatternId | null) {
  const { warehouse, planted } = await made(plants);
  opened.push(warehouse);
  const { found, alerts } = await possibleWorkarounds(warehouse, [], [], { limits });
  const rows = await warehouse.query<Row & { case_id: string }>(
    sql`select distinct c.case_id as case_id from pattern_alerts as a join pattern_cases as c on c.number = a.case_no where a.pattern = ${pattern ?? ''}`,
  );
  return { found, alerts, planted, flagged: new Set(rows.map(({ case_id }) => case_id)) };
}

describe('patterns of order, values, teams and split cases', () => {
  it('find nothing where nothing was planted', async () => {
    const { found, alerts } = await search(null, null);
    expect(found.map(({ pattern }) => pattern)).toEqual([]);
    expect(alerts.filter(({ pattern }) => pattern === 'split-cases')).toEqual([
      { pattern: 'split-cases', raised: expect.any(Number), kept: 0 },
    ]);
  });

  it.for([
    'wrong-order',
    'words-in-text',
    'linked-values',
    'team-does-often',
    'team-uses-value',
    'split-cases',
  ] as const)('find what was planted, and little else: %s', async (pattern) => {
    const { found, planted, flagged } = await search(pattern, pattern);
    const hits = [...planted].filter((id) => flagged.has(id)).length;
    expect(planted.size).toBeGreaterThanOrEqual(10);
    expect(hits / planted.size).toBeGreaterThanOrEqual(0.9);
    expect(hits / flagged.size).toBeGreaterThanOrEqual(0.8);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(4);
  });
});

test('a team whose notes speak of the telephone three times as often as others is told, chance is not', async () => {
  const { found, planted, flagged } = await search('team-phones', 'words-in-text');
  const hits = [...planted].filter((id) => flagged.has(id)).length;
  expect(hits).toBe(planted.size);
  expect(hits / flagged.size).toBeGreaterThanOrEqual(0.8);
  expect(found.map(({ pattern, cluster }) => [pattern, cluster?.attribute])).toEqual([
    ['words-in-text', 'phone in Office 7'],
  ]);
});

const small = (number: number, start: number, amount: number, key = 'a'): LimitedCase => ({
  number,
  type: 't',
  key,
  start,
  amount,
});

test('cases are linked by key and by time, one after the other', () => {
  const cases = [
    small(1, 0, 10),
    small(2, 50, 10),
    small(3, 100, 10),
    small(4, 300, 10),
    small(5, 60, 10, 'b'),
  ];
  expect(linkCases(cases, 60).map((group) => group.map(({ number }) => number))).toEqual([[1, 2, 3]]);
});

test('the window is half the mean time between starts, and a day at least where there are under ten a day', () => {
  expect(linkWindow([0, 100, 200])).toBe(50);
  expect(linkWindow([0, 5 * day, 10 * day])).toBe(2.5 * day);
  expect(linkWindow([0, 0.5 * day, day])).toBe(day);
  expect(linkWindow([5])).toBe(day / 2 - day / 2);
});

test('amounts that fall as they may are no split, however many pass the limit together', () => {
  const alike = Array.from({ length: 200 }, (_, i) =>
    small(i, Math.floor(i / 2) * 10 * day, 600, `k${Math.floor(i / 2)}`),
  );
  expect(splitGroups(alike, 1000, day)).toMatchObject({ chance: 1 });
  const kept = alike.map((each) => ({ ...each, amount: each.number < 40 ? 900 : 100 }));
  const singles = Array.from({ length: 400 }, (_, i) => small(1000 + i, i * day, 100, `s${i}`));
  const { groups, chance } = splitGroups([...kept, ...singles], 1000, day);
  expect(groups).toHaveLength(20);
  expect(chance).toBeLessThan(0.01);
});
