import { describe, expect, it } from 'vitest';
import { type CellValue, type Figure, provenance, type Result, type Table } from '../../core/index.ts';
import { disclosureProfiles } from '../../stats/index.ts';
import { protectResults } from './protect-results.ts';

const tenFive = disclosureProfiles['10-5'];
const changeOf = ['earlier', 'later'];

function growthTable(counts: readonly (readonly [string, number, number])[]): Table {
  return {
    id: 'changes',
    title: 'Growth',
    columns: [
      { key: 'what', title: 'What', type: 'text' },
      { key: 'earlier', title: 'Earlier', type: 'count' },
      { key: 'later', title: 'Later', type: 'count' },
      { key: 'growth', title: 'Growth', type: 'growth', changeOf },
      { key: 'low', title: 'Low', type: 'growth', changeOf },
    ],
    rows: counts.map(([what, earlier, later]) => ({
      what,
      earlier,
      later,
      growth: later / earlier - 1,
      low: later / earlier - 1.2,
    })),
  };
}

const made = (parts: Partial<Result>): Result => ({
  id: 'made',
  question: 'What changed?',
  answer: 'Something.',
  status: 'sound',
  figures: [],
  tables: [],
  charts: [],
  caveats: [],
  next: [],
  provenance: provenance({ method: 'made', sources: [] }),
  ...parts,
});

const growthFigure = (value: number, low: number): Figure => ({
  id: 'growth',
  name: 'Growth',
  value,
  unit: 'growth',
  interval: { low, high: value, level: 0.95, method: 'made', meaning: 'made' },
  period: null,
});

async function published(...results: readonly Result[]) {
  const { results: shown } = await protectResults(results, tenFive);
  return shown;
}

const cellsOf = (result: Result | undefined, key: string): readonly CellValue[] =>
  (result?.tables[0]?.rows ?? []).map((row) => row[key] ?? null);

describe('growth worked out from counts', () => {
  it('is told no more finely than the counts are rounded, and not where that says next to nothing', async () => {
    const table = growthTable([
      ['Permits', 12, 15],
      ['Plans', 120, 151],
      ['Letters', 2013, 2101],
      ['Calls', 40_013, 41_127],
    ]);
    const [result] = await published(made({ tables: [table] }));
    // One count of five in 120 is 4 points, in 2,013 a quarter of one, in 40,013 a hundredth.
    expect(cellsOf(result, 'growth')).toEqual(['[c]', 0.25, 0.045, 0.028]);
    expect(cellsOf(result, 'low')).toEqual(['[c]', 0.05, -0.155, -0.172]);
    expect(cellsOf(result, 'earlier')).toEqual([10, 120, 2015, 40_015]);
  });

  it('of a count that may not be told is not told either, on either side', async () => {
    const table = growthTable([
      ['Permits', 3, 5],
      ['Plans', 400, 7],
      ['Letters', 4000, 5000],
    ]);
    const [result] = await published(made({ tables: [table] }));
    expect(cellsOf(result, 'growth').slice(0, 2)).toEqual(['[c]', '[c]']);
    expect(cellsOf(result, 'growth')[2]).toBe(0.25);
  });

  it('follows in figures, their ranges and sentences', async () => {
    const table = growthTable([['Letters', 2013, 2101]]);
    const growth = 2101 / 2013 - 1;
    const [result] = await published(
      made({ tables: [table], figures: [growthFigure(growth, growth - 0.2)], answer: 'It rose by 4.4%.' }),
    );
    expect(result?.figures[0]).toMatchObject({ value: 0.045, interval: { low: -0.155, high: 0.045 } });
    expect(result?.answer).toBe('It rose by 4.5%.');
  });

  it('of few cases is in no sentence', async () => {
    const [result] = await published(
      made({
        tables: [growthTable([['Permits', 12, 15]])],
        figures: [growthFigure(0.25, 0.05)],
        answer: 'It rose by 25.0%.',
      }),
    );
    expect(result?.figures[0]).toMatchObject({ value: null, interval: null });
    expect(result?.answer).not.toContain('25.0%');
  });

  it('elsewhere in the publication is told no more finely than that of the whole', async () => {
    const table = growthTable([['Letters', 2013, 2101]]);
    const [, other] = await published(
      made({ tables: [table] }),
      made({
        id: 'value',
        figures: [growthFigure(0.0437, 0.0123)],
        answer: 'Efficiency rose by 4.4% (1.2% to 4.4%).',
      }),
    );
    expect(other?.figures[0]).toMatchObject({ value: 0.045, interval: { low: 0.01, high: 0.045 } });
    expect(other?.answer).toBe('Efficiency rose by 4.5% (1.0% to 4.5%).');
  });
});
