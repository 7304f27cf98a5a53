import { type Chart, type LineChart, periodLabel, type Table } from '../../core/index.ts';
import { chainSeries } from '../chain.ts';
import { bodyInputs, inputStates } from '../input-states.ts';
import { isAdjusted } from '../output.ts';
import { snapshot } from '../snapshot.ts';
import type { Study } from '../study.ts';
import { indexBase } from '../wording.ts';
import { periodNamed, type Swing, swingInWords, swingOf } from './swing.ts';
import { yearSeries } from './year-series.ts';

interface SeriesRow {
  readonly start: string;
  readonly period: string;
  readonly input: number | null;
  readonly unadjusted: number | null;
  readonly adjusted: number | null;
}

/** The index of productivity by period or by year: its tables, what is drawn of it under a title, what must be said. */
interface IndexSeries {
  readonly tables: readonly Table[];
  readonly charts: (title: string) => readonly Chart[];
  readonly caveats: readonly string[];
}

const ratio = (output: number | null | undefined, input: number | null | undefined) =>
  output && input ? (100 * output) / input : null;

function byPeriod(study: Study): readonly SeriesRow[] {
  const body = bodyInputs(study.data);
  const inputs = chainSeries(study.plan, study.comparable, (starts) => inputStates(study.data, body, starts));
  const adjusted = isAdjusted(study);
  return study.chain.map((point, i) => ({
    start: point.start,
    period: periodLabel(study.plan.grain, point.start),
    input: inputs[i]?.volume ?? null,
    unadjusted: ratio(point.volume, inputs[i]?.volume),
    adjusted: adjusted ? ratio(point.adjusted, inputs[i]?.volume) : null,
  }));
}

function byYear(study: Study): readonly SeriesRow[] {
  const { plan, comparable, data, weighting } = study;
  const body = bodyInputs(data);
  const inputs = yearSeries(plan, comparable, (starts) => inputStates(data, body, starts));
  const adjusted = isAdjusted(study);
  return yearSeries(plan, comparable, (starts) => snapshot(data, weighting, starts)).map((point, i) => ({
    start: point.start,
    period: point.label,
    input: inputs[i]?.volume ?? null,
    unadjusted: ratio(point.volume, inputs[i]?.volume),
    adjusted: adjusted ? ratio(point.adjusted, inputs[i]?.volume) : null,
  }));
}

function seriesTable(id: string, title: string, rows: readonly SeriesRow[], notes: readonly string[]): Table {
  return {
    id,
    title,
    columns: [
      { key: 'start', title: 'First day', type: 'date', forMachines: true },
      { key: 'period', title: 'Period', type: 'period' },
      { key: 'input', title: 'Inputs', type: 'index' },
      { key: 'unadjusted', title: 'Productivity without quality', type: 'index' },
      { key: 'adjusted', title: 'Productivity with quality', type: 'index' },
    ],
    rows: rows.map((row) => ({ ...row })),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function swingOfRows(study: Study, rows: readonly SeriesRow[]): Swing | null {
  return swingOf(
    study,
    rows.map(({ start, input, unadjusted, adjusted }, i) => ({
      start,
      index: adjusted ?? unadjusted,
      volume: study.chain[i]?.volume ?? null,
      quality: adjusted !== null && unadjusted !== null ? adjusted / unadjusted : null,
      input,
    })),
  );
}

function chartOf(
  rows: readonly SeriesRow[],
  parts: Pick<LineChart, 'title' | 'description' | 'table' | 'yTitle'>,
): readonly Chart[] {
  const drawn = rows.filter((row) => row.unadjusted !== null);
  const last = drawn.at(-1);
  if (drawn.length < 2 || !last) return [];
  const points = (key: 'unadjusted' | 'adjusted') => drawn.map((row) => ({ x: row.start, y: row[key] }));
  return [
    {
      kind: 'line',
      id: 'productivity',
      ...parts,
      yUnit: 'index',
      series: [
        { name: 'Without quality', points: points('unadjusted') },
        ...(last.adjusted === null ? [] : [{ name: 'With quality', points: points('adjusted') }]),
      ],
    },
  ];
}

/**
 * Productivity by period; where single periods swing too far to be read alone, a year up to each period is drawn, and
 * the page says what makes them swing.
 */
export function productivitySeries(study: Study): IndexSeries {
  const rows = byPeriod(study);
  const swing = swingOfRows(study, rows);
  const years = swing ? byYear(study) : [];
  const base = indexBase(study);
  const said = swing ? swingInWords(study, swing) : '';
  const single = seriesTable(
    'productivity',
    `Productivity index: output over inputs, ${base} is 100`,
    rows,
    swing ? [`${said}: read a year at a time.`] : [],
  );
  if (!swing || years.filter(({ unadjusted }) => unadjusted !== null).length < 2)
    return {
      tables: [single],
      charts: (title) =>
        chartOf(rows, {
          title,
          description: `Output over inputs by period; ${base} is 100. Only whole periods are drawn.`,
          table: 'productivity',
          yTitle: `Index, ${base} is 100`,
        }),
      caveats: swing
        ? [
            `${said}: none of them says by itself whether productivity rose; it takes more than a year of them.`,
          ]
        : [],
    };
  const named = periodNamed(study);
  return {
    tables: [
      seriesTable(
        'productivity-years',
        `Productivity index in the year to each ${named}: output over inputs, the first year is 100`,
        years,
        [`A year up to each ${named} holds every season once.`],
      ),
      single,
    ],
    charts: (title) =>
      chartOf(years, {
        title,
        description: `Output over inputs in the year up to each point; the first year is 100. ${said}: a year holds each season once.`,
        table: 'productivity-years',
        yTitle: `Index in the year to each ${named}, the first year is 100`,
      }),
    caveats: [`${said}: the chart draws the year up to each ${named}, and the answer compares years.`],
  };
}
