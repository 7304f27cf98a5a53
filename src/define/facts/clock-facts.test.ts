import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalTables, openDuckdb, sql } from '../../stores/index.ts';
import { parseCharter } from '../load.ts';
import { prepareFacts } from './case-facts.ts';

const loaded = parseCharter(
  `wellspent: 1
service: walk
title: Walk
version: 1.0.0
effective: 2024-01-01
owner: Head
purpose: A check.
timezone: UTC
reporting: {grain: month}
extracts: []
outcomes: [{id: one, title: One}]
outputs: [{id: one, title: One, unit: one, from: cases}]
clocks:
  - id: official
    title: Official
    start: {step: Apply}
    stop: {step: Decide}
    restart: [Move]
    pause: [{from: Ask, to: Answer}, {from: Query, to: Reply}]
`,
  'service.yaml',
);

const steps = ['Apply', 'Decide', 'Move', 'Ask', 'Answer', 'Query', 'Reply', 'Other'] as const;

interface Event {
  readonly step: (typeof steps)[number];
  /** Hours since the start of 2024. */
  readonly hour: number;
}

/** The clock by walking through one case event by event, as a person with a stopwatch would. */
function walked(events: readonly Event[]): number | null {
  const order = events
    .map((event, seq) => ({ ...event, seq }))
    .sort((a, b) => a.hour - b.hour || a.seq - b.seq);
  const start = order.findIndex(({ step }) => step === 'Apply');
  const stop = order.findLastIndex(({ step }) => step === 'Decide');
  const [first, last] = [order[start], order[stop]];
  if (!first || !last || last.hour < first.hour) return null;
  let hours = 0;
  let began = first.hour;
  const open = { Ask: false, Query: false };
  order.forEach((event, i) => {
    const previous = order[i - 1];
    const from = Math.max(began, previous?.hour ?? began);
    if (i <= stop && event.hour > from && !open.Ask && !open.Query) hours += event.hour - from;
    if (event.step === 'Ask' || event.step === 'Query') open[event.step] = true;
    if (event.step === 'Answer') open.Ask = false;
    if (event.step === 'Reply') open.Query = false;
    if (event.step === 'Move' && event.hour >= first.hour && i < stop) {
      hours = 0;
      began = event.hour;
    }
  });
  return hours / 24;
}

describe('clocks', () => {
  it('agree with a walk through each of 2,000 random cases, ties and overlaps included', async () => {
    const anEvent = fc.record({ step: fc.constantFrom(...steps), hour: fc.integer({ min: 1, max: 30 }) });
    const cases = fc.sample(fc.array(anEvent, { minLength: 6, maxLength: 16, size: 'max' }), {
      numRuns: 2000,
      seed: 7,
    });
    const rows = cases.flatMap((events, id) =>
      events.map((event, seq) => ({ ...event, seq, case_id: `c${id}` })),
    );
    const micros = (hour: number) => (BigInt(Date.UTC(2024, 0, 1)) + BigInt(hour) * 3_600_000n) * 1000n;
    const warehouse = await openDuckdb({ folders: [] });
    const byCase = (id: string) => rows.filter((row) => row.case_id === id);
    const position = new Map(
      cases.flatMap((_, id) =>
        byCase(`c${id}`)
          .toSorted((a, b) => a.hour - b.hour || a.seq - b.seq)
          .map((row, i) => [row, i + 1] as const),
      ),
    );
    await warehouse.createTable('events', canonicalTables.events);
    await warehouse.append(
      'events',
      canonicalTables.events,
      canonicalTables.events.map(({ name }) =>
        rows.map((row) => {
          if (name === 'case_id' || name === 'step' || name === 'seq') return row[name];
          if (name === 'at' || name === 'at_wall') return micros(row.hour);
          return name === 'position' ? (position.get(row) ?? null) : null;
        }),
      ),
    );
    await warehouse.createTable('cases', canonicalTables.cases);
    await warehouse.append(
      'cases',
      canonicalTables.cases,
      canonicalTables.cases.map(({ name }) => cases.map((_, id) => (name === 'case_id' ? `c${id}` : null))),
    );
    await prepareFacts(warehouse, loaded);
    const found = await warehouse.query<{ case_id: string; official_days: number | null }>(
      sql`select case_id, official_days from case_facts`,
    );
    await warehouse.close();
    expect(found.length).toBe(2000);
    expect(found.filter((row) => row.official_days !== null).length).toBeGreaterThan(500);
    for (const { case_id, official_days } of found) {
      const expected = walked(cases[Number(case_id.slice(1))] ?? []);
      if (expected === null) expect(official_days, case_id).toBeNull();
      else expect(official_days, `${case_id} ${JSON.stringify(byCase(case_id))}`).toBeCloseTo(expected, 9);
    }
  });
});
