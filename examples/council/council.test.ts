import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CellValue, Result } from '../../src/core/index.ts';
import { find } from '../../src/find/index.ts';
import { faultsOfRowsBehind } from '../../src/find/rows/rows-behind.test-support.ts';
import { buildWorkspace, openWorkspace } from '../../src/ingest/index.ts';
import { measure } from '../../src/measure/index.ts';
import { hiddenInVain } from '../made-data/hidden-numbers.test-support.ts';
import { buildExample } from './build.ts';

const { planted, realised } = parse(readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'council-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function resultsOf(name: string, options: { readonly seed?: number; readonly effect?: number } = {}) {
  const dir = join(folder, name);
  await buildExample(dir, options);
  await buildWorkspace(dir);
  const workspace = await openWorkspace(dir);
  const measured = await measure(workspace, { replicates: 200 });
  const found = await find(workspace);
  const rowFaults = name === 'default' ? await faultsOfRowsBehind(workspace, { measured, found }) : [];
  await workspace.close();
  return { measured, found, rowFaults };
}

type Rows = readonly Readonly<Record<string, CellValue>>[];

function afterChanges(measured: readonly Result[]) {
  const result = measured.find(({ id }) => id === 'after-changes');
  const rowsOf = (table: string): Rows => result?.tables.find(({ id }) => id === table)?.rows ?? [];
  return { result, rows: rowsOf('before-and-after'), behind: rowsOf('behind') };
}

describe('council: small numbers, honest silence', () => {
  let measured: readonly Result[];
  let found: readonly Result[];
  let rowFaults: readonly string[];
  beforeAll(async () => {
    ({ measured, found, rowFaults } = await resultsOf('default'));
  });

  it('is the data that truth.yaml speaks of', () => {
    expect(readFileSync(join(folder, 'default', 'truth.yaml'), 'utf8')).toBe(
      readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'),
    );
  });

  it('every figure leads to its rows and to those left out, and they give it again', () => {
    expect(rowFaults).toEqual([]);
  });

  it('counts decisions in time before and after each change as they were made', () => {
    const isOwn = (row: Rows[number]) => row.measure === 'Decided within eight weeks';
    const { rows, behind } = afterChanges(measured);
    const { before, after_online_form: between, after_triage: after } = realised;
    expect(behind.filter(isOwn)).toMatchObject([
      { casesBefore: between.decided, weeksBefore: 26, casesAfter: after.decided, weeksAfter: 12 },
      { casesBefore: before.decided, weeksBefore: 52, casesAfter: between.decided, weeksAfter: 26 },
    ]);
    const [triage] = rows.filter(isOwn);
    expect(triage?.before).toBeCloseTo(between.in_time_share, 6);
    expect(triage?.after).toBeCloseTo(after.in_time_share, 6);
  });

  it('says of the good quarter "not enough evidence yet", the range, and how many weeks more', () => {
    const { result } = afterChanges(measured);
    expect(result?.status).toBe('cannot-tell');
    expect(result?.answer).toMatch(/^Not enough evidence yet\. Since "A senior officer sorts/);
    expect(result?.answer).toMatch(
      /\+4\.3 points \(95% interval −\d\.\d points to \+\d\.\d points\), which chance alone could do/,
    );
    expect(result?.answer).toContain('About 14 more weeks would settle it');
    expect(result?.next[0]).toContain('neither keep nor drop');
  });

  it('holds the truth, no effect of either change, within each range', () => {
    for (const row of afterChanges(measured).rows) {
      expect(Number(row.low)).toBeLessThanOrEqual(planted.effect);
      expect(Number(row.high)).toBeGreaterThanOrEqual(planted.effect);
      expect(row.verdict).toBe('not enough evidence yet');
    }
  });

  it('cannot tell whether productivity moved, and names nothing that changed', () => {
    const of = (id: string) => measured.find((one) => one.id === id);
    expect(of('productivity')?.status).toBe('cannot-tell');
    expect(of('change')?.answer).toContain('Nothing moved by more than chance');
  });

  it('shows nothing below ten cases in any table', () => {
    // Counts of alerts and of places in an order are of nobody.
    const ofNobody = new Set(['alerts kept', 'alerts raised']);
    const small = [...measured, ...found].flatMap((result) =>
      result.tables.flatMap((table) =>
        table.columns
          .filter(
            ({ type, key, ofNobody: free }) =>
              type === 'count' && !free && !ofNobody.has(`${table.id} ${key}`),
          )
          .flatMap(({ key }) =>
            table.rows.flatMap((row) => {
              const value = row[key];
              return typeof value === 'number' && value > 0 && value < 10
                ? [`${result.id} ${table.id} ${key}: ${value}`]
                : [];
            }),
          ),
      ),
    );
    expect(small).toEqual([]);
  });

  it('publishes no number from which another of its row that is hidden can be worked out', async () => {
    const { hidden, inVain, undeclared, unprotected } = await hiddenInVain([
      ...measured.map((result) => ({ ...result, id: `measure-${result.id}` })),
      ...found.map((result) => ({ ...result, id: `find-${result.id}` })),
    ]);
    expect(hidden).toBeGreaterThan(50);
    expect({ inVain, undeclared, unprotected }).toEqual({ inVain: [], undeclared: [], unprotected: [] });
  });
});

describe('council with another seed', () => {
  it.each([21, 22])('reports no difference where none was made, seed %i', async (seed) => {
    const { measured } = await resultsOf(`none-${seed}`, { seed });
    expect(afterChanges(measured).rows.map(({ verdict }) => verdict)).toEqual(
      Array(4).fill('not enough evidence yet'),
    );
  });

  it('reports a difference of fifteen points where it was made, and still claims no cause', async () => {
    const { measured } = await resultsOf('effect', { seed: 21, effect: 0.15 });
    const { result, rows } = afterChanges(measured);
    expect(rows.map(({ verdict }) => verdict)).toContain('better since');
    expect(result?.answer).toContain('not yet shown to come from the change');
    const row = rows.find(({ verdict }) => verdict === 'better since');
    expect(Number(row?.low)).toBeLessThanOrEqual(0.15);
    expect(Number(row?.high)).toBeGreaterThanOrEqual(0.15);
  });
});
