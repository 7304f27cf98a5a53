import { afterEach, describe, expect, test } from 'vitest';
import type { Result } from '../core/index.ts';
import { measure } from './index.ts';
import { charterText, madeWorkspace } from './made-workspace.test-support.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
});

/**
 * Worked out by hand. Every month of two financial years has 10 cases of type "a"; in the second year 11. In
 * each month the first two took 30 days, the rest 10. Cases 1 to 6 needed no information. One case a year is of
 * region "isle", six a year are never closed, and one a month is withdrawn.
 */
function cases(months = 24) {
  const rows = [];
  for (let month = 0; month < months; month++) {
    const year = 2022 + Math.floor((month + 3) / 12);
    const text = String(((month + 3) % 12) + 1).padStart(2, '0');
    const n = month < 12 ? 10 : 11;
    for (let i = 0; i < n; i++) {
      const day = `${year}-${text}-${String(2 + i).padStart(2, '0')}T10:00:00Z`;
      rows.push({
        case_id: `${month}-${i}`,
        type: 'a',
        outcome: 'granted',
        opened: day,
        opened_wall: day,
        closed: day,
        closed_wall: day,
        last_at: day,
        days: i < 2 ? 30 : 10,
        asked: i < 6 ? 'no' : 'yes',
        region: month % 12 === 0 && i === 0 ? 'isle' : i % 2 === 0 ? 'north' : 'south',
        checked: month === 20 && i === 0 ? 'no' : 'yes',
      });
    }
    const withdrawn = `${year}-${text}-28T10:00:00Z`;
    rows.push({
      case_id: `w${month}`,
      type: 'a',
      outcome: 'withdrawn',
      opened: withdrawn,
      opened_wall: withdrawn,
      closed: withdrawn,
      closed_wall: withdrawn,
      last_at: withdrawn,
      days: 5,
      asked: 'no',
      region: 'north',
      checked: 'yes',
    });
    if (month % 2 === 0)
      rows.push({
        case_id: `o${month}`,
        type: 'a',
        outcome: null,
        opened: withdrawn,
        opened_wall: withdrawn,
        closed: null,
        closed_wall: null,
        last_at: withdrawn,
        days: 1,
        asked: 'no',
        region: 'north',
        checked: 'yes',
      });
  }
  return rows;
}

const text = charterText(
  '{grain: month, from: 2022-04-01, to: 2024-03-31}',
  `outcomes: [{id: in-time, title: Decided in time, measure: quick}, {id: right, title: Decided rightly}]
outputs:
  - {id: granted, title: Grants, unit: grant, from: cases, where: outcome = 'granted', unit_cost: cost}
quality:
  - {id: quick, title: Within 20 days, outputs: all, from: cases, share: days <= 20, direction: higher, weight: 1, weight_source: Us}
  - {id: days, title: Days taken, outputs: all, from: cases, mean: days, direction: lower, weight: 0, weight_source: Us}
targets:
  - {id: official, title: Within 20 days without a question, share: days <= 20, of: asked = 'no', at_least: 0.6, compare_with: quick}
floors:
  - {id: checked, title: Checked, share: checked = 'yes', of: outcome = 'granted', at_least: 1, why: Safety}
groups: [{id: region, title: Region, column: region}]
assumptions: [{id: cost, statement: A grant costs £50, value: 50, source: Us, owner: Finance, review: 2030-01-01}]
`,
);

async function results(rows = cases(), replicates = 300): Promise<ReadonlyMap<string, Result>> {
  const workspace = await madeWorkspace(text, { cases: rows });
  open.push(workspace);
  const all = await measure(workspace, { replicates });
  return new Map(all.map((result) => [result.id, result]));
}

const figureOf = (all: ReadonlyMap<string, Result>, id: string, figure: string) =>
  all.get(id)?.figures.find((one) => one.id === figure);
const rowsOf = (all: ReadonlyMap<string, Result>, id: string, table: string) =>
  all.get(id)?.tables.find((one) => one.id === table)?.rows ?? [];

describe('figures from cases', () => {
  test('each case counts once in its month, and every case is accounted for', async () => {
    const all = await results();
    const counted = rowsOf(all, 'output', 'volumes').map((row) => row.quantity);
    expect(counted).toEqual([...Array(12).fill(10), ...Array(12).fill(11)]);
    expect(figureOf(all, 'output', 'volume-growth')?.value).toBeCloseTo(0.1, 12);
    expect(all.get('output')?.caveats).toContain(
      'Of 288 cases, 252 count as output, 12 had not ended when the data were taken, and 24 ended in a way that is no output.',
    );
  });

  test('a share is 108 of 132, a mean is the mean, and what is not measured is named', async () => {
    const all = await results();
    expect(figureOf(all, 'effectiveness', 'measure-quick')?.value).toBeCloseTo(108 / 132, 12);
    expect(figureOf(all, 'effectiveness', 'measure-days')?.value).toBeCloseTo((24 * 30 + 108 * 10) / 132, 12);
    expect(all.get('effectiveness')?.answer).toContain('1 of 2 intended outcomes is not measured');
    expect(all.get('effectiveness')?.status).toBe('caution');
    // Quality moved from 96 of 120 to 108 of 132: 1.022727, so output with quality rose by 12.5%.
    expect(figureOf(all, 'quality', 'quality-growth')?.value).toBeCloseTo(108 / 132 / 0.8 - 1, 12);
    expect(figureOf(all, 'output', 'adjusted-growth')?.value).toBeCloseTo(0.125, 12);
  });

  test('a target says which part of the cases it covers, beside the share for everyone', async () => {
    const all = await results();
    const [row] = rowsOf(all, 'effectiveness', 'targets');
    expect(row?.share).toBeCloseTo(4 / 6, 12);
    expect(row?.coverage).toBeCloseTo(72 / 132, 12);
    expect(row?.everyone).toBeCloseTo(108 / 132, 12);
    expect(all.get('effectiveness')?.caveats.join(' ')).toContain('covers 54.5% of cases');
  });

  test('a floor of all cases is broken by one', async () => {
    const all = await results();
    expect(figureOf(all, 'floors', 'floor-checked')?.value).toBeCloseTo(131 / 132, 12);
    expect(all.get('floors')?.answer).toMatch(/^A floor is broken/);
  });

  test('a floor with too few cases lately is judged by the shortest recent span with ten or more', async () => {
    // One grant a month is checked.
    const few = cases(12).map((row) => ({
      ...row,
      checked: row.case_id.endsWith('-0') ? 'yes' : row.case_id.endsWith('-1') ? 'no' : null,
    }));
    const floorsOf = async (rows: typeof few) => {
      const workspace = await madeWorkspace(
        text
          .replace("of: outcome = 'granted', at_least: 1", "of: checked = 'yes', at_least: 1")
          .replace('to: 2024-03-31', 'to: 2023-03-31'),
        { cases: rows },
      );
      open.push(workspace);
      return (await measure(workspace, { replicates: 20 })).find(({ id }) => id === 'floors');
    };
    const year = await floorsOf(few);
    expect(year?.answer).toBe(
      'Every floor that can be told is held; closest is "Checked": too few cases in March 2023 (fewer than 10), over April 2022 to March 2023 12 of 12 (100.0%), and the floor is 100.0%.',
    );
    expect(year?.figures[0]?.period).toBe('April 2022 to March 2023');
    const quarter = await floorsOf(
      few.map((row) => ({ ...row, checked: /-[0-3]$/.test(row.case_id) ? 'yes' : null })),
    );
    expect(quarter?.answer).toContain('over January 2023 to March 2023 12 of 12');
    const never = await floorsOf(
      few.map((row) => ({ ...row, checked: row.case_id === '3-0' ? 'yes' : null })),
    );
    expect(never?.answer).toBe(
      'Cannot tell: fewer than 10 cases that the floor covers ended in March 2023 and over April 2022 to March 2023.',
    );
    expect(never?.next[0]).toMatch(/^Add earlier data, or look at each case/);
    expect(never?.tables[0]?.rows[0]?.n).toBeNull();
  });

  test('a group under ten cases is never shown alone', async () => {
    const all = await results();
    const groups = rowsOf(all, 'effectiveness', 'groups');
    expect(groups.map((row) => row.group)).not.toContain('isle');
    expect(groups.map((row) => row.group)).toContain('small groups together');
    for (const row of groups) expect(row.n === null || Number(row.n) >= 10).toBe(true);
  });

  test('counts under ten are not shown', async () => {
    const few = cases().filter((row) => !String(row.case_id).match(/^5-[3-9]$/));
    const all = await results(few);
    expect(rowsOf(all, 'output', 'volumes')[5]?.quantity).toBeNull();
    expect(rowsOf(all, 'effectiveness', 'shares')[5]).toMatchObject({ n: null, value: null, low: null });
  });

  test('a value that is missing is neither a success nor a failure', async () => {
    const gaps = cases().map((row) => (row.case_id === '13-0' ? { ...row, days: null } : row));
    const all = await results(gaps as ReturnType<typeof cases>);
    expect(figureOf(all, 'effectiveness', 'measure-quick')?.value).toBeCloseTo(108 / 131, 12);
    expect(figureOf(all, 'output', 'volume-growth')?.value).toBeCloseTo(0.1, 12);
  });

  test('under a year of data the change cannot be told yet', async () => {
    const workspace = await madeWorkspace(text.replace('to: 2024-03-31', 'to: 2022-12-31'), {
      cases: cases(9),
    });
    open.push(workspace);
    const all = await measure(workspace, { replicates: 100 });
    const change = all.find((result) => result.id === 'change');
    expect(change?.status).toBe('cannot-tell');
    expect(change?.answer).toContain('there is no year before to compare with');
  });

  test('without any case every answer is "cannot tell", and none fails', async () => {
    const workspace = await madeWorkspace(text, {});
    open.push(workspace);
    const all = await measure(workspace, { replicates: 10 });
    expect(all.map((result) => result.status)).toEqual(all.map(() => 'cannot-tell'));
    expect(all.every((result) => result.answer.startsWith('Cannot tell'))).toBe(true);
  });
});

describe('ranges', () => {
  test('the same seed gives the same bytes, whatever the order of rows', async () => {
    const first = await results(cases(), 100);
    const again = await results(cases(), 100);
    const turned = await results(cases().toReversed(), 100);
    expect(JSON.stringify([...again.values()])).toBe(JSON.stringify([...first.values()]));
    expect(JSON.stringify([...turned.values()])).toBe(JSON.stringify([...first.values()]));
  });

  test('hold the figure they stand beside', async () => {
    const all = await results();
    let seen = 0;
    for (const result of all.values())
      for (const { value, interval } of result.figures) {
        if (!interval || value === null) continue;
        seen += 1;
        expect(interval.low).toBeLessThanOrEqual(value + 1e-12);
        expect(interval.high).toBeGreaterThanOrEqual(value - 1e-12);
        expect(interval.meaning.length).toBeGreaterThan(20);
      }
    expect(seen).toBeGreaterThan(6);
  });
});
