import { describe, expect, it } from 'vitest';
import type { Result } from '../../core/index.ts';
import { streamOf } from '../gaming/made-data.test-support.ts';
import { thresholdWindow } from '../gaming/threshold-window.ts';
import { measure } from '../index.ts';
import { charterText, madeWorkspace } from '../made-workspace.test-support.ts';

const head = `
outcomes: [{ id: in-time, title: In time, measure: in-time }]
outputs: [{ id: seen, title: People seen, unit: person, from: volumes }]
quality:
  - { id: in-time, title: Seen in time, outputs: all, from: quality, direction: higher, weight: 1, weight_source: ours }
`;

const months = Array.from(
  { length: 24 },
  (_, m) => `${2024 + Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}-01`,
);

/** Two years of totals, and shares of 60 units a month about 93%, of which some below 95% come out above it. */
function rowsOf(crowding: number) {
  const u = streamOf('trust', 1);
  const shares = months.flatMap((period) =>
    Array.from({ length: 60 }, (_, unit) => {
      const share = 0.86 + 0.13 * u();
      const isMoved = share >= 0.94 && share < 0.95 && u() < crowding;
      return {
        period,
        unit: `u${unit}`,
        measure: 'of-unit',
        value: isMoved ? 0.95 + 0.004 * u() : share,
        n: 1000,
      };
    }),
  );
  return {
    volumes: months.map((period) => ({ period, output: 'seen', quantity: 60_000 })),
    quality: [
      ...shares.map((row) => ({ ...row, output: null })),
      ...months.map((period) => ({
        period,
        unit: null,
        output: 'seen',
        measure: 'in-time',
        value: 0.93,
        n: 60_000,
      })),
    ],
  };
}

async function trustOf(charter: string, crowding = 0): Promise<Result> {
  const workspace = await madeWorkspace(
    charterText('{ grain: month }', `${head}${charter}`),
    rowsOf(crowding),
  );
  const results = await measure(workspace, { replicates: 20 });
  await workspace.close();
  const trust = results.find(({ id }) => id === 'trust');
  if (!trust) throw new Error('no Result "trust"');
  return trust;
}

const target = `
targets:
  - id: t
    title: The target
    at_least: 0.95
    compare_with: in-time
`;
const units = `    units: { column: unit, measure: of-unit, title: offices, window: 0.005, bandwidth: 0.02 }
`;
const definition = (fields: string) => `    definition: { ${fields} }
`;
const faultless =
  'tail_reported: true, stop_is_final_outcome: true, maturity_days: 0, respondents: all, self_reported: false, source: cases, effective_from: 2024-01-01, target_history: [], same_cohort: true, clock_pauses: [], clock_restarts_on: [], paired: [{ metric: errors, role: counter }]';
const table = (result: Result, id: string) => result.tables.find((one) => one.id === id)?.rows ?? [];

describe('which green numbers not to trust', () => {
  it('cannot be told without targets', async () => {
    const trust = await trustOf('');
    expect(trust.status).toBe('cannot-tell');
    expect(trust.next[0]).toMatch(/under "targets"/);
  });

  it('a rule that needs what nobody said is not checked, and the field is named', async () => {
    const trust = await trustOf(target);
    expect(trust.status).toBe('caution');
    const rows = table(trust, 'rules');
    expect(rows.every((row) => row.state === 'not checked')).toBe(true);
    expect(rows.find((row) => row.rule === 'M05')?.repair).toMatch(/tail_reported/);
    expect(trust.answer).toMatch(/definitions of the targets are not complete/);
    expect(trust.caveats.join(' ')).toMatch(/No screen was run/);
  });

  it('a target that is missed in any case says so, and stands after those that are met', async () => {
    const at = (id: string, level: number) =>
      `  - { id: ${id}, title: Target ${id}, at_least: ${level}, compare_with: in-time, definition: { tail_reported: false } }\n`;
    const missed = await trustOf(`targets:\n${at('high', 0.99)}`);
    expect(missed.answer).toMatch(
      /^By its definition "Target high", which reads \d\d\.\d% in .+ against 99\.0% and is missed in any case, can mislead in /,
    );
    const both = await trustOf(`targets:\n${at('high', 0.99)}${at('low', 0.5)}`);
    expect(both.answer).toMatch(
      /^By its definition "Target low" can mislead in .+, and so can 1 other target\.$/,
    );
    expect(both.figures.map(({ id }) => id)).toEqual(['trust-low', 'trust-high']);
  });

  it('crowding above the target is said in the words it allows, and no unit is named', async () => {
    const trust = await trustOf(target + definition(faultless) + units, 0.5);
    expect(trust.answer).toMatch(
      /^"The target", by shares of offices: pattern consistent with crowding just above 95%(; strength depends on the window|, under every window tried)\.$/,
    );
    for (const row of table(trust, 'screens'))
      expect(row.statement).toMatch(
        /^Pattern consistent with .+ Also consistent with: .+ To tell them apart: /,
      );
    expect(table(trust, 'windows').filter((row) => row.test === 'counts, exact')).toHaveLength(10);
    expect(trust.charts[0]).toMatchObject({ kind: 'bar', table: 'distribution' });
    const { provenance, ...shown } = trust;
    expect(JSON.stringify(shown)).not.toMatch(/"u\d+"/);
    const [again] = provenance.recompute.map(({ input }) => {
      const {
        values,
        units: names,
        ...rest
      } = input as { values: number[]; units: string[]; cut: number; width: number };
      return thresholdWindow({ shares: values, units: names, ...rest });
    });
    expect(again?.isTestable && again.p).toBeCloseTo(Number(table(trust, 'screens')[1]?.p), 12);
  });

  it('clean data and a whole definition leave nothing to say', async () => {
    const trust = await trustOf(target + definition(faultless) + units);
    expect(trust.status).toBe('sound');
    expect(trust.answer).toMatch(/^Nothing found/);
    expect(table(trust, 'rules')).toEqual([]);
  });

  it('a column that the data do not hold is said, not passed over', async () => {
    const trust = await trustOf(
      `${target}${definition(faultless)}    units: { column: office, measure: of-unit }\n`,
    );
    expect(table(trust, 'screens')[0]?.statement).toMatch(
      /^Not testable, because the data hold no shares of units/,
    );
  });

  it('shares of units are no quality measure, and no caveat says that they are unknown', async () => {
    const workspace = await madeWorkspace(charterText('{ grain: month }', head + target + units), rowsOf(0));
    const results = await measure(workspace, { replicates: 20 });
    await workspace.close();
    expect(results.flatMap(({ caveats }) => caveats).join(' ')).not.toContain('of-unit');
  });
});

describe('targets counted from cases', () => {
  it('one that leaves cases out is read with its coverage, clocks and everyone beside it', async () => {
    const charter = charterText(
      '{ grain: month }',
      `
outcomes: [{ id: o, title: Decided in time, measure: quick }]
outputs: [{ id: d, title: Decisions, unit: decision, from: cases }]
quality:
  - { id: quick, title: In time, outputs: all, from: cases, share: minutes_taken < 60, direction: higher, weight: 1, weight_source: ours }
targets:
  - { id: t, title: Simple cases in time, share: minutes_taken < 60, of: kind = 'simple', at_least: 0.9, compare_with: quick }
`,
    );
    const cases = months.flatMap((month, m) =>
      Array.from({ length: 100 }, (_, i) => {
        const isSimple = i >= 10 + m;
        return {
          case_id: `${m}-${i}`,
          opened: `${month}T09:00:00Z`,
          opened_wall: `${month}T09:00:00Z`,
          closed: `${month.slice(0, 8)}${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z`,
          closed_wall: `${month.slice(0, 8)}${String(1 + (i % 28)).padStart(2, '0')}T10:00:00Z`,
          kind: isSimple ? 'simple' : 'complex',
          minutes_taken: isSimple ? 30 : 90,
        };
      }),
    );
    const workspace = await madeWorkspace(charter, { cases });
    const results = await measure(workspace, { replicates: 20 });
    await workspace.close();
    const trust = results.find(({ id }) => id === 'trust');
    expect(trust?.answer).toMatch(
      /^"Simple cases in time" reads 100\.0% and is met, but for everyone it is 7\d\.\d%\./,
    );
    expect(trust?.answer).toContain(
      '"Simple cases in time": pattern consistent with cases being left out of the count',
    );
    expect(
      table(trust as Result, 'rules')
        .filter((row) => row.state === 'yes')
        .map((row) => row.rule),
    ).toEqual(['M03']);
    expect(table(trust as Result, 'screens')[0]?.statement).toMatch(
      /^Pattern consistent with cases being left out/,
    );
  });
});
