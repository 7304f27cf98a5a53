import type { CellPlace, Result, TableCell } from '../../core/index.ts';
import type { FigureRows } from '../../stores/index.ts';
import { contactKindWords } from '../results/failure-demand.ts';
import { closedInPeriodRows, endedRows, stagesOfGroupRows } from './case-rows.ts';
import { contactsOfRows } from './contact-rows.ts';
import { connectionRows, passedBetweenRows, repeatsOfStepRows } from './event-rows.ts';
import type { Tracing } from './tracing.ts';

interface FindCell extends CellPlace {
  readonly rows: (tracing: Tracing, read: (key: string) => string) => FigureRows | Promise<FigureRows>;
}

const kindCalled = (words: string) =>
  Object.entries(contactKindWords).find(([, own]) => own === words)?.[0] ?? '';

/** By Result, the columns of its tables whose cells are counts or sums over rows. */
const cells: Readonly<Record<string, readonly FindCell[]>> = {
  time: [
    {
      table: 'where-time-goes',
      column: 'days',
      keys: ['from', 'to'],
      rows: (tracing, read) => connectionRows(tracing, read('from'), read('to')),
    },
  ],
  rework: [
    {
      table: 'rework-by-step',
      column: 'repeats',
      keys: ['step'],
      rows: (tracing, read) => repeatsOfStepRows(tracing, read('step')),
    },
  ],
  'failure-demand': [
    {
      table: 'kinds',
      column: 'contacts',
      keys: ['kind'],
      rows: (tracing, read) => contactsOfRows(tracing, { kind: kindCalled(read('kind')) }),
    },
    {
      table: 'while-waiting',
      column: 'failure',
      keys: ['step'],
      rows: (tracing, read) => contactsOfRows(tracing, { waitsIn: read('step') }),
    },
    {
      table: 'again',
      column: 'repeats',
      keys: ['days'],
      rows: (tracing, read) => contactsOfRows(tracing, { withinDays: Number(read('days')) }),
    },
  ],
  'front-back': [
    {
      table: 'stages',
      column: 'cases',
      keys: ['group', 'value'],
      rows: (tracing, read) => stagesOfGroupRows(tracing, read('group'), read('value')),
    },
  ],
  throughput: [
    {
      table: 'throughput-by-period',
      column: 'cases',
      keys: ['start'],
      rows: (tracing, read) => closedInPeriodRows(tracing, read('start')),
    },
  ],
  endings: [
    {
      table: 'endings',
      column: 'cases',
      keys: ['ending'],
      rows: (tracing, read) => endedRows(tracing, read('ending')),
    },
  ],
  handovers: [
    {
      table: 'handovers',
      column: 'times',
      keys: ['from', 'to'],
      rows: (tracing, read) => passedBetweenRows(tracing, read('from'), read('to')),
    },
  ],
};

/** The columns of the tables of `find` whose cells lead to rows, by Result. */
export const findCells: Readonly<Record<string, readonly CellPlace[]>> = cells;

/** The rows behind one cell of a Result of `find`; null where its column leads to none. */
export async function findCellRows(
  tracing: Tracing,
  result: Pick<Result, 'id'>,
  { place, row }: TableCell,
): Promise<FigureRows | null> {
  const found = cells[result.id]?.find(
    ({ table, column }) => table === place.table && column === place.column,
  );
  return found ? found.rows(tracing, (key) => String(row[key] ?? '')) : null;
}
