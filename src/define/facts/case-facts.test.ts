import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workingDaysBetween } from '../../core/index.ts';
import {
  type ColumnSpec,
  type ColumnValues,
  canonicalTables,
  identifier,
  openDuckdb,
  type Row,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { parseCharter } from '../load.ts';
import { type Facts, prepareFacts } from './case-facts.ts';

const charterText = `
wellspent: 1
service: permits
title: Permits
version: 1.0.0
effective: 2024-01-01
owner: Head of permits
purpose: People get a permit.
timezone: Europe/London
calendar: england-and-wales
reporting: {grain: month}
extracts: []
outcomes: [{id: permit, title: A permit}]
outputs: [{id: permits, title: Permits, unit: permit, from: cases, where: "has('Decide')"}]
clocks:
  - {id: end-to-end, title: From application to decision, start: {step: Apply}, stop: {step: Decide}}
  - id: official
    title: The official clock
    start: {step: Apply}
    stop: {step: Decide}
    restart: [Move]
    pause:
      - {from: Ask, to: Answer}
      - {from: Query, to: Reply}
  - {id: from-opened, title: From opening, start: {column: opened}, stop: {step: [Decide, Withdraw], which: first}}
endings:
  - {id: quick, title: Quick, where: end_to_end_days <= 10}
  - {id: decided, title: Decided, where: "has('Decide')"}
  - {id: withdrawn, title: Withdrawn, where: "has('Withdraw')"}
`;

type Event = readonly [caseId: string, step: string, at: string | null, wall?: string];

/**
 * Worked out by hand.
 * a: one step a day, dates only, over the change to summer time (31 March 2024): 29 March to 5 April is 7 days.
 * b: asked twice before one answer (2 to 6 January), queried inside that pause (3 to 8): 6 days stand still.
 * c: moved on 11 January, so the official clock runs from then: 20 - 11 = 9 days; a move after the decision counts nothing.
 * d: no event has a time; e: no events; f: still open and asked; g: asked and never answered before the decision.
 */
const events: readonly Event[] = [
  ['a', 'Apply', '2024-03-29T00:00:00Z', '2024-03-29T00:00:00Z'],
  ['a', 'Decide', '2024-04-04T23:00:00Z', '2024-04-05T00:00:00Z'],
  ['b', 'Apply', '2024-01-01T12:00:00Z'],
  ['b', 'Ask', '2024-01-02T12:00:00Z'],
  ['b', 'Query', '2024-01-03T12:00:00Z'],
  ['b', 'Ask', '2024-01-04T12:00:00Z'],
  ['b', 'Answer', '2024-01-06T12:00:00Z'],
  ['b', 'Reply', '2024-01-08T12:00:00Z'],
  ['b', 'Decide', '2024-01-21T00:00:00Z'],
  ['c', 'Apply', '2024-01-01T09:00:00Z'],
  ['c', 'Ask', '2024-01-02T09:00:00Z'],
  ['c', 'Answer', '2024-01-05T09:00:00Z'],
  ['c', 'Move', '2024-01-07T09:00:00Z'],
  ['c', 'Move', '2024-01-11T09:00:00Z'],
  ['c', 'Decide', '2024-01-20T09:00:00Z'],
  ['c', 'Move', '2024-01-25T09:00:00Z'],
  ['d', 'Apply', null],
  ['d', 'Withdraw', null],
  ['f', 'Apply', '2024-02-01T08:00:00Z'],
  ['f', 'Ask', '2024-02-03T08:00:00Z'],
  ['g', 'Apply', '2024-02-01T08:00:00Z'],
  ['g', 'Ask', '2024-02-03T08:00:00Z'],
  ['g', 'Decide', '2024-02-11T08:00:00Z'],
];

const attributes: readonly ColumnSpec[] = [
  ...canonicalTables.cases,
  { name: 'Odd "name"', kind: 'text' },
  { name: 'age', kind: 'number' },
];

const micros = (iso: string | null | undefined) => (iso ? BigInt(Date.parse(iso)) * 1000n : null);

async function fill(
  warehouse: Warehouse,
  table: string,
  columns: readonly ColumnSpec[],
  rows: readonly Readonly<Record<string, string | number | bigint | null>>[],
): Promise<void> {
  await warehouse.createTable(table, columns);
  const values: ColumnValues[] = columns.map((column) => rows.map((row) => row[column.name] ?? null));
  await warehouse.append(table, columns, values);
}

async function fillTables(warehouse: Warehouse, list: readonly Event[], cases: readonly string[]) {
  const positions = new Map<string, number>();
  const rows = list.map(([case_id, step, at, wall], seq) => {
    const position = at ? (positions.get(case_id) ?? 0) + 1 : null;
    if (position) positions.set(case_id, position);
    return { case_id, step, seq, at: micros(at), at_wall: micros(wall ?? at), position, kind: 'step' };
  });
  await fill(warehouse, 'events', canonicalTables.events, rows);
  await fill(
    warehouse,
    'cases',
    attributes,
    cases.map((case_id) => {
      const times = rows.flatMap((row) => (row.case_id === case_id && row.at ? [row.at] : []));
      return {
        case_id,
        type: case_id < 'c' ? 'first adult' : case_id === 'c' ? 'renewal' : null,
        'Odd "name"': `x${case_id}`,
        age: case_id === 'e' ? null : case_id.charCodeAt(0) - 90,
        opened: micros('2024-01-01T00:00:00Z'),
        first_at: times[0] ?? null,
        last_at: times.at(-1) ?? null,
      };
    }),
  );
}

describe('facts about cases', () => {
  let warehouse: Warehouse;
  let facts: Facts;
  const loaded = parseCharter(charterText, 'service.yaml');

  beforeAll(async () => {
    warehouse = await openDuckdb({ folders: [] });
    await fillTables(warehouse, events, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    facts = await prepareFacts(warehouse, loaded, {
      expressions: [
        "count('Ask') > 1",
        "before('Ask', 'Move')",
        "days_between(first('Apply'), last('Move')) > 0",
        'working_days_between(opened, closed) > 0',
      ],
    });
  });
  afterAll(() => warehouse.close());

  const column = async (name: string) => {
    const rows = await warehouse.query(sql`select * from case_facts order by case_id`);
    return Object.fromEntries(rows.map((row) => [row.case_id, row[name]]));
  };
  const holds = async (text: string) => {
    const rows = await warehouse.query(
      sql`select f.case_id from case_facts f where ${facts.condition(text, 'f')} order by f.case_id`,
    );
    return rows.map((row) => row.case_id).join('');
  };

  it('a case without a closing date has ended once it went through a step that stops a clock', async () => {
    expect(facts.ends).toMatchObject({ rule: 'stop', steps: ['Decide', 'Withdraw'] });
    const rows = await warehouse.query(
      sql`select case_id, ${facts.ends.at} = last_at as is_last from case_facts where ${facts.ends.at} is not null order by case_id`,
    );
    // c moved on after its decision; d has no times, e no events and f no decision.
    expect(rows.map(({ case_id, is_last }) => [case_id, is_last])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
      ['g', true],
    ]);
  });

  it('a clock on dates counts whole days over the change to summer time', async () => {
    expect((await column('end_to_end_days')).a).toBe(7);
    expect((await column('duration_days')).a).toBe(7);
  });

  it('a clock that only stops counts from the first start to the last stop', async () => {
    expect(await column('end_to_end_days')).toEqual({
      a: 7,
      b: 19.5,
      c: 19,
      d: null,
      e: null,
      f: null,
      g: 10,
    });
  });

  it('a restart before the stop starts the clock again, one after it does nothing', async () => {
    expect((await column('official_days')).c).toBe(9);
    expect((await column('official_restarts')).c).toBe(2);
    expect((await column('official_started')).c).toBe('2024-01-11T09:00:00.000Z');
    expect((await column('official_paused_days')).c).toBe(0);
  });

  it('pauses that overlap count once, and an unanswered pause runs to the stop', async () => {
    expect(await column('official_paused_days')).toEqual({ a: 0, b: 6, c: 0, d: 0, e: 0, f: 0, g: 8 });
    const days = await column('official_days');
    expect([days.b, days.g]).toEqual([13.5, 2]);
  });

  it('a clock that has not stopped has no days but keeps its start', async () => {
    expect((await column('official_days')).f).toBeNull();
    expect((await column('official_started')).f).toBe('2024-02-01T08:00:00.000Z');
  });

  it('a clock may run from a case column to the first of several steps', async () => {
    expect((await column('from_opened_days')).c).toBeCloseTo(19.375, 9);
  });

  it('the first ending that holds is the ending of the case', async () => {
    expect(await column('ending')).toEqual({
      a: 'quick',
      b: 'decided',
      c: 'decided',
      d: 'withdrawn',
      e: null,
      f: null,
      g: 'quick',
    });
  });

  it('every case has one row, also without events or times', async () => {
    expect(Object.keys(await column('case_id'))).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('conditions about steps hold for the right cases', async () => {
    expect(await holds("count('Ask') > 1")).toBe('b');
    expect(await holds("count('Ask') = 0")).toBe('ade');
    expect(await holds("before('Ask', 'Move')")).toBe('c');
    expect(await holds("not has('Decide')")).toBe('def');
    expect(await holds("days_between(first('Apply'), last('Move')) > 20")).toBe('c');
  });

  it('what cannot be known counts as false, also inside not, and is counted apart', async () => {
    expect(await holds("type = 'renewal'")).toBe('c');
    expect(await holds("not type = 'renewal'")).toBe('ab');
    expect(await holds("type is missing or type <> 'renewal'")).toBe('abdefg');
    const rows = await warehouse.query(
      sql`select count(*) as n from case_facts where ${facts.unknown("not type = 'renewal'")}`,
    );
    expect(rows[0]?.n).toBe(4);
  });

  it('a time is compared with a date by the date on the wall', async () => {
    expect(await holds("end_to_end_stopped >= date '2024-04-05'")).toBe('a');
    expect(await holds('date_days_between(end_to_end_started, end_to_end_stopped) = 20')).toBe('b');
    expect(await holds('month(end_to_end_stopped) = 4 and year(end_to_end_stopped) = 2024')).toBe('a');
  });

  it('the first and the last step of a case fall on the day on the wall', async () => {
    expect(await holds("last_at >= date '2024-04-05'")).toBe('a');
    expect(await holds("last_at = date '2024-04-05' and first_at = date '2024-03-29'")).toBe('a');
    const [row] = await warehouse.query<Row & { on: string }>(
      sql`select cast(${facts.wall('last_at')} as varchar) as ${identifier('on')} from case_facts where case_id = 'a'`,
    );
    expect(row?.on).toBe('2024-04-05 00:00:00');
  });

  it('working days leave out weekends and bank holidays, on the wall, as the calendar in core counts them', async () => {
    const between = 'working_days_between(end_to_end_started, end_to_end_stopped)';
    // a: from Good Friday over Easter Monday to Friday 5 April 2024.
    // b and c: from New Year's Day to the weekend of 20 and 21 January.
    expect(await holds(`${between} = 4`)).toBe('a');
    expect(await holds(`${between} = 14`)).toBe('bc');
    const rows = await warehouse.query<{ a: string; b: string; days: number; total: number }>(
      sql`select cast(cast(end_to_end_started as date) as varchar) as a, cast(cast(end_to_end_stopped as date) as varchar) as b,
          ${facts.number(between)} as days from case_facts where case_id in ('b', 'c')`,
    );
    expect(rows.map(({ a, b }) => workingDaysBetween(a, b))).toEqual(rows.map(({ days }) => days));
    const [sum] = await warehouse.query(
      sql`select sum(case when ${facts.condition(`${between} > 4`)} then 1 else 0 end) as n from case_facts`,
    );
    expect(sum?.n).toBeGreaterThan(0);
  });

  it('numbers come as doubles, and a division by nothing is unknown', async () => {
    const rows = await warehouse.query(
      sql`select ${facts.number('(age - 7) / 2')} as half, ${facts.number('1 / (age - age)')} as none from case_facts where case_id = ${'b'}`,
    );
    expect(rows[0]).toEqual({ half: 0.5, none: null });
  });

  it('odd column names are quoted', async () => {
    expect(await holds(`"Odd ""name""" in ('xa', 'xb')`)).toBe('ab');
  });

  it('every query is on record with its purpose', () => {
    expect(facts.queries[0]?.purpose).toContain('steps_1 is Apply');
    expect(facts.queries.at(-1)?.sql).toContain('case_facts');
    expect(facts.queries.every((query) => query.purpose.length > 20)).toBe(true);
  });

  it('a step that was not prepared and a column that does not exist are errors', () => {
    expect(() => facts.condition("has('Appeal')")).toThrow(
      expect.objectContaining({ code: 'CHARTER_STEP_NOT_PREPARED' }),
    );
    expect(() => facts.condition('tpye = 1')).toThrow(
      expect.objectContaining({ code: 'CHARTER_COLUMN_MISSING', hint: 'type' }),
    );
    expect(() => facts.condition('age = ')).toThrow(expect.objectContaining({ code: 'CHARTER_EXPRESSION' }));
  });

  it('a log without events gives cases with no clocks', async () => {
    const empty = await openDuckdb({ folders: [] });
    await fillTables(empty, [], ['a']);
    await prepareFacts(empty, loaded);
    const rows = await empty.query(sql`select official_days, ending, duration_days from case_facts`);
    expect(rows).toEqual([{ official_days: null, ending: null, duration_days: null }]);
    await empty.close();
  });
});
