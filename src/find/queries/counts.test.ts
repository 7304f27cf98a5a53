import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ColumnSpec, openDuckdb, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';
import { caseParts } from './case-parts.ts';
import { workEdges } from './edges.ts';
import { stepCounts } from './ends.ts';
import type { PairBits } from './handover-cases.ts';
import { handovers, teamReturns } from './handovers.ts';
import { reworkByStep, reworkTotals } from './rework.ts';
import { topVariants, variantCounts, waysOfWork } from './variants.ts';
import { prepareWorkSteps } from './work-steps.ts';

interface Made {
  readonly step: string;
  readonly team: string | null;
  readonly kind: string;
  /** Seconds; null is a row without a time, which the store keeps after the others. */
  readonly at: number | null;
}

type MadeCase = readonly Made[];

const columns: readonly ColumnSpec[] = [
  ...['case_id', 'step', 'team', 'kind', 'system', 'channel', 'prev_step', 'next_step', 'prev_team'].map(
    (name) => ({
      name,
      kind: 'text' as const,
    }),
  ),
  ...['at', 'at_wall', 'prev_at'].map((name) => ({ name, kind: 'timestamp' as const })),
  ...['seq', 'position'].map((name) => ({ name, kind: 'integer' as const })),
  ...['minutes', 'next_wait'].map((name) => ({ name, kind: 'number' as const })),
];
const caseColumns: readonly ColumnSpec[] = [
  { name: 'case_id', kind: 'text' },
  { name: 'events', kind: 'integer' },
  { name: 'variant', kind: 'text' },
  { name: 'first_at', kind: 'timestamp' },
  { name: 'last_at', kind: 'timestamp' },
];

const inOrder = (rows: MadeCase) =>
  rows.filter(({ at }) => at !== null).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
const micros = (seconds: number | null | undefined) =>
  seconds == null ? null : BigInt(seconds) * 1_000_000n;
const costs: Costs = {
  minutes: sql`minutes`,
  pounds: sql`cast(null as double)`,
  hasRates: false,
  delayDay: null,
  assumptions: [],
};

/** Loads a log as the import stores it: by case, then time, each row with its neighbours. */
async function load(warehouse: Warehouse, cases: readonly MadeCase[], reversed = false) {
  const rows = cases.flatMap((made, c) => {
    const timed = inOrder(made);
    return [...timed, ...made.filter(({ at }) => at === null)].map((row, i) => ({
      ...row,
      case_id: `case ${String(c).padStart(3, '0')}`,
      seq: i,
      system: null,
      channel: null,
      minutes: 1,
      at: micros(row.at),
      at_wall: micros(row.at),
      position: row.at === null ? null : i + 1,
      prev_step: row.at === null ? null : (timed[i - 1]?.step ?? null),
      prev_at: row.at === null ? null : micros(timed[i - 1]?.at),
      prev_team: row.at === null ? null : (timed[i - 1]?.team ?? null),
      next_step: row.at === null ? null : (timed[i + 1]?.step ?? null),
      next_wait: row.at === null || !timed[i + 1] ? null : (timed[i + 1]?.at ?? 0) - row.at,
    }));
  });
  if (reversed) rows.reverse();
  const column = (name: string) => rows.map((row) => row[name as keyof typeof row]);
  await warehouse.createTable('events', columns);
  await warehouse.append(
    'events',
    columns,
    columns.map(({ name }) => column(name)),
  );
  await warehouse.createTable('cases', caseColumns);
  await warehouse.append('cases', caseColumns, [
    cases.map((_, c) => `case ${String(c).padStart(3, '0')}`),
    cases.map((made) => made.length),
    cases.map(
      (made) =>
        inOrder(made)
          .map(({ step }) => step)
          .join(' > ') || null,
    ),
    cases.map((made) => micros(inOrder(made)[0]?.at)),
    cases.map((made) => micros(inOrder(made).at(-1)?.at)),
  ]);
}

/** The same counts, made one case at a time. */
function counted(cases: readonly MadeCase[]) {
  const work = cases
    .map((made) => inOrder(made).filter(({ kind }) => kind === 'step'))
    .filter((made) => made.length > 0);
  /** How often each mark occurs, and in how many cases. */
  const tally = (marksOf: (made: MadeCase) => readonly string[]) => {
    const found: Record<string, [number, number]> = {};
    for (const marks of work.map(marksOf)) {
      for (const mark of new Set(marks)) {
        const [count, through] = found[mark] ?? [0, 0];
        found[mark] = [count + marks.filter((other) => other === mark).length, through + 1];
      }
    }
    return found;
  };
  const pairs = (made: MadeCase, of: 'step' | 'team') =>
    made.slice(1).map((row, i) => [made[i]?.[of] ?? null, row[of]] as const);
  const again = (made: MadeCase) =>
    made.filter(({ step }, i) => made.findIndex((row) => row.step === step) !== i).map(({ step }) => step);
  const returns = (made: MadeCase) => {
    const known = made.map(({ team }) => team).filter((team) => team !== null);
    const runs = known.filter((team, i) => team !== known[i - 1]);
    return runs.filter((team, i) => team === runs[i - 2]).length;
  };
  const ways = [...Map.groupBy(work, (made) => made.map(({ step }) => step).join()).values()].map(
    ({ length }) => length,
  );
  return {
    edges: tally((made) => pairs(made, 'step').map((pair) => pair.join(' > '))),
    steps: Object.fromEntries(
      Object.entries(tally((made) => made.map(({ step }) => step))).map(([step, [, through]]) => [
        step,
        through,
      ]),
    ),
    handovers: tally((made) =>
      pairs(made, 'team').flatMap(([from, to]) =>
        from === null || to === null || from === to ? [] : [`${from} > ${to}`],
      ),
    ),
    again: tally(again),
    rework: {
      allCases: work.length,
      cases: work.filter((made) => again(made).length > 0).length,
      repeats: work.reduce((sum, made) => sum + again(made).length, 0),
    },
    returns: work.reduce((sum, made) => sum + returns(made), 0),
    ways: { variants: ways.length, single: ways.filter((n) => n === 1).length, cases: work.length },
    mostOnOneWay: Math.max(0, ...ways),
  };
}

async function found(warehouse: Warehouse, most: number, byWay: boolean, pairBits?: PairBits) {
  const parts = { ...(await caseParts(warehouse, most)), byWay };
  await prepareWorkSteps(warehouse, [], { parts });
  const byPair = (rows: readonly { from: string; to: string; count: number; cases: number }[]) =>
    Object.fromEntries(rows.map(({ from, to, count, cases }) => [`${from} > ${to}`, [count, cases]]));
  // Every row is a minute of work, so that the minutes of repeats are their number.
  const repeats = await reworkByStep(warehouse, costs, [], parts);
  for (const row of repeats) expect(row).toMatchObject({ minutes: row.repeats, pounds: null });
  return {
    edges: byPair(await workEdges(warehouse, [], parts)),
    steps: Object.fromEntries(
      (await stepCounts(warehouse, [], parts)).map(({ step, cases }) => [step, cases]),
    ),
    handovers: byPair(await handovers(warehouse, 1, [], parts, pairBits)),
    again: Object.fromEntries(repeats.map(({ step, repeats, cases }) => [step, [repeats, cases]])),
    rework: await reworkTotals(warehouse, [], [], parts),
    returns: await teamReturns(warehouse, [], parts),
    ways: await variantCounts(warehouse, waysOfWork, []),
    mostOnOneWay: (await topVariants(warehouse, waysOfWork, 1, []))[0]?.cases ?? 0,
  };
}

const row = (kinds: readonly string[]) =>
  fc.record({
    step: fc.constantFrom('a', 'b', 'c'),
    team: fc.constantFrom('North', 'South', 'West', null),
    kind: fc.constantFrom(...kinds),
    at: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 6 }),
  });
const logOf = (kinds: readonly string[]) =>
  fc.array(fc.array(row(kinds), { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 30 });

describe('counts of a log, whole and in parts', () => {
  let warehouse: Warehouse;

  beforeEach(async () => {
    warehouse = await openDuckdb({ folders: [] });
  });
  afterEach(() => warehouse.close());

  it.for([
    ['steps alone', ['step']],
    ['steps, contacts and changes of status', ['step', 'step', 'contact', 'status']],
  ] as const)('of %s they are those of counting case by case', async ([, kinds]) => {
    await fc.assert(
      fc.asyncProperty(logOf(kinds), async (drawn) => {
        // One row that is no step, where the kinds are mixed, so that neighbours are worked out anew each time.
        const cases = [...drawn, [{ step: 'a', team: null, kind: kinds.at(-1) ?? 'step', at: 1 }]];
        const truth = counted(cases);
        await load(warehouse, cases);
        expect(await found(warehouse, 1_000_000, true)).toEqual(truth);
        // Three teams make six pairs: in one number, in three, and more than two numbers hold.
        expect(await found(warehouse, 12, true, { bits: 2, numbers: 3 })).toEqual(truth);
        expect(await found(warehouse, 12, false, { bits: 2, numbers: 2 })).toEqual(truth);
      }),
      { numRuns: 12 },
    );
  });

  it('rows that do not come in order are put in order', async () => {
    const cases = Array.from({ length: 20 }, (_, c) =>
      ['North', 'South', 'North', 'West'].map((team, i) => ({ step: 'a', team, kind: 'step', at: c + i })),
    );
    await load(warehouse, cases, true);
    expect(await found(warehouse, 12, true)).toEqual(counted(cases));
  });
});
