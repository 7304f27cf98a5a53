import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { waitCauses } from './causes.ts';
import { cycleTimeEfficiency, efficiencyWithout, type TimeSums, waitingOf } from './efficiency.ts';
import { type FoundWaits, type MadeWork, waitsOf } from './opened-log.test-support.ts';
import { readCalendar } from './read-calendar.ts';

/** Logs of a few cases and workers, with overlaps, instants, gaps and missing workers. */
const anyLog = fc
  .array(
    fc.record({
      case: fc.integer({ min: 1, max: 6 }),
      step: fc.constantFrom('a', 'b', 'c', 'd'),
      from: fc.integer({ min: 0, max: 4000 }),
      length: fc.integer({ min: 0, max: 90 }),
      worker: fc.constantFrom('', 'Ann', 'Bo', 'Cy'),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .map((rows) =>
    rows.map(
      (row): MadeWork => ({
        case: row.case,
        step: row.step,
        from: row.from,
        to: row.from + row.length,
        ...(row.worker ? { worker: row.worker } : {}),
      }),
    ),
  );

const hours = readCalendar(
  JSON.stringify({ '*': [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '09:00', endTime: '17:00' }] }),
  'hours.json',
  'UTC',
);

const found = (rows: readonly MadeWork[], withHours = true): Promise<FoundWaits> =>
  waitsOf(rows, withHours ? { hours } : {});

function moved(rows: readonly MadeWork[], days: number): readonly MadeWork[] {
  const later = (minutes = 0) => minutes + Math.round(days * 1440);
  return rows.map((row) => ({ ...row, from: later(row.from), to: later(row.to) }));
}

describe('on any log', () => {
  it('the causes of each connection add up to its wait, and all connections to the total', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (rows) => {
        // `explainWaits` itself fails where the causes of any single wait do not add up to the microsecond.
        const { evidence, transitions } = await found(rows);
        for (const row of transitions)
          expect(waitCauses.reduce((sum, cause) => sum + row[cause], 0)).toBeCloseTo(row.total, 6);
        const total = transitions.reduce((sum, row) => sum + row.total, 0);
        expect(waitingOf(evidence.explained.sums) / 1e6).toBeCloseTo(total, 6);
      }),
      { numRuns: 15 },
    );
  });

  it('moving all times by whole weeks changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (rows) => {
        const here = await found(rows);
        const there = await found(moved(rows, 7 * 3));
        expect(there.transitions).toEqual(here.transitions);
      }),
      { numRuns: 6 },
    );
  });

  it('without hours, moving all times by any constant changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (rows) => {
        const here = await found(rows, false);
        const there = await found(moved(rows, 3.7), false);
        expect(there.transitions).toEqual(here.transitions);
      }),
      { numRuns: 6 },
    );
  });

  it('the log again under new case ids, by other workers, doubles counts and leaves medians', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, async (rows) => {
        const again = rows.map((row) => ({
          ...row,
          case: `again ${row.case}`,
          ...(row.worker ? { worker: `${row.worker} too` } : {}),
        }));
        const once = (await found(rows)).evidence;
        const twice = (await found([...rows, ...again])).evidence;
        // More cases tell more surely which steps are worked side by side; the rest must double.
        fc.pre(
          JSON.stringify(once.explained.concurrent.pairs()) ===
            JSON.stringify(twice.explained.concurrent.pairs()),
        );
        const plain = (evidence: typeof once) => evidence.connections.map((row) => ({ ...row }));
        const doubled = plain(once).map((row) => ({
          ...row,
          count: 2 * row.count,
          cases: 2 * row.cases,
          total: 2 * row.total,
          ...Object.fromEntries(waitCauses.map((cause) => [cause, 2 * row[cause]])),
          median: row.median,
          p90: expect.any(Number),
        }));
        expect(plain(twice)).toEqual(doubled);
      }),
      { numRuns: 6 },
    );
  });

  it('removing a cause never lowers the efficiency', () => {
    const micros = fc.nat({ max: 1e12 });
    const sums = fc.record(
      Object.fromEntries(['processing', 'declared', ...waitCauses].map((key) => [key, micros])),
    ) as unknown as fc.Arbitrary<TimeSums>;
    fc.assert(
      fc.property(sums, fc.constantFrom(...waitCauses), (time, cause) => {
        const whole = cycleTimeEfficiency(time);
        fc.pre(whole !== null);
        const without = efficiencyWithout(time, { key: cause, title: '', meaning: '', of: [cause] });
        expect(without ?? 1).toBeGreaterThanOrEqual(whole as number);
      }),
    );
  });
});
