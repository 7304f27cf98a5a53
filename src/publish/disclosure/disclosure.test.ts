import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CellValue,
  type Column,
  provenance,
  type Result,
  type Table,
  wilson,
} from '../../core/index.ts';
import { type DisclosureProfile, disclosureProfiles } from '../../stats/index.ts';
import { protectResults } from './protect-results.ts';
import { publicationSystem } from './publication-system.ts';
import { wilsonBase } from './share-base.ts';
import { isPrecise, precisionNote, roundingError } from './share-precision.ts';

const tenFive = disclosureProfiles['10-5'];

function resultOf(parts: Partial<Result>): Result {
  return {
    id: 'made',
    question: 'How many?',
    answer: 'Some.',
    status: 'sound',
    figures: [],
    tables: [],
    charts: [],
    caveats: [],
    next: [],
    provenance: provenance({ method: 'made', sources: [] }),
    ...parts,
  };
}

const column = (key: string, type: Column['type'], more: Partial<Column> = {}): Column => ({
  key,
  title: key,
  type,
  ...more,
});

const officeTable = (rows: readonly Record<string, CellValue>[], columns: readonly Column[] = []): Table => ({
  id: 'offices',
  title: 'By office',
  columns: [column('office', 'text'), column('cases', 'count'), ...columns],
  rows,
});

async function protectTable(table: Table): Promise<Table> {
  const { results } = await protectResults([resultOf({ tables: [table] })], tenFive);
  return results[0]?.tables[0] ?? table;
}

const cells = (table: Table, key: string) => table.rows.map((row) => row[key]);

describe('counts of a table', () => {
  it('that are small give way to the symbol, and so does what would give them away', async () => {
    const table = await protectTable(
      officeTable([
        { office: 'all', cases: 241 },
        { office: 'North', cases: 200 },
        { office: 'South', cases: 38 },
        { office: 'East', cases: 3 },
      ]),
    );
    expect(cells(table, 'cases')).toEqual([240, 200, '[c]', '[c]']);
  });

  it('that were withheld before they came are protected by the total all the same', async () => {
    const table = await protectTable({
      ...officeTable([
        { office: 'all', cases: 241 },
        { office: 'North', cases: 200 },
        { office: 'South', cases: 38 },
        { office: 'East', cases: null },
      ]),
      notes: ['A count of fewer than ten cases is not shown.'],
    });
    expect(cells(table, 'cases')).toEqual([240, 200, '[c]', '[c]']);
  });

  it('that tell of nobody stay as they are', async () => {
    const table = await protectTable(
      officeTable([{ office: 'North', cases: 52, steps: 7 }], [column('steps', 'count', { ofNobody: true })]),
    );
    expect(table.rows).toEqual([{ office: 'North', cases: 50, steps: 7 }]);
  });
});

describe('columns that add up', () => {
  const batches = (rows: readonly (readonly [number, number, number])[]) => ({
    id: 'batches',
    title: 'Batches',
    columns: [
      column('step', 'text'),
      column('all', 'count'),
      column('atOnce', 'count'),
      column('overlapping', 'count'),
      column('inTurn', 'count'),
    ],
    rows: rows.map(([atOnce, overlapping, inTurn], i) => ({
      step: `Step ${i}`,
      all: atOnce + overlapping + inTurn,
      atOnce,
      overlapping,
      inTurn,
    })),
  });

  it('protect two empty columns: what is left of the whole is not told by the third', async () => {
    const table = batches([
      [0, 0, 60],
      [0, 0, 27],
      [0, 0, 22],
    ]);
    const { results, givenBefore, unprotected } = await protectResults(
      [resultOf({ tables: [table] })],
      tenFive,
    );
    expect(unprotected).toEqual([]);
    expect(givenBefore).toEqual([]);
    const shown = results[0]?.tables[0] as Table;
    for (const row of shown.rows) {
      expect([row.atOnce, row.overlapping]).toEqual(['[c]', '[c]']);
      expect([row.all, row.inTurn]).toContain('[c]');
    }
  });

  it('protect a small part of three by another', async () => {
    const shown = await protectTable(
      batches([
        [4, 40, 60],
        [30, 35, 27],
        [50, 20, 22],
      ]),
    );
    const [first] = shown.rows;
    expect(first?.atOnce).toBe('[c]');
    expect([first?.overlapping, first?.inTurn, first?.all]).toContain('[c]');
  });
});

describe('shares', () => {
  const shareRow = (office: string, k: number, n: number) => {
    const { low, high } = wilson(k, n, 0.95);
    return { office, cases: n, share: k / n, low, high };
  };
  const columns = [column('share', 'share'), column('low', 'share'), column('high', 'share')];

  it('are worked out again from the rounded counts, and so are their intervals', async () => {
    const table = await protectTable(officeTable([shareRow('North', 1511, 2033)], columns));
    const { low, high } = wilson(1510, 2035, 0.95);
    const to3 = (value: number) => Number(value.toFixed(3));
    expect(table.rows).toEqual([
      { office: 'North', cases: 2035, share: to3(1510 / 2035), low: to3(low), high: to3(high) },
    ]);
  });

  it.each([
    ['few have the quality', 4],
    ['few have it not', 199],
    ['none has it', 0],
    ['all have it', 203],
  ])('are suppressed with their intervals where %s', async (_, k) => {
    const table = await protectTable(officeTable([shareRow('North', k, 203)], columns));
    expect(table.rows).toEqual([{ office: 'North', cases: 205, share: '[c]', low: '[c]', high: '[c]' }]);
  });

  it('of one total follow the count that they are worked out from', async () => {
    const rows = [1803, 160, 4].map((cases, i) => ({ office: `Office ${i}`, cases, share: cases / 1967 }));
    const table = await protectTable(officeTable(rows, [column('share', 'share')]));
    expect(table.rows[0]).toMatchObject({ cases: 1805, share: 0.919 });
    expect(table.rows[2]).toMatchObject({ cases: '[c]', share: '[c]' });
  });

  it('that no count of their row explains are suppressed where they are a small count of another', async () => {
    const result = resultOf({
      tables: [
        officeTable([{ office: 'North', cases: 183 }]),
        {
          id: 'marks',
          title: 'Marks',
          columns: [column('mark', 'text'), column('with', 'share')],
          rows: [
            { mark: 'red', with: 5 / 183 },
            { mark: 'blue', with: 91 / 183 },
            { mark: 'green', with: 1 },
          ],
        },
      ],
    });
    const { results } = await protectResults([result], tenFive);
    expect(cells(results[0]?.tables[1] as Table, 'with')).toEqual(['[c]', 0.497, '[c]']);
  });
});

describe('shares that rounding would move too far', () => {
  const share = (k: number, n: number) => ({ month: `${k} of ${n}`, n, share: k / n, ...wilson(k, n) });
  const rows = [share(18, 36), share(250, 500)];
  const columns = [
    column('month', 'text'),
    column('n', 'count'),
    column('share', 'share'),
    column('low', 'share'),
    column('high', 'share'),
  ];
  const made = (interval: boolean) =>
    resultOf({
      answer: '50.0% were on time in March.',
      figures: rows.map(({ month, n, low, high }) => ({
        id: month,
        name: month,
        value: 0.5,
        unit: 'share',
        interval: interval ? { low, high, level: 0.95, method: 'Wilson score', meaning: '' } : null,
        period: null,
        note: `of ${n}`,
      })),
      tables: [{ id: 'months', title: 'Months', columns: columns.slice(0, interval ? 5 : 3), rows }],
      charts: [
        {
          kind: 'line',
          id: 'line',
          title: 'On time',
          description: 'By month.',
          table: 'months',
          yTitle: 'Share',
          yUnit: 'share',
          series: [{ name: 'On time', points: rows.map(({ month, share: y }) => ({ x: month, y })) }],
        },
      ],
    });
  const published = async (result: Result, profile: DisclosureProfile = tenFive) =>
    (await protectResults([result], profile)).results[0] ?? result;
  const pointsOf = ({ charts: [chart] }: Result) =>
    chart?.kind === 'line' ? chart.series[0]?.points.map(({ y }) => y) : [];

  it('are left out everywhere, with a note, and those of many cases stay: 18 of 36, 250 of 500', async () => {
    const shown = await published(made(true));
    const { low, high } = wilson(250, 500);
    const ends = [low, high].map((end) => Number(end.toFixed(3)));
    expect(shown.tables[0]?.rows).toEqual([
      { month: '18 of 36', n: 35, share: '[c]', low: '[c]', high: '[c]' },
      { month: '250 of 500', n: 500, share: 0.5, low: ends[0], high: ends[1] },
    ]);
    expect(shown.figures.map(({ value }) => value)).toEqual([null, 0.5]);
    expect(shown.figures[0]?.note).toBe(
      '[c] not told: rounding its counts to the nearest 5 could move it too far',
    );
    expect(shown.answer).toBe('[c] were on time in March.');
    expect(pointsOf(shown)).toEqual([null, 0.5]);
    expect(shown.caveats).toEqual([precisionNote(tenFive)]);
  });

  it('are held to half a point where they have no interval', async () => {
    const shown = await published(made(false));
    expect(cells(shown.tables[0] as Table, 'share')).toEqual(['[c]', '[c]']);
    expect(roundingError(250, 500, tenFive)).toBeCloseTo(252 / 498 - 0.5, 12);
  });

  it('have the interval that a figure of their page states', async () => {
    const whole = made(true);
    const [table] = made(false).tables;
    const one = { ...(table as Table), rows: rows.slice(1) };
    const shown = await published({ ...whole, figures: whole.figures.slice(1), tables: [one] });
    expect(cells(shown.tables[0] as Table, 'share')).toEqual([0.5]);
  });

  it('stay where counts are not rounded', async () => {
    const open: DisclosureProfile = { ...tenFive, base: 1, threshold: 1 };
    const shown = await published(made(true), open);
    expect(cells(shown.tables[0] as Table, 'share')).toEqual([0.5, 0.5]);
    expect(shown.caveats).toEqual([]);
  });

  it('never err by more than a quarter of the half-width of their interval', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, p) => {
        const k = Math.round(n * p);
        const [part, whole] = [k, n].map((count) => 5 * Math.round(count / 5)) as [number, number];
        const interval = wilson(Math.min(part, whole), whole);
        if (!isPrecise(part, whole, interval, tenFive)) return;
        const error = Math.abs(Math.min(1, part / whole) - k / n);
        expect(error).toBeLessThanOrEqual((interval.high - interval.low) / 8 + 1e-9);
      }),
    );
  });
});

describe('shares whose count nothing declares', () => {
  const figure = (id: string, k: number, n: number, note?: string) => ({
    id,
    name: id,
    value: k / n,
    unit: 'share' as const,
    interval: wilson(k, n),
    period: null,
    ...(note === undefined ? {} : { note }),
  });

  it.each([
    [1, 407],
    [0, 300],
    [300, 300],
    [18, 26],
    [250, 500],
    [61_234, 138_000],
  ])('tell it by their interval: %i of %i', (k, n) => {
    expect(wilsonBase(k / n, wilson(k, n))).toBe(n);
  });

  it('tell none by an interval of another kind', () => {
    expect(wilsonBase(0.5, { low: 0.4, high: 0.61 })).toBeNull();
    expect(wilsonBase(0.5, { low: 0.5, high: 0.5 })).toBeNull();
  });

  it('are suppressed where it is small, in every Result alike', async () => {
    const { results } = await protectResults(
      [
        resultOf({ id: 'effectiveness', figures: [figure('target-t21', 18, 26, 'of 26')] }),
        resultOf({ id: 'trust', figures: [figure('trust-t21', 18, 26, 'target 90%; 1 of 20 rules fire')] }),
        resultOf({ id: 'rework', figures: [figure('again', 1, 407), figure('none', 0, 300)] }),
      ],
      tenFive,
    );
    expect(results.flatMap(({ figures }) => figures.map(({ value }) => value))).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('are suppressed in a table without the count', async () => {
    const row = (k: number, n: number) => ({
      office: `${k} of ${n}`,
      share: k / n,
      low: wilson(k, n).low,
      high: wilson(k, n).high,
    });
    const table = await protectTable({
      id: 'made',
      title: 'Made',
      columns: [
        column('office', 'text'),
        column('share', 'share'),
        column('low', 'share'),
        column('high', 'share'),
      ],
      rows: [row(4, 203), row(901, 2033)],
    });
    expect(table.rows[0]).toMatchObject({ share: '[c]', low: '[c]', high: '[c]' });
    expect(table.rows[1]).toMatchObject({ share: 0.443 });
  });
});

describe('one sentence in several tables', () => {
  const title = 'Of 60 cases each brings about 7.4 contacts.';
  const table = (id: string, hours: number, cases: number): Table => ({
    id,
    title: id,
    columns: [
      column('title', 'text'),
      column('cases', 'count'),
      column('hours', 'hours'),
      column('rate', 'number'),
    ],
    rows: [{ title, cases, hours, rate: 3 }],
  });

  it('is not taken to tell the hours of its row', async () => {
    const shown = await protectTable(table('a', 7.4, 4));
    expect(shown.rows[0]).toMatchObject({ title, hours: '[c]' });
  });

  it('reads alike in all of them, as protected as in any', async () => {
    const parts = [table('a', 2, 4), table('b', 2, 40)].map((one, i) => ({
      ...one,
      rows: one.rows.map((row) => ({ ...row, rate: i === 0 ? 7.4 : 3 })),
    }));
    const columns = parts.map((one) => ({
      ...one,
      rows: one.rows.map((row) => ({ ...row, title: 'Each brings about 7.400 contacts.' })),
    }));
    const { results } = await protectResults([resultOf({ tables: columns })], tenFive);
    const titles = results[0]?.tables.map(({ rows }) => rows[0]?.title);
    expect(titles).toEqual(['Each brings about [c] contacts.', 'Each brings about [c] contacts.']);
  });
});

describe('indices beside the counts that they are made of', () => {
  const months = (counts: readonly number[]) =>
    counts.map((_, i) => `2024-${String(i + 1).padStart(2, '0')}-01`);
  const start = { ...column('start', 'date'), forMachines: true as const };
  const published = async (counts: readonly number[]) => {
    const base = counts[0] ?? 1;
    const { results } = await protectResults(
      [
        resultOf({
          tables: [
            {
              id: 'volumes',
              title: 'Volumes',
              columns: [start, column('output', 'text'), column('quantity', 'count')],
              rows: counts.map((quantity, i) => ({
                start: months(counts)[i] ?? '',
                output: 'Permit',
                quantity,
              })),
            },
            {
              id: 'index',
              title: 'Index',
              columns: [start, column('volume', 'index')],
              rows: counts.map((n, i) => ({ start: months(counts)[i] ?? '', volume: (100 * n) / base })),
            },
          ],
        }),
      ],
      tenFive,
    );
    return cells(results[0]?.tables[1] as Table, 'volume');
  };

  it('are left out for a period whose count is, and are no finer than counts are rounded', async () => {
    // 5 of a mean of 301 is 1.7 points: to 2 points.
    expect(await published([400, 420, 380, 4])).toEqual([100, 106, 96, '[c]']);
  });

  it('are left out altogether where one count is more than a few points', async () => {
    expect(await published([14, 16, 12])).toEqual(['[c]', '[c]', '[c]']);
  });

  it('stay as they are where counts are large', async () => {
    expect(await published([40_000, 40_440])).toEqual([100, 101.1]);
  });
});

describe('means, quantiles and extremes', () => {
  const columns = [column('median', 'days'), column('p90', 'days'), column('longest', 'days')];
  const row = (cases: number) => ({ office: `${cases}`, cases, median: 8.123, p90: 19.987, longest: 301 });

  it('need ten cases, a quantile ten beyond it, and extremes are never published', async () => {
    const table = await protectTable(officeTable([row(400), row(60), row(8)], columns));
    expect(table.columns.map(({ key }) => key)).toEqual(['office', 'cases', 'median', 'p90']);
    expect(table.rows).toEqual([
      { office: '400', cases: 400, median: 8.12, p90: 20 },
      { office: '60', cases: 60, median: 8.12, p90: '[c]' },
      { office: '8', cases: '[c]', median: '[c]', p90: '[c]' },
    ]);
  });

  it('of single cases go with their names', async () => {
    const table = await protectTable(
      officeTable([{ office: 'North', cases: 20, example: 'ab12' }], [column('example', 'text')]),
    );
    expect(table.rows).toEqual([{ office: 'North', cases: 20 }]);
  });
});

describe('figures and sentences', () => {
  const figure = (id: string, value: number, unit: 'count' | 'share', note?: string) => ({
    id,
    name: id,
    value,
    unit,
    interval: null,
    period: null,
    ...(note === undefined ? {} : { note }),
  });

  it('say what the tables say', async () => {
    const { results } = await protectResults(
      [
        resultOf({
          answer: 'Of 1,203 cases 4 were lost and 98.5% kept to the 21 days of "rule 7" in 2024.',
          caveats: ['3 people wrote.', 'It took 12 days, since 31 March 2026.'],
          figures: [figure('opened', 1203, 'count'), figure('lost', 4, 'count')],
        }),
      ],
      tenFive,
    );
    const [result] = results;
    expect(result?.answer).toBe(
      'Of 1,205 cases [c] were lost and 98.5% kept to the 21 days of "rule 7" in 2024.',
    );
    expect(result?.caveats).toEqual(['[c] people wrote.', 'It took 12 days, since 31 March 2026.']);
    expect(result?.figures.map(({ value }) => value)).toEqual([1205, null]);
    expect(result?.figures[1]?.note).toContain('[c]');
  });

  it('tell a share of the number their note names by rounded counts', async () => {
    const { results } = await protectResults(
      [
        resultOf({
          figures: [
            figure('kept', 1511 / 2033, 'share', 'of 2,033'),
            figure('lost', 3 / 2033, 'share', 'of 2,033'),
          ],
        }),
      ],
      tenFive,
    );
    expect(results[0]?.figures[0]).toMatchObject({ value: 0.742, note: 'of 2,035' });
    expect(results[0]?.figures[1]).toMatchObject({ value: null });
  });
});

describe('rows that are named by a sentence', () => {
  const result = resultOf({
    tables: [
      {
        id: 'findings',
        title: 'Findings',
        columns: [column('finding', 'text'), column('cases', 'count')],
        rows: [
          { finding: 'Work is done again in 1,872 cases.', cases: 1872 },
          { finding: 'Within 21 days', cases: 412 },
        ],
      },
    ],
  });

  it('say the published number, and a name stays a name', async () => {
    const { results } = await protectResults([result], tenFive);
    expect(results[0]?.tables[0]?.rows).toEqual([
      { finding: 'Work is done again in 1,870 cases.', cases: 1870 },
      { finding: 'Within 21 days', cases: 410 },
    ]);
  });

  it('keep no exact number in the names of their counts, which the ledger holds', async () => {
    const { counts } = await protectResults([result], tenFive);
    expect([...counts.keys()].join('\n')).not.toContain('1,872');
    expect([...counts.keys()].join('\n')).toContain('Within 21 days');
  });
});

describe('charts', () => {
  it('draw what the table shows, and nothing where it shows nothing', async () => {
    const rows = [52, 4, 61].map((cases, i) => ({ start: `2024-0${i + 1}-01`, cases }));
    const { results } = await protectResults(
      [
        resultOf({
          tables: [
            {
              id: 'months',
              title: 'Months',
              columns: [column('start', 'date'), column('cases', 'count')],
              rows,
            },
          ],
          charts: [
            {
              kind: 'line',
              id: 'line',
              title: '52 in January, 61 in March',
              description: 'Cases by month.',
              table: 'months',
              yTitle: 'Cases',
              yUnit: 'count',
              series: [{ name: 'Cases', points: rows.map(({ start, cases }) => ({ x: start, y: cases })) }],
            },
          ],
        }),
      ],
      tenFive,
    );
    const [chart] = results[0]?.charts ?? [];
    expect(chart?.title).toBe('50 in January, 60 in March');
    expect(chart?.kind === 'line' ? chart.series[0]?.points.map(({ y }) => y) : []).toEqual([50, null, 60]);
  });

  it('leave steps and connections of few cases out of a map', async () => {
    const { results } = await protectResults(
      [
        resultOf({
          charts: [
            {
              kind: 'process-map',
              id: 'map',
              title: 'Map',
              description: 'Steps.',
              table: 'none',
              nodes: [
                { id: 'a', label: 'a', cases: 103, pounds: null },
                { id: 'b', label: 'b', cases: 99, pounds: null },
                { id: 'c', label: 'c', cases: 4, pounds: null },
              ],
              edges: [
                { from: 'a', to: 'b', count: 99, medianSeconds: 12_345, totalSeconds: 12_345, pounds: null },
                { from: 'a', to: 'c', count: 4, medianSeconds: 5, totalSeconds: 5, pounds: null },
              ],
              starts: [{ id: 'a', cases: 103 }],
              ends: [
                { id: 'b', cases: 99 },
                { id: 'c', cases: 4 },
              ],
              whole: { steps: 3, paths: 2, taken: 103 },
              hidingRule: '',
            },
          ],
        }),
      ],
      tenFive,
    );
    const [map] = results[0]?.charts ?? [];
    expect(map).toMatchObject({
      nodes: [
        { id: 'a', cases: 105 },
        { id: 'b', cases: 100 },
      ],
    });
    // The count of the connection kept would tell the one left out, so it goes too.
    expect(map?.kind === 'process-map' ? map.edges : null).toEqual([]);
  });
});

describe('one population in several tables', () => {
  it('cut two ways is found, from the numbers alone, and checked together', () => {
    const groups = (split: string, counts: readonly number[]) =>
      counts.map((cases, i) => ({ split, group: `${split} ${i}`, measure: 'on time', cases }));
    const { system } = publicationSystem([
      resultOf({
        tables: [
          {
            id: 'groups',
            title: 'Groups',
            columns: [
              column('split', 'text'),
              column('group', 'text'),
              column('measure', 'text'),
              column('cases', 'count'),
            ],
            rows: [...groups('age', [60, 44]), ...groups('channel', [3, 101])],
          },
        ],
      }),
    ]);
    expect(system.cells.filter(({ isUnpublished }) => isUnpublished).map(({ value }) => value)).toEqual([
      104,
    ]);
    expect(system.sums).toHaveLength(2);
  });

  it('is one of two equal counts of a row, not both, which would say that the rest of it is none', async () => {
    const batches: Table = {
      id: 'batches',
      title: 'Batches',
      columns: [
        column('step', 'text'),
        column('batches', 'count'),
        column('parallel', 'count'),
        column('concurrent', 'count'),
        column('sequential', 'count'),
      ],
      rows: [
        { step: 'decision', batches: 23, parallel: 0, concurrent: 0, sequential: 23 },
        { step: 'packed', batches: 39, parallel: 0, concurrent: 1, sequential: 38 },
        { step: 'printed', batches: 43, parallel: 0, concurrent: 1, sequential: 42 },
      ],
    };
    const steps: Table = {
      id: 'steps',
      title: 'Steps',
      columns: [column('step', 'text'), column('cases', 'count')],
      rows: [{ step: 'decision', cases: 23 }],
    };
    const { unprotected } = await protectResults([resultOf({ tables: [steps, batches] })], tenFive);
    expect(unprotected).toEqual([]);
  });

  it('is not hidden in one table and shown in another', async () => {
    const other: Table = { ...officeTable([{ office: 'South', cases: 38 }]), id: 'other' };
    const { results } = await protectResults(
      [
        resultOf({
          tables: [
            officeTable([
              { office: 'all', cases: 241 },
              { office: 'North', cases: 200 },
              { office: 'South', cases: 38 },
              { office: 'East', cases: 3 },
            ]),
            other,
          ],
        }),
      ],
      tenFive,
    );
    expect(cells(results[0]?.tables[1] as Table, 'cases')).toEqual(['[c]']);
  });
});

it('no table, whatever its counts, shows a small count or one that is not rounded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), async (counts) => {
      const rows = counts.map((cases, i) => ({ office: `Office ${'abcdefgh'[i]}`, cases }));
      const total = counts.reduce((sum, count) => sum + count, 0);
      const table = await protectTable(officeTable([...rows, { office: 'all', cases: total }]));
      for (const shown of cells(table, 'cases'))
        if (shown !== '[c]') {
          expect(shown).toBeGreaterThanOrEqual(10);
          expect(Number(shown) % 5).toBe(0);
        }
      const hidden = cells(table, 'cases').filter((shown) => shown === '[c]').length;
      expect(hidden).not.toBe(1);
    }),
    { numRuns: 40 },
  );
});
