import type { Chart, LineChart, Table } from '../../core/index.ts';
import { snapshot } from '../snapshot.ts';
import type { Study } from '../study.ts';
import { indexBase } from '../wording.ts';
import { periodNamed, type Swing, swingInWords, swingOf } from './swing.ts';
import { type YearPoint, yearSeries } from './year-series.ts';

type Point = Pick<YearPoint, 'start' | 'volume' | 'adjusted'>;

const columns: Table['columns'] = [
  { key: 'start', title: 'First day', type: 'date', forMachines: true },
  { key: 'period', title: 'Period', type: 'period' },
  { key: 'volume', title: 'Volume', type: 'index' },
  { key: 'adjusted', title: 'Volume and quality', type: 'index' },
];

/** The output index by period, whole or not. */
function indexTable(study: Study, adjusted: boolean, notes: readonly string[]): Table {
  const byStart = new Map(study.chain.map((point) => [point.start, point]));
  return {
    id: 'index',
    title: `Output index, ${indexBase(study)} is 100`,
    columns: [...columns, { key: 'complete', title: 'Whole period', type: 'text' }],
    rows: study.data.periods.map((period) => ({
      start: period.start,
      period: period.label,
      volume: byStart.get(period.start)?.volume ?? null,
      adjusted: adjusted ? (byStart.get(period.start)?.adjusted ?? null) : null,
      complete: period.complete,
    })),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function swingOfOutput(study: Study, adjusted: boolean): Swing | null {
  return swingOf(
    study,
    study.chain.map(({ start, volume, adjusted: withQuality }) => ({
      start,
      index: adjusted ? withQuality : volume,
      volume,
      quality: adjusted && volume && withQuality !== null ? withQuality / volume : null,
      input: null,
    })),
  );
}

function chartOf(
  points: readonly Point[],
  adjusted: boolean,
  parts: Pick<LineChart, 'title' | 'description' | 'table' | 'yTitle'>,
): readonly Chart[] {
  const drawn = points.filter((point) => point.volume !== null);
  if (drawn.length < 2) return [];
  const of = (key: 'volume' | 'adjusted') => drawn.map((point) => ({ x: point.start, y: point[key] }));
  return [
    {
      kind: 'line',
      id: 'output-index',
      ...parts,
      yUnit: 'index',
      series: [
        { name: 'Volume', points: of('volume') },
        ...(adjusted ? [{ name: 'Volume and quality', points: of('adjusted') }] : []),
      ],
    },
  ];
}

/**
 * The output index by period; where single periods swing too far to be read alone, the year up to each period is drawn,
 * and the page says what makes them swing.
 */
export function outputSeries(study: Study, adjusted: boolean, title: string) {
  const swing = swingOfOutput(study, adjusted);
  const said = swing ? swingInWords(study, swing) : '';
  const { plan, comparable, data, weighting } = study;
  const years = swing ? yearSeries(plan, comparable, (starts) => snapshot(data, weighting, starts)) : [];
  const base = indexBase(study);
  const single = indexTable(study, adjusted, swing ? [`${said}: read a year at a time.`] : []);
  if (!swing || years.filter(({ volume }) => volume !== null).length < 2)
    return {
      tables: [single],
      charts: chartOf(study.chain, adjusted, {
        title,
        description: `Output index by period, ${base} is 100. Only whole periods are drawn.`,
        table: 'index',
        yTitle: `Index, ${base} is 100`,
      }),
      caveats: swing ? [`${said}: none of them says by itself whether output rose.`] : [],
    };
  const named = periodNamed(study);
  const rows = years.map(({ start, label, volume, adjusted: withQuality }) => ({
    ...{ start, period: label, volume, adjusted: adjusted ? withQuality : null },
  }));
  const yearTable: Table = {
    id: 'index-years',
    title: `Output index in the year to each ${named}, the first year is 100`,
    columns,
    rows,
    notes: [`A year up to each ${named} holds every season once.`],
  };
  return {
    tables: [yearTable, single],
    charts: chartOf(years, adjusted, {
      title,
      description: `Output in the year up to each point; the first year is 100. ${said}: a year holds each season once.`,
      table: 'index-years',
      yTitle: `Index in the year to each ${named}, the first year is 100`,
    }),
    caveats: [`${said}: the chart draws the year up to each ${named}, and the answer compares years.`],
  };
}
