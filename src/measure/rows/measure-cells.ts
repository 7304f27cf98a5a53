import type { CellPlace, Table, TableCell } from '../../core/index.ts';
import type { FigureRows } from '../../stores/index.ts';
import type { Study } from '../study.ts';
import {
  afterChangeRows,
  floorRows,
  fourWeeksRows,
  groupRows,
  measurePeriodRows,
  shareBandRows,
  targetRows,
} from './check-trails.ts';
import { teamRows } from './contact-trails.ts';
import { inputPeriodRows, outputPeriodRows } from './growth-trails.ts';
import { costRows, effortRows } from './payment-trails.ts';
import { countedUnitRows } from './unit-trails.ts';

/** Reads a value of the cell's row as text. */
type Read = (key: string) => string;

interface MeasureCell extends CellPlace {
  readonly rows: (study: Study, read: Read, others: Table['rows']) => FigureRows | Promise<FigureRows | null>;
}

const byTitle = <T extends { readonly id: string; readonly title: string }>(
  all: readonly T[] | undefined,
  title: string,
) => all?.find((one) => one.title === title)?.id ?? '';

const byPeriod = (table: string): MeasureCell => ({
  table,
  column: 'value',
  keys: ['measure', 'output', 'start'],
  rows: (study, read) => measurePeriodRows(study, read('measure'), read('output'), read('start')),
});

/** By Result, the columns of its tables whose cells are counts, sums, shares or means over rows. */
const cells: Readonly<Record<string, readonly MeasureCell[]>> = {
  effectiveness: [
    {
      table: 'targets',
      column: 'share',
      keys: ['target'],
      rows: (study, read) => targetRows(study, byTitle(study.plan.charter.targets, read('target'))),
    },
    {
      table: 'groups',
      column: 'share',
      keys: ['split', 'group', 'measure'],
      rows: (study, read, others) => {
        const named = others.filter((row) => row.split === read('split')).map((row) => String(row.group));
        return groupRows(study, read('split'), read('group'), read('measure'), [...new Set(named)]);
      },
    },
    byPeriod('shares'),
    byPeriod('means'),
  ],
  floors: [
    {
      table: 'floors',
      column: 'share',
      keys: ['floor'],
      rows: (study, read) => floorRows(study, byTitle(study.plan.charter.floors, read('floor'))),
    },
  ],
  trust: [
    {
      table: 'distribution',
      column: 'units',
      keys: ['target', 'from'],
      rows: (study, read) => shareBandRows(study, read('target'), Number(read('from')), Number(read('to'))),
    },
  ],
  resolved: [
    {
      table: 'teams',
      column: 'resolvedPerHour',
      keys: ['team'],
      rows: (study, read) => teamRows(study, 'resolved', read('team')),
    },
    {
      table: 'windows',
      column: 'repeat',
      keys: ['team', 'days'],
      rows: (study, read) => teamRows(study, 'repeat', read('team'), Number(read('days'))),
    },
  ],
  'cost-generated': [
    {
      table: 'audit',
      column: 'audited',
      keys: ['period'],
      rows: (study, read, others) =>
        costRows(study, `overpaid-${others[0]?.period === read('period') ? 'earlier' : 'later'}`),
    },
  ],
  effort: [
    {
      table: 'best-effort',
      column: 'audited',
      keys: ['kind'],
      rows: (study, read) => effortRows(study, read('kind')),
    },
  ],
  units: [
    {
      table: 'counted',
      column: 'cases',
      keys: ['unit', 'ending'],
      rows: (study, read) => countedUnitRows(study, read('unit'), read('ending')),
    },
  ],
  output: [
    {
      table: 'volumes',
      column: 'quantity',
      keys: ['output', 'start'],
      rows: (study, read) => outputPeriodRows(study, read('output'), read('start')),
    },
  ],
  inputs: [
    {
      table: 'inputs',
      column: 'cost',
      keys: ['input', 'start'],
      rows: (study, read) => inputPeriodRows(study, read('input'), read('start')),
    },
  ],
  'after-changes': [
    {
      table: 'before-and-after',
      column: 'difference',
      keys: ['change', 'measure'],
      rows: (study, read) => {
        const measure = study.plan.measures.find((one) => one.measure.title === read('measure'))?.measure.id;
        return afterChangeRows(study, `${byTitle(study.plan.charter.changes, read('change'))}-${measure}`);
      },
    },
    {
      table: 'four-weeks',
      column: 'share',
      keys: ['measure', 'start'],
      rows: (study, read) => fourWeeksRows(study, read('measure'), read('start')),
    },
  ],
};

/** The columns of the tables of `measure` whose cells lead to rows, by Result. */
export const measureCells: Readonly<Record<string, readonly CellPlace[]>> = cells;

/** The rows behind one cell of a Result of `measure`; null where its column leads to none. */
export function measureCellRows(
  study: Study,
  result: string,
  cell: TableCell,
): FigureRows | Promise<FigureRows | null> | null {
  const { table, column } = cell.place;
  const found = cells[result]?.find((one) => one.table === table && one.column === column);
  return found ? found.rows(study, (key) => String(cell.row[key] ?? ''), cell.table.rows) : null;
}
