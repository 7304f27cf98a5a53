import { textsOf } from '../readers/cells.ts';
import type { RawBatch, RawTable } from '../readers/raw-table.ts';
import { newEvidence, type OrderEvidence, verdict, weigh } from '../time/date-order.ts';
import { datedColumns, datesIn } from '../time/dated-columns.ts';
import { newReading, parseTime, type TimeRules, timeFlags } from '../time/parse-time.ts';
import { openZone } from '../time/zone.ts';

/** First and last date of a column, as ISO dates. */
export interface DateSpan {
  readonly first: string;
  readonly last: string;
}

/** A column whose dates read both as day/month and as month/day, with what each reading makes of it. */
export interface DateReadings {
  readonly column: string;
  readonly dayFirst: DateSpan;
  readonly monthFirst: DateSpan;
  /** The column that its dates are in now, where they were spread over events. */
  readonly heldIn?: string;
}

interface Edges {
  first: number;
  last: number;
}

const zone = openZone('UTC');
const dayFirst: TimeRules = { zone, order: 'day-first' };
const monthFirst: TimeRules = { zone, order: 'month-first' };
const reading = newReading();

function widen(edges: Edges, text: string, rules: TimeRules): void {
  if (!parseTime(text, rules, reading) || reading.flags & timeFlags.sentinel) return;
  edges.first = Math.min(edges.first, reading.wall);
  edges.last = Math.max(edges.last, reading.wall);
}

const newEdges = (): Edges => ({ first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY });
const isoDate = (micros: number) => new Date(micros / 1000).toISOString().slice(0, 10);
const spanOf = ({ first, last }: Edges): DateSpan => ({ first: isoDate(first), last: isoDate(last) });

const isFilled = (cell: string) => cell.trim() !== '';

function looksAmbiguous(cells: readonly string[]): boolean {
  const evidence = newEvidence();
  for (const cell of cells) weigh(evidence, cell.trim());
  return verdict(evidence) === 'ambiguous';
}

/**
 * Columns whose dates tell no order, from the whole file: only those that the first rows leave open are read on.
 * `unfilled` are columns without a value so far that may turn out to be such.
 */
export async function ambiguousDates(
  table: RawTable,
  first: RawBatch,
  unfilled: readonly number[],
): Promise<readonly DateReadings[]> {
  const ofFirst = datesIn(first);
  const placed = table.columns.map((column, index) => ({ column, index }));
  const open = datedColumns(placed, table.shaped?.titles).flatMap((dated) => {
    const cells = textsOf(ofFirst(dated));
    const isUnfilled = dated.isTitle ? !cells.some(isFilled) : unfilled.includes(dated.index);
    return isUnfilled || looksAmbiguous(cells)
      ? [{ dated, evidence: newEvidence() as OrderEvidence, day: newEdges(), month: newEdges() }]
      : [];
  });
  if (open.length === 0) return [];
  for await (const batch of table.batches()) {
    const cellsOf = datesIn(batch);
    for (const { dated, evidence, day, month } of open)
      for (const cell of textsOf(cellsOf(dated))) {
        const text = cell.trim();
        if (text === '') continue;
        weigh(evidence, text);
        widen(day, text, dayFirst);
        widen(month, text, monthFirst);
      }
  }
  return open
    .filter(({ evidence }) => verdict(evidence) === 'ambiguous')
    .map(({ dated: { column, index, isTitle }, day, month }) => ({
      column,
      dayFirst: spanOf(day),
      monthFirst: spanOf(month),
      ...(isTitle ? { heldIn: table.columns[index] as string } : {}),
    }));
}
