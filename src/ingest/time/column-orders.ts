import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { datesAreText, isEventLog, type Notice, type RawBatch, type RawTable } from '../readers/raw-table.ts';
import { type Tally, tallyOf } from '../readers/tally.ts';
import { evidenceOf, newEvidence, type OrderEvidence, type OrderVerdict, verdict } from './date-order.ts';
import { type DatedColumn, datesIn } from './dated-columns.ts';
import type { DateOrder } from './parse-time.ts';
import { type OrderWatch, watchOrders } from './watch-orders.ts';

interface FoundOrder {
  readonly order?: DateOrder;
  readonly yearDayMonth?: boolean;
}

function addTexts(evidence: OrderEvidence, { texts, counts }: Tally): number {
  let filled = 0;
  let last = '';
  let said: keyof OrderEvidence | null = null;
  for (let i = 0; i < texts.length; i++) {
    const text = (texts[i] as string).trim();
    if (text === '') continue;
    const times = counts[i] as number;
    filled += times;
    // Dates stand in runs.
    if (text !== last) said = evidenceOf(text);
    last = text;
    if (said !== null) evidence[said] += times;
  }
  return filled;
}

function ambiguous(file: string, column: string, { dayFirst }: OrderEvidence): WellspentError {
  const message =
    dayFirst === 0
      ? `Every date in column "${column}" of ${file} reads both as day/month and as month/day.`
      : `As many dates in column "${column}" of ${file} can only be day/month as can only be month/day (${dayFirst.toLocaleString('en-GB')} of each).`;
  return new WellspentError('DATE_ORDER_AMBIGUOUS', message, {
    where: { file },
    hint: '--day-first or --month-first',
  });
}

function mixed(column: string, { dayFirst, monthFirst, either }: OrderEvidence): Notice {
  const say = (n: number) => n.toLocaleString('en-GB');
  const both =
    either === 0 ? '' : `, for the ${say(either)} that ${either === 1 ? 'reads' : 'read'} both ways too`;
  return {
    code: 'DATE_ORDER_MIXED',
    message: `Column "${column}" holds dates in two orders: ${say(dayFirst)} can only be day/month, ${say(monthFirst)} only month/day. The order of most was used${both}.`,
    count: Math.min(dayFirst, monthFirst),
  };
}

/** What the first rows leave open: nothing but dates that read both ways, two orders, or nothing at all. */
function isOpen(evidence: OrderEvidence, filled: number, table: RawTable): boolean {
  if (verdict(evidence) === 'ambiguous' || (evidence.dayFirst > 0 && evidence.monthFirst > 0)) return true;
  return filled === 0 && datesAreText(table.format);
}

/** Columns of dates whose order is wanted, and what is known beforehand. */
export interface WantedOrders {
  /** The file's name as it is shown. */
  readonly file: string;
  readonly table: RawTable;
  readonly columns: readonly DatedColumn[];
  /** Columns of which an earlier reading found that their first rows do not tell. */
  readonly whole: readonly DatedColumn[];
  /** True for day first, false for month first, where it was said. */
  readonly dayFirst: boolean | undefined;
}

/**
 * Finds the order of day and month of each time column: from the first rows if they settle it, else from the
 * whole file, read once more. What the whole file cannot settle must be stated; all such columns are reported together.
 * `watch` holds later rows to what the first told.
 */
export async function dateOrders(
  { file, table, columns, whole, dayFirst }: WantedOrders,
  first: RawBatch,
): Promise<{
  readonly rules: readonly (readonly [string, FoundOrder])[];
  readonly notices: readonly Notice[];
  readonly watch: OrderWatch;
}> {
  // A column that first comes further down is looked at too.
  const later = whole.filter(({ column }) => !columns.some((known) => known.column === column));
  const wanted = [...columns, ...later];
  const evidence = new Map(wanted.map(({ column }) => [column, newEvidence()]));
  const open: DatedColumn[] = [];
  const ofFirst = datesIn(first);
  for (const dated of wanted) {
    const { column } = dated;
    const own = evidence.get(column) as OrderEvidence;
    const filled = addTexts(own, tallyOf(ofFirst(dated)));
    const isLeftOpen = dayFirst === undefined && !isEventLog(table.format) && isOpen(own, filled, table);
    if (isLeftOpen || whole.some((known) => known.column === column)) open.push(dated);
  }
  if (open.length > 0) {
    for (const { column } of open) evidence.set(column, newEvidence());
    for await (const batch of table.batches()) {
      const cellsOf = datesIn(batch);
      for (const dated of open)
        addTexts(evidence.get(dated.column) as OrderEvidence, tallyOf(cellsOf(dated)));
    }
  }
  const faults: WellspentError[] = [];
  const notices: Notice[] = [];
  const rules = wanted.map(({ column }): readonly [string, FoundOrder] => {
    const own = evidence.get(column) as OrderEvidence;
    const found: OrderVerdict = verdict(own);
    // In an event log a month above 12 is a slip: its standard has times as ISO 8601 writes them.
    const yearDayMonth = !isEventLog(table.format) && own.yearDayMonth > 0 && own.yearMonthDay === 0;
    if (yearDayMonth)
      notices.push({ code: 'DATE_ORDER_YDM', message: `Column "${column}" is written year, day, month.` });
    if (dayFirst === undefined && own.dayFirst > 0 && own.monthFirst > 0) notices.push(mixed(column, own));
    if (dayFirst === undefined && found === 'ambiguous') faults.push(ambiguous(file, column, own));
    const stated: DateOrder | undefined =
      dayFirst === undefined ? undefined : dayFirst ? 'day-first' : 'month-first';
    const order = stated ?? (found === 'month-first' ? 'month-first' : 'day-first');
    return [column, yearDayMonth ? { order, yearDayMonth } : { order }];
  });
  if (faults.length > 0)
    throw new WellspentFaults('DATE_ORDER_AMBIGUOUS', `${file} does not tell day from month.`, faults);
  const looked = new Set(open.map(({ column }) => column));
  return { rules, notices, watch: watchOrders(evidence, looked, dayFirst !== undefined) };
}
