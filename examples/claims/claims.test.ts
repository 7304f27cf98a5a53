import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { answerMonday, cautionBeside, type Question } from '../../src/answers/index.ts';
import { runCalc } from '../../src/calc/index.ts';
import { provenance, type Result } from '../../src/core/index.ts';
import { find } from '../../src/find/index.ts';
import { faultsOfRowsBehind } from '../../src/find/rows/rows-behind.test-support.ts';
import { buildWorkspace, openWorkspace } from '../../src/ingest/index.ts';
import { type effortReturn, measure } from '../../src/measure/index.ts';
import { holds, read } from '../made-data/results.test-support.ts';
import { type BuildOptions, buildExample } from './build.ts';

const { planted, realised } = parse(readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'claims-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Measures the example, its charter changed first where a test asks what the page says then. */
async function resultsOf(
  name: string,
  options: BuildOptions = {},
  change: (charter: string) => string = (charter) => charter,
): Promise<{ measured: readonly Result[]; found: readonly Result[]; rowFaults: readonly string[] }> {
  const dir = join(folder, name);
  await buildExample(dir, options);
  const charter = join(dir, 'service.yaml');
  writeFileSync(charter, change(readFileSync(charter, 'utf8')));
  await buildWorkspace(dir);
  const workspace = await openWorkspace(dir);
  const measured = await measure(workspace, { replicates: 50 });
  const found = name === 'default' ? await find(workspace) : [];
  const rowFaults = name === 'default' ? await faultsOfRowsBehind(workspace, { measured }) : [];
  await workspace.close();
  return { measured, found, rowFaults };
}

describe('claims: the truth is recovered from the data alone', () => {
  let measured: readonly Result[];
  let monday: readonly Question[];
  let rowFaults: readonly string[];
  beforeAll(async () => {
    const results = await resultsOf('default');
    measured = results.measured;
    rowFaults = results.rowFaults;
    const nothing: Result = {
      ...{ id: 'none', question: '', answer: '', status: 'cannot-tell' },
      ...{ figures: [], tables: [], charts: [], caveats: [], next: [] },
      provenance: provenance({ method: 'none' }),
    };
    monday = answerMonday({ charter: nothing, data: nothing, measure: measured, find: results.found });
  });

  it('is the data that truth.yaml speaks of', () => {
    expect(readFileSync(join(folder, 'default', 'truth.yaml'), 'utf8')).toBe(
      readFileSync(new URL('truth.yaml', import.meta.url), 'utf8'),
    );
  });

  it('every figure leads to its rows and to those left out, and they give it again', () => {
    expect(rowFaults).toEqual([]);
  });

  it('plants what it says, within the luck of one draw', () => {
    expect(realised.before.overpaid_share).toBeCloseTo(planted.leakage.before, 2);
    expect(realised.after.overpaid_share).toBeCloseTo(planted.leakage.after, 2);
    expect(realised.before.handling).toBeCloseTo(planted.handling.before, 0);
    expect(realised.after.handling).toBeCloseTo(planted.handling.after, 1);
    expect(Math.abs(realised.cost_generated_change - planted.cost_generated)).toBeLessThan(8);
    expect(realised.next_minute).toBeCloseTo(planted.next_minute.pounds, 0);
  });

  it('says beside productivity and value that pounds paid wrongly are not in them, and what can be told', () => {
    for (const id of ['productivity', 'contributions', 'value'])
      expect(measured.find((one) => one.id === id)?.caveats.join(' '), id).toContain('Pounds paid wrongly');
    expect(measured.find(({ id }) => id === 'value')?.answer).toMatch(
      / Each pound buys more output \(\+\d+\.\d%.*\)\. The weighted figure of quality .* hides that/,
    );
  });

  it('counts claims, payments and handling cost exactly as they were made', () => {
    const rows = read(measured, 'cost-generated').rows('audit');
    expect(rows).toHaveLength(2);
    for (const [i, own] of [realised.before, realised.after].entries()) {
      expect(rows[i]).toMatchObject({ cases: own.claims, audited: own.audited });
      expect(rows[i]?.paid).toBeCloseTo(own.mean_paid, 4);
    }
    const [handling] = read(measured, 'cost-generated').rows('per-case');
    expect(handling?.earlier).toBeCloseTo(realised.before.handling, 4);
    expect(handling?.later).toBeCloseTo(realised.after.handling, 4);
  });

  it('finds what was over- and underpaid over all claims within the range from 3% of them', () => {
    const { figure, rows } = read(measured, 'cost-generated');
    for (const [when, own] of [
      ['earlier', realised.before],
      ['later', realised.after],
    ] as const) {
      expect(holds(figure(`overpaid-${when}`), own.overpaid_share)).toBe(true);
      expect(holds(figure(`underpaid-${when}`), own.underpaid_share)).toBe(true);
      expect(holds(figure(`generated-${when}`), own.generated)).toBe(true);
    }
    for (const [i, own] of [realised.before, realised.after].entries()) {
      const refused = rows('errors').filter(({ what }) => String(what).startsWith('Got nothing'));
      expect(Number(refused[i]?.low)).toBeLessThan(own.wrongly_refused_share);
      expect(Number(refused[i]?.high)).toBeGreaterThan(own.wrongly_refused_share);
    }
  });

  it('says that claims got cheaper to handle and dearer in the end, without being told where to look', () => {
    const { result, figure } = read(measured, 'cost-generated');
    expect(result?.answer).toMatch(
      /^A claim costs £37\.25 less to handle \(31\.0% more are decided for the same money\) and £\d\d\.\d\d more in the end \(95% interval £\d\d\.\d\d to £\d\d\.\d\d more\)/,
    );
    expect(result?.answer).toContain('Handling cost and claims closed point the wrong way.');
    expect(holds(figure('dearer'), realised.cost_generated_change)).toBe(true);
    expect(holds(figure('dearer'), planted.cost_generated)).toBe(true);
    expect(result?.next.join(' ')).toMatch(/by risk.*let a lot decide.*underpayment and refusals/);
  });

  it('names it on the home page beside a target that is met, and with the saving', () => {
    const [target] = read(measured, 'effectiveness').rows('targets');
    expect(Number(target?.share)).toBeGreaterThan(0.9);
    expect(monday[1]?.result.answer).toContain('Pounds paid wrongly are not in that figure');
    expect(monday[6]?.evidence).toBe('measure/cost-generated');
    expect(monday[6]?.result.answer).toContain('point the wrong way');
    expect(monday[7]?.evidence).toBe('measure/effort');
    expect(monday[9]?.result.answer).toMatch(/^The one saving named is not an efficiency \(/);
    expect(monday[9]?.result.answer).toContain('the outcome falls (G9');
    expect(monday[9]?.result.answer).toContain('What handling saves is lost, and more');
  });

  it('judges the saving by what is measured, where the charter says nothing of output or outcome', () => {
    const { result, figure, rows } = read(measured, 'savings');
    expect(result?.answer).toMatch(
      /not an efficiency, by what is measured here: the outcome falls \(G9: "The amount is right.*36\.7%, against 56\.2%.* and more is lost than is saved \(G8: £4\.\d\d million more overpaid/,
    );
    expect(result?.answer).not.toContain('claimed, not shown');
    const [rule] = rows('rules').filter(({ rule: name }) => name === 'G9');
    expect(rule).toMatchObject({ holds: false, source: 'outcome: measured here' });
    expect(rows('measured').map(({ what, evidence }) => [what, evidence])).toEqual([
      ['Output', 'measure/output'],
      ['Outcome', 'measure/after-changes'],
      ['Inputs', 'measure/inputs'],
      ['Cost moved to others', 'measure/cost-generated'],
    ]);
    const errors =
      planted.cost_generated - Number(read(measured, 'cost-generated').figure('handling')?.value);
    expect(holds(figure('net-fast-track'), 2_236_000 - 150_000 - errors * 60_000)).toBe(true);
  });

  it('says first that it is faster and wrong more often, and no average hides it', () => {
    expect(read(measured, 'value').result?.answer).toMatch(
      /^Efficiently doing the wrong thing, in part: "Decided within four weeks" rose from 65\.0% to 95\.2%, but "The amount is right to within 2%, by audit" fell from 56\.2% to 36\.7%\./,
    );
    for (const id of ['productivity', 'contributions'])
      expect(cautionBeside(id, measured)).toMatchObject({ evidence: 'measure/cost-generated' });
    expect(cautionBeside('quality', measured)).toBeNull();
  });

  it('finds £6 a minute from about 12 to 25 minutes, and the best effort by size and risk, within their ranges', () => {
    const { figure } = read(measured, 'effort');
    expect(holds(figure('saved-all'), planted.next_minute.pounds)).toBe(true);
    expect(holds(figure('best-all'), realised.best.all)).toBe(true);
    for (const [kind, best] of Object.entries<number>(realised.best)) {
      const [size, risk] = kind.split(', ');
      if (risk === undefined) continue;
      expect(holds(figure(`best-claims-of-${size}-size-and-${risk}-risk`), best)).toBe(true);
    }
  });

  it('puts the best for all claims between those of the kinds, and near the truth', () => {
    const { figure } = read(measured, 'effort');
    const kinds = Object.keys(realised.best).flatMap((kind) => {
      const [size, risk] = kind.split(', ');
      return risk === undefined
        ? []
        : [Number(figure(`best-claims-of-${size}-size-and-${risk}-risk`)?.value)];
    });
    const all = Number(figure('best-all')?.value);
    expect(all).toBeGreaterThan(Math.min(...kinds));
    expect(all).toBeLessThan(Math.max(...kinds));
    // 33.9 minutes; over 20 seeds the figure misses it by 3.5 minutes (root mean square), 6.5 with all kinds in one curve.
    expect(Math.abs(all - realised.best.all)).toBeLessThan(7);
  });

  it('says where more care pays, and that nothing can be told of claims whose minutes handlers chose', () => {
    const { result, rows } = read(measured, 'effort');
    const more = rows('best-effort').filter(({ reading }) => reading === 'more would pay');
    expect(more.map(({ kind }) => kind)).toContain('claims of large size and high risk');
    const [small] = rows('best-effort').filter(({ kind }) => kind === 'claims of small size and low risk');
    expect(small?.reading).toBe('cannot tell');
    expect(result?.caveats.join(' ')).toMatch(
      /outside the audit, it cannot be told: those who do the work choose/,
    );
  });

  it('gives its figures again by the calls under "How this was worked out"', async () => {
    const { result, figure } = read(measured, 'effort');
    const [first] = result?.provenance.recompute ?? [];
    const again = (await runCalc(String(first?.method), first?.input)) as Extract<
      ReturnType<typeof effortReturn>,
      { isTold: true }
    >;
    expect(again.bagged).toBe(figure('best-all')?.value);
    expect(again.window?.perMinute).toBe(figure('saved-all')?.value);
    const cost = read(measured, 'cost-generated');
    const [call] = cost.result?.provenance.recompute ?? [];
    const { teams } = (await runCalc(String(call?.method), call?.input)) as {
      teams: { generatedPerCase: number }[];
    };
    const change = Number(teams[1]?.generatedPerCase) - Number(teams[0]?.generatedPerCase);
    expect(change).toBeCloseTo(Number(cost.figure('dearer')?.value), 6);
  });

  it('shows nothing below ten claims', () => {
    for (const { tables } of measured)
      for (const table of tables)
        for (const { key } of table.columns.filter(({ type, ofNobody }) => type === 'count' && !ofNobody))
          for (const row of table.rows) {
            const value = row[key];
            if (typeof value === 'number' && ['cases', 'audited'].includes(key))
              expect(value === 0 || value >= 10).toBe(true);
          }
  });
});

describe('claims of which less is known', () => {
  const small = { claimsAYear: 6000 };

  it('cannot tell without an audit, or with one of chosen payments', async () => {
    const none = await resultsOf('no-audit', small, (charter) =>
      charter.replace(/ {2}audit:.*\n/, '').replace(/ {2}effort:\n[\s\S]*?groups: \[size, risk\]\n/, ''),
    );
    const { result } = read(none.measured, 'cost-generated');
    expect(result?.answer).toMatch(/^Cannot tell: nobody has looked again at a random sample of payments/);
    expect(result?.next[0]).toContain('by lot');
    expect(read(none.measured, 'effort').result).toBeUndefined();
    const chosen = await resultsOf('chosen', small, (charter) => charter.replace('at-random', 'by-choice'));
    expect(read(chosen.measured, 'cost-generated').result?.answer).toContain(
      'were chosen and speak for no others',
    );
    expect(read(chosen.measured, 'effort').result?.answer).toMatch(
      /^Cannot tell: no payments were audited at random/,
    );
  });

  it('cannot tell what effort is worth where those who do the work chose it by difficulty', async () => {
    const { measured } = await resultsOf('by-difficulty', small, (charter) =>
      charter.replace(/ {4}by_chance:.*\n/, ''),
    );
    const { result } = read(measured, 'effort');
    expect(result?.status).toBe('cannot-tell');
    expect(result?.answer).toMatch(
      /^Cannot tell: those who do the work choose how long they take and give harder/,
    );
    expect(result?.next[0]).toContain('let a lot or the queue set the minutes');
  });
});

describe('claims without the trap', () => {
  it.each([11, 12])('reports none, seed %i', async (seed) => {
    const { measured } = await resultsOf(`clean-${seed}`, { seed, clean: true, claimsAYear: 12_000 });
    const { result, figure } = read(measured, 'cost-generated');
    expect(figure('dearer')).toBeUndefined();
    expect(result?.answer).not.toContain('wrong way');
    expect(result?.answer).toMatch(
      /^A claim costs £37\.2\d less to handle and £\d\d\.\d\d less in the end|^Cannot tell yet/,
    );
  });
});
