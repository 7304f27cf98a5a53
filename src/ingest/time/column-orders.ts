import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { textsOf } from '../readers/cells.ts';
import { datesAreText, isEventLog, type Notice, type RawBatch, type RawTable } from '../readers/raw-table.ts';
import { newEvidence, type OrderEvidence, type OrderVerdict, verdict, weigh } from './date-order.ts';
import type { DateOrder } from './parse-time.ts';

interface Wanted {
  readonly column: string;
  readonly index: number;
}

interface FoundOrder {
  readonly order?: DateOrder;
  readonly yearDayMonth?: boolean;
}

function addCells(evidence: OrderEvidence, cells: readonly string[]): number {
  let filled = 0;
  let last = '';
  for (const cell of cells) {
    const text = cell.trim();
    if (text === '' || text === last) continue;
    last = text;
    filled += 1;
    weigh(evidence, text);
  }
  return filled;
}

function ambiguous(file: string, column: string): WellspentError {
  return new WellspentError(
    'DATE_ORDER_AMBIGUOUS',
    `Every date in column "${column}" of ${file} reads both as day/month and as month/day.`,
    { where: { file }, hint: '--day-first or --month-first' },
  );
}

/**
 * Finds the order of day and month of each time column: from the first rows if they settle it, else from the
 * whole file, read once more. What the whole file cannot settle must be stated; all such columns are reported together.
 */
export async function dateOrders(
  wanted: readonly Wanted[],
  first: RawBatch,
  table: RawTable,
  dayFirst: boolean | undefined,
  file: string,
): Promise<{
  readonly rules: readonly (readonly [string, FoundOrder])[];
  readonly notices: readonly Notice[];
}> {
  const evidence = new Map(wanted.map(({ column }) => [column, newEvidence()]));
  const open: Wanted[] = [];
  for (const { column, index } of wanted) {
    const own = evidence.get(column) as OrderEvidence;
    const filled = addCells(own, textsOf(first.columns[index]));
    if (verdict(own) === 'ambiguous' || (filled === 0 && datesAreText(table.format)))
      open.push({ column, index });
  }
  if (open.length > 0 && dayFirst === undefined && !isEventLog(table.format)) {
    for (const { column } of open) evidence.set(column, newEvidence());
    for await (const batch of table.batches())
      for (const { column, index } of open)
        addCells(evidence.get(column) as OrderEvidence, textsOf(batch.columns[index]));
  }
  const faults: WellspentError[] = [];
  const notices: Notice[] = [];
  const rules = wanted.map(({ column }): readonly [string, FoundOrder] => {
    const own = evidence.get(column) as OrderEvidence;
    const found: OrderVerdict = verdict(own);
    const yearDayMonth = own.yearDayMonth > 0 && own.yearMonthDay === 0;
    if (yearDayMonth)
      notices.push({ code: 'DATE_ORDER_YDM', message: `Column "${column}" is written year, day, month.` });
    if (dayFirst === undefined && own.dayFirst > 0 && own.monthFirst > 0)
      notices.push({
        code: 'DATE_ORDER_MIXED',
        message: `Column "${column}" holds dates in two orders; the order of most was used.`,
      });
    if (dayFirst === undefined && found === 'ambiguous') faults.push(ambiguous(file, column));
    const stated: DateOrder | undefined =
      dayFirst === undefined ? undefined : dayFirst ? 'day-first' : 'month-first';
    const order = stated ?? (found === 'month-first' ? 'month-first' : 'day-first');
    return [column, yearDayMonth ? { order, yearDayMonth } : { order }];
  });
  if (faults.length > 0)
    throw new WellspentFaults('DATE_ORDER_AMBIGUOUS', `${file} does not tell day from month.`, faults);
  return { rules, notices };
}
