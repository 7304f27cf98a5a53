import {
  addDays,
  bankHolidays,
  countOf,
  formatValue,
  isWorkingDay,
  type QueryRecord,
  type Result,
} from '../../../core/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { type DayCount, eventsByDay } from '../fields/coverage.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** A bank holiday with at least this share of an ordinary working day's events was not kept. */
const asOrdinary = 0.5;
const leastDays = 28;
const leastRows = 10;

function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

interface Kept {
  readonly day: string;
  readonly rows: number;
  readonly kept: boolean;
}

/** Bank holidays on weekdays within the data, and whether work stopped on them. */
function holidaysIn(days: readonly DayCount[], ordinary: number): readonly Kept[] {
  const first = days[0]?.day ?? '';
  const last = days.at(-1)?.day ?? '';
  const rows = new Map(days.map((day) => [day.day, day.rows]));
  const found: Kept[] = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year++)
    for (const day of bankHolidays(year))
      if (day >= first && day <= last && weekdayOf(day) < 5)
        found.push({ day, rows: rows.get(day) ?? 0, kept: (rows.get(day) ?? 0) < asOrdinary * ordinary });
  return found;
}

function answerFor(weekend: number, holidays: readonly Kept[], isSparse: boolean): string {
  const rest =
    weekend < 0.01
      ? 'Work stops at weekends'
      : `${formatValue(weekend, 'share')} of all events fall on a Saturday or Sunday`;
  if (isSparse) return `${rest}; days hold too few events to tell bank holidays from others.`;
  if (holidays.length === 0) return `${rest}; no bank holiday lies within the data.`;
  const worked = holidays.filter(({ kept }) => !kept).length;
  const all = countOf(holidays.length, 'bank holiday');
  return worked === 0
    ? `${rest}, and work stops on bank holidays (${holidays.length} in the data).`
    : `${rest}, and ${worked} of ${all} ${worked === 1 ? 'looks like an ordinary working day' : 'look like ordinary working days'}.`;
}

/** Whether work keeps weekends and the bank holidays of England and Wales, as its clock on the wall says. */
export async function daysWorkedResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
): Promise<Result> {
  const question = 'Do the dates look like days on which people work?';
  const queries: QueryRecord[] = [];
  const days = shape.filled.at > 0 ? await eventsByDay(data, queries) : [];
  const first = days[0]?.day;
  const last = days.at(-1)?.day;
  if (first === undefined || last === undefined || addDays(first, leastDays) > last)
    return cannotTell(workspace, 'days-worked', question, 'four weeks of events with their times');
  const total = days.reduce((sum, { rows }) => sum + rows, 0);
  const byWeekday = weekdays.map((_, w) => days.filter(({ day }) => weekdayOf(day) === w));
  const weekend =
    byWeekday
      .slice(5)
      .flat()
      .reduce((sum, { rows }) => sum + rows, 0) / total;
  const working = days.filter(({ day }) => isWorkingDay(day));
  const ordinary = working.reduce((sum, { rows }) => sum + rows, 0) / Math.max(1, working.length);
  const calendar = data.charter?.calendar ?? 'england-and-wales';
  const isSparse = calendar !== 'none' && ordinary < leastRows;
  const holidays = calendar === 'none' || isSparse ? [] : holidaysIn(days, ordinary);
  const worked = holidays.filter(({ kept }) => !kept);
  const odd = worked.length * 2 > holidays.length;
  return makeResult(workspace, {
    id: 'days-worked',
    question,
    answer: answerFor(weekend, holidays, isSparse),
    status: odd ? 'caution' : 'sound',
    figures: [
      figure('weekend', 'Events on a Saturday or Sunday', weekend, 'share'),
      figure('holidays', 'Bank holidays on weekdays in the data', holidays.length, 'count'),
      figure('worked', 'Of these, as busy as half a working day or more', worked.length, 'count'),
      figure('ordinary', 'Events on an ordinary working day', ordinary, 'number'),
    ],
    tables: [
      {
        id: 'weekdays',
        title: 'Events by day of the week',
        columns: [
          column('weekday', 'Day'),
          column('rows', 'Events', 'count'),
          column('share', 'Share', 'share'),
        ],
        rows: weekdays.map((weekday, w) => {
          const rows = (byWeekday[w] ?? []).reduce((sum, day) => sum + day.rows, 0);
          return { weekday, rows, share: rows / total };
        }),
      },
      {
        id: 'bank-holidays',
        title: 'Bank holidays of England and Wales in the data',
        columns: [column('day', 'Day', 'date'), column('rows', 'Events', 'count'), column('kept', 'Quiet')],
        rows: holidays.map(({ day, rows, kept }) => ({ day, rows, kept: kept ? 'yes' : 'no' })),
      },
    ].filter(({ rows }) => rows.length > 0),
    caveats: odd
      ? [
          'Most bank holidays look like working days: the times may be set by a machine, or the service may keep another calendar.',
        ]
      : [],
    next: odd
      ? ['Say in the charter which calendar holds (calendar: none, if the service works every weekday).']
      : [],
    method:
      'Events by day of the clock on the wall; a bank holiday is quiet below half of an ordinary working day',
    parameters: { asOrdinary },
    queries,
  });
}
