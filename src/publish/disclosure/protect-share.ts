import { type CellValue, type Column, type Table, wilson } from '../../core/index.ts';
import { roundedCount } from '../../stats/index.ts';
import type { ExplainedShare } from './explained-shares.ts';
import type { PublishedCounts } from './protect-table.ts';
import type { CountedTable } from './published-counts.ts';
import { roundPublished } from './round-published.ts';
import { isPrecise } from './share-precision.ts';

/** A row of a table with what may be published of its counts. */
export interface RowReader {
  readonly row: Table['rows'][number];
  readonly r: number;
  readonly counted: CountedTable;
  readonly counts: PublishedCounts;
}

/** A count of a row as published: null where it is suppressed, undefined where the row has none. */
export function publishedAt({ counted, counts, r }: RowReader, series: string): number | null | undefined {
  const id = counted.series.find(({ name }) => name === series)?.ids[r];
  return id === undefined || id === null ? undefined : (counts.published.get(id) ?? null);
}

interface RoundedShare {
  readonly part: number;
  readonly whole: number;
}

/** The published counts that a share is worked out from; null where one of them is suppressed. */
function countsOfShare(reader: RowReader, share: ExplainedShare): RoundedShare | null {
  const { profile } = reader.counts;
  const whole = publishedAt(reader, share.count) ?? null;
  if (share.kind === 'in') {
    const total = roundedCount(share.total, profile);
    return whole === null || total === 0 ? null : { part: whole, whole: total };
  }
  const part = publishedAt(reader, `${share.column}#with`) ?? null;
  const rest = publishedAt(reader, `${share.column}#without`) ?? null;
  return whole === null || part === null || rest === null ? null : { part, whole };
}

const intervalEnds = { low: /^low$|Low$/, high: /^high$|High$/ } as const;
type End = keyof typeof intervalEnds;

const isEnd = ({ key, type }: Column, end: End) => type === 'share' && intervalEnds[end].test(key);

/** The share that an interval column belongs to: the nearest before it that counts explain. */
function shareBefore({ table, shares }: CountedTable, column: Column): ExplainedShare | undefined {
  const at = table.columns.indexOf(column);
  return table.columns
    .slice(0, at)
    .reverse()
    .map(({ key }) => shares.find((share) => share.column === key))
    .find((share) => share !== undefined);
}

/** The share that a column tells of, itself or as an end of its interval; undefined for other columns. */
export function shareOfColumn(counted: CountedTable, column: Column): ExplainedShare | undefined {
  const own = counted.shares.find((share) => share.column === column.key);
  if (own) return own;
  return isEnd(column, 'low') || isEnd(column, 'high') ? shareBefore(counted, column) : undefined;
}

/** The column of shares nearest before an end of an interval: its interval, where no other count explains it. */
export function ownerOfEnd({ columns }: Table, column: Column): Column | undefined {
  if (!isEnd(column, 'low') && !isEnd(column, 'high')) return undefined;
  return columns
    .slice(0, columns.indexOf(column))
    .findLast((one) => one.type === 'share' && !isEnd(one, 'low') && !isEnd(one, 'high'));
}

/** An end of the interval of a share, worked out again from the rounded counts where it is Wilson's; not yet rounded. */
function endFrom(
  { row }: RowReader,
  share: ExplainedShare,
  shown: RoundedShare,
  end: End,
  raw: CellValue | undefined,
) {
  const [s, n] = [row[share.column], row[share.count]];
  if (typeof raw !== 'number' || typeof s !== 'number' || typeof n !== 'number') return null;
  const total = share.kind === 'of' ? n : share.total;
  const isWilson = Math.abs(wilson(s * total, total)[end] - raw) < 1e-9;
  return isWilson ? wilson(Math.min(shown.part, shown.whole), shown.whole)[end] : raw;
}

/** The interval that a share has in its row, else in a figure of the same Result; null where it has none. */
function intervalOf(reader: RowReader, share: ExplainedShare, shown: RoundedShare) {
  const { row, counted, counts } = reader;
  const stated = counts.intervalOf(counted.result, Number(row[share.column]));
  const [low, high] = (['low', 'high'] as const).map((end) => {
    const column = counted.table.columns.find(
      (one) => isEnd(one, end) && shareBefore(counted, one) === share,
    );
    return endFrom(reader, share, shown, end, (column && row[column.key]) ?? stated?.[end]);
  });
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
}

/** The rounded counts of a share, and whether rounding leaves it precise enough to be told; null where they are hidden. */
function judged(reader: RowReader, share: ExplainedShare) {
  const shown = countsOfShare(reader, share);
  if (shown === null) return null;
  const interval = intervalOf(reader, share, shown);
  return { shown, isTold: isPrecise(shown.part, shown.whole, interval, reader.counts.profile) };
}

/** True for a share, or an end of its interval, that is hidden only because rounding would move it too far. */
export function isImprecise(reader: RowReader, column: Column): boolean {
  const share =
    typeof reader.row[column.key] === 'number' ? shareOfColumn(reader.counted, column) : undefined;
  return share !== undefined && judged(reader, share)?.isTold === false;
}

/** A share of counts, or an end of its interval, as it may be published; null where it is suppressed. */
export function sharePublished(reader: RowReader, column: Column, share: ExplainedShare): number | null {
  const found = judged(reader, share);
  if (!found?.isTold) return null;
  const { shown } = found;
  if (column.key === share.column) return roundPublished(Math.min(1, shown.part / shown.whole), 'share');
  const end = endFrom(reader, share, shown, isEnd(column, 'low') ? 'low' : 'high', reader.row[column.key]);
  return end === null ? null : roundPublished(end, 'share');
}
