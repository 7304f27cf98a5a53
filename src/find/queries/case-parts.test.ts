import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { identifier, openDuckdb, sql, type Warehouse } from '../../stores/index.ts';
import { addUp, caseParts, runInParts } from './case-parts.ts';

const columns = [
  { name: 'case_id', kind: 'text' },
  { name: 'events', kind: 'integer' },
] as const;

describe('a log in parts by range of cases', () => {
  let warehouse: Warehouse;

  beforeAll(async () => {
    warehouse = await openDuckdb({ folders: [] });
  });
  afterAll(() => warehouse.close());

  async function fill(cases: readonly (readonly [string, number])[]) {
    await warehouse.createTable('cases', columns);
    await warehouse.append('cases', columns, [cases.map(([id]) => id), cases.map(([, events]) => events)]);
  }

  async function sizes(most: number) {
    const parts = await caseParts(warehouse, most);
    return runInParts<{ cases: number; events: number }>(
      warehouse,
      parts,
      (part) => ({
        name: 'sizes',
        purpose: 'Cases and events of each part.',
        sql: sql`select count(*) as cases, coalesce(sum(events), 0) as events from cases where ${part}`,
      }),
      [],
    );
  }

  it('a small log is one part without a condition', async () => {
    await fill([
      ['a', 3],
      ['b', 4],
    ]);
    expect(await caseParts(warehouse)).toEqual({ events: 7, conditions: [sql`true`] });
  });

  it('a log without cases is one part', async () => {
    await fill([]);
    expect(await caseParts(warehouse)).toEqual({ events: 0, conditions: [sql`true`] });
  });

  it('cases whose names begin alike are parted by what follows', async () => {
    await fill(
      Array.from(
        { length: 1000 },
        (_, i) => [`GOV-UK-SERVICE-2026-${String(i).padStart(6, '0')}`, 2] as const,
      ),
    );
    const parts = await sizes(100);
    expect(parts.map(({ events }) => events).every((events) => events <= 100)).toBe(true);
    expect(parts.length).toBeLessThanOrEqual(40);
    expect(parts.reduce((sum, { cases }) => sum + cases, 0)).toBe(1000);
  });

  it('every case lies in one part, and no part of several cases holds more than was asked', async () => {
    const id = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '\u{1F600}', '\uFFFD'), minLength: 1, maxLength: 8 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(
            id.filter((text) => !text.includes('\0') && text.isWellFormed()),
            fc.integer({ min: 0, max: 9 }),
          ),
          {
            selector: ([name]) => name,
            maxLength: 60,
          },
        ),
        async (cases) => {
          await fill(cases);
          const parts = await sizes(10);
          expect(parts.reduce((sum, part) => sum + part.cases, 0)).toBe(cases.length);
          expect(parts.reduce((sum, part) => sum + part.events, 0)).toBe(
            cases.reduce((sum, [, n]) => sum + n, 0),
          );
          for (const { events } of parts) expect(events).toBeLessThanOrEqual(10);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('a step run in parts is noted once, with how often it ran', async () => {
    await fill([
      ['a', 6],
      ['b', 6],
    ]);
    const log: { purpose: string }[] = [];
    const step = { name: 'ids', purpose: 'The cases.' };
    const rows = await runInParts(
      warehouse,
      await caseParts(warehouse, 6),
      (part) => ({ ...step, sql: sql`select ${identifier('case_id')} from cases where ${part}` }),
      log as never,
    );
    expect(rows).toEqual([{ case_id: 'a' }, { case_id: 'b' }]);
    expect(log.map(({ purpose }) => purpose)).toEqual(['The cases. Run for 2 ranges of cases and added up.']);
  });

  it('rows with the same keys are added up, and an unknown adds nothing to what is known', () => {
    const rows = [
      { step: 'a', cases: 2, minutes: null },
      { step: 'b', cases: 1, minutes: null },
      { step: 'a', cases: 3, minutes: 4 },
      { step: 'a', cases: 1, minutes: null },
    ];
    expect(addUp(rows, ['step'])).toEqual([
      { step: 'a', cases: 6, minutes: 4 },
      { step: 'b', cases: 1, minutes: null },
    ]);
  });
});
