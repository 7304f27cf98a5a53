import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/core/index.ts';
import { faultsOfRowsBehind } from '../../src/find/rows/rows-behind.test-support.ts';
import { buildWorkspace, openWorkspace } from '../../src/ingest/index.ts';
import { measure } from '../../src/measure/index.ts';
import { buildExample } from './build.ts';
import { emergencyTables } from './tables.ts';

const shared = (name: string) => new URL(`../../../shared/data/measure/${name}`, import.meta.url);
const shipped = (name: string) => readFileSync(new URL(`data/${name}.csv`, import.meta.url), 'utf8');

const rowsOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/** The financial year of a month: 2016-17. */
function financialYear(period: string): string {
  const year = Number(period.slice(0, 4)) - (period.slice(5, 7) < '04' ? 1 : 0);
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}

/** Totals of the shipped tables by financial year and type, all types together under "all". */
function shippedTotals() {
  const totals = new Map<string, { attendances: number; breaches: number; admissions: number }>();
  const add = (
    period: string,
    output: string,
    part: 'attendances' | 'breaches' | 'admissions',
    n: number,
  ) => {
    for (const type of [output.replace('type-', ''), 'all']) {
      const key = `${financialYear(period)},${type}`;
      const total = totals.get(key) ?? { attendances: 0, breaches: 0, admissions: 0 };
      total[part] += n;
      totals.set(key, total);
    }
  };
  for (const [period = '', output = '', quantity] of rowsOf(shipped('volumes')))
    add(period, output, 'attendances', Number(quantity));
  for (const [period = '', output = '', , value, n] of rowsOf(shipped('quality')))
    add(period, output, 'breaches', Math.round(Number(n) * (1 - Number(value))));
  for (const [period = '', type = '', n] of rowsOf(shipped('admissions')))
    add(period, type, 'admissions', Number(n));
  return totals;
}

describe('tables of the emergency example', () => {
  it.skipIf(!existsSync(shared('ae_attendances.csv')))(
    'are made again from the published table to the byte',
    () => {
      const tables = emergencyTables(readFileSync(shared('ae_attendances.csv'), 'utf8'));
      for (const [name, text] of Object.entries(tables)) expect(shipped(name)).toBe(text);
    },
  );

  it.skipIf(!existsSync(shared('ae_national_expected.csv')))(
    'add up to the national totals of each financial year and type, exactly',
    () => {
      const totals = shippedTotals();
      const expected = rowsOf(readFileSync(shared('ae_national_expected.csv'), 'utf8'));
      expect(expected).toHaveLength(12);
      for (const [year, type, attendances, breaches, admissions, share] of expected) {
        const total = totals.get(`${year},${type}`);
        expect(total).toEqual({
          attendances: Number(attendances),
          breaches: Number(breaches),
          admissions: Number(admissions),
        });
        expect(1 - (total?.breaches ?? 0) / (total?.attendances ?? 1)).toBeCloseTo(Number(share), 8);
      }
    },
  );

  it('hold 36 months of three types, each once', () => {
    for (const name of ['volumes', 'quality', 'admissions']) {
      const keys = rowsOf(shipped(name)).map(([period, type]) => `${period},${type}`);
      expect(new Set(keys).size).toBe(108);
      expect(keys).toHaveLength(108);
    }
  });
});

/** The Results that the product gives of the workspace, made in a folder of its own. */
async function measured() {
  const folder = mkdtempSync(join(tmpdir(), 'emergency-'));
  try {
    await buildExample(folder);
    await buildWorkspace(folder);
    const workspace = await openWorkspace(folder);
    try {
      const results = await measure(workspace);
      return { results, rowFaults: await faultsOfRowsBehind(workspace, { measured: results }) };
    } finally {
      await workspace.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the emergency example, measured', () => {
  const ready = measured();
  const result = async (id: string) => (await ready).results.find((one) => one.id === id) as Result;

  it('every figure leads to its rows and to those left out, and they give it again', async () => {
    expect((await ready).rowFaults).toEqual([]);
  });

  it('gives the growth worked out by hand from 2016-17 to 2018-19, all types and type 1', async () => {
    const rows = (await result('output')).tables.find(({ id }) => id === 'changes')?.rows ?? [];
    const growth = (output: string) => {
      const row = rows.find(
        (one) => one.output === output && one.from === '2016 to 2017' && one.to === '2018 to 2019',
      );
      return [row?.volume, row?.quality, row?.adjusted].map((share) => (100 * Number(share)).toFixed(2));
    };
    expect(growth('All outputs')).toEqual(['6.27', '-1.25', '4.94']);
    expect(growth('Attendances at major departments (type 1)')).toEqual(['2.73', '-2.56', '0.10']);
  });

  it('says of the standard what the shares of organisations allow, and nothing stronger', async () => {
    const { answer, tables, status, caveats } = await result('trust');
    expect(answer).toContain(
      'pattern consistent with crowding just above 95%; strength depends on the window.',
    );
    expect(answer).not.toMatch(/gam(ed|ing)|proof|proves|manipulat/i);
    expect(status).toBe('caution');
    expect(caveats).toContain(
      'Pattern consistent with crowding just above 95%. Also consistent with: rounding / a legal or clinical step at that level / genuine effort by those close to it / mix. To tell them apart: compare how recorded times ended near the limit, cases moved or reclassified, and an outcome that the target does not count, for units just above and just below.',
    );
    const rows = (id: string) => tables.find((table) => table.id === id)?.rows ?? [];
    const declared = rows('windows').filter((row) => row.declared === true);
    expect(declared.map(({ test, below, above }) => [test, below, above])).toEqual([
      ['counts, exact', 99, 139],
      ['counts, each unit once', 99, 139],
      ['density', 429, 382],
    ]);
    expect(declared.map(({ p }) => Number(Number(p).toFixed(3)))).toEqual([0.011, 0.025, 0.049]);
    const densities = rows('windows').filter((row) => row.test === 'density');
    expect(densities.map(({ reach, p }) => [reach, Number(Number(p).toFixed(3))])).toEqual([
      [2, 0.049],
      [1, 0.314],
      [3, 0.001],
    ]);
  });

  it.skipIf(!existsSync(shared('ae_threshold_bins_expected.csv')))(
    'counts the shares of organisations in the expected half-point bins, exactly',
    async () => {
      const expected = rowsOf(readFileSync(shared('ae_threshold_bins_expected.csv'), 'utf8'));
      const { tables } = await result('trust');
      const bins = tables.find((table) => table.id === 'distribution')?.rows ?? [];
      expect(bins.map(({ from, to, units }) => [Number(from), Number(to), Number(units)])).toEqual(
        expected.map(([from, to, , all]) => [Number(from), Number(to), Number(all)]),
      );
    },
  );

  it('says that productivity cannot be told, and makes up no inputs', async () => {
    for (const id of ['inputs', 'productivity']) {
      const one = await result(id);
      expect(one.status).toBe('cannot-tell');
      expect(one.figures.every((figure) => figure.value === null)).toBe(true);
    }
    const { answer } = await result('effectiveness');
    expect(answer).toContain('short of the 95.0% aimed for');
    expect(answer).toContain('3 of 4 intended outcomes are not measured');
  });
});
