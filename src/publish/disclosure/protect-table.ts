import type { CellValue, Column, ColumnType, Interval, Table } from '../../core/index.ts';
import { type DisclosureProfile, isSmallCount } from '../../stats/index.ts';
import type { ChangeSteps } from './change-steps.ts';
import { countColumns } from './explained-shares.ts';
import type { IndexSteps } from './index-steps.ts';
import { cellName } from './protect-chart.ts';
import {
  isImprecise,
  ownerOfEnd,
  publishedAt,
  type RowReader,
  shareOfColumn,
  sharePublished,
} from './protect-share.ts';
import type { CountedTable } from './published-counts.ts';
import { roundPublished } from './round-published.ts';
import { isWords } from './row-names.ts';
import { wilsonBase } from './share-base.ts';

/** What may be published of the counts of a publication: the rounded count, or null where it is suppressed. */
export interface PublishedCounts {
  readonly profile: DisclosureProfile;
  readonly published: ReadonlyMap<string, number | null>;
  /** Words such as the name of an output, all of whose counts are suppressed: rates about them are too. */
  readonly silenced: ReadonlySet<string>;
  readonly indexSteps: IndexSteps;
  readonly changeSteps: ChangeSteps;
  /** The interval that a figure of a Result states for a share; null where none does. */
  readonly intervalOf: (result: string, share: number) => Pick<Interval, 'low' | 'high'> | null;
  /** The true counts of a Result: a share may be of any of them. */
  readonly basesOf: (result: string) => readonly number[];
}

const extreme =
  /^(min|max|minimum|maximum|shortest|longest|earliest|latest|lowest|highest|oldest|newest)([A-Z_ -]|$)/;
/** Of moments only: the first of two sides that are compared is no extreme. */
const extremeMoment = /^(first|last)([A-Z_ -]|$)/;
const measures: ReadonlySet<ColumnType> = new Set([
  'days',
  'hours',
  'minutes',
  'seconds',
  'pounds',
  'number',
  'time',
]);
/** Values of single cases, and names of them. */
const single = /^(example|examples|sample|samples|case_?id)$/i;

/** True for the least or the greatest of a set of times, amounts or moments: it tells of one case. */
export function isExtreme(key: string, type: ColumnType): boolean {
  return (measures.has(type) && extreme.test(key)) || (type === 'time' && extremeMoment.test(key));
}

/** True for a column that no publication holds: extremes, and what speaks of single cases. */
function isLeftOut({ key, type }: Column): boolean {
  return single.test(key) || isExtreme(key, type);
}

/** The share that a quantile leaves on its far side: 0.1 for the 90th percentile; null for other columns. */
function tailOf({ key }: Column): number | null {
  const [, digits] = /(?:^p|P)(\d\d)([A-Z_-]|$)/.exec(key) ?? [];
  if (digits === undefined) return null;
  const p = Number(digits) / 100;
  return Math.min(p, 1 - p);
}

/** The column that says how many cases a row rests on: what a share is of, else the first count. */
function baseColumn({ table, shares }: CountedTable): string | undefined {
  const of = shares.find(({ kind }) => kind === 'of');
  return of?.count ?? countColumns(table)[0]?.key;
}

function isSilenced({ row, counted, counts }: RowReader): boolean {
  return counted.table.columns.some(
    ({ key, type }) => type === 'text' && counts.silenced.has(String(row[key] ?? '')),
  );
}

/** True when the cases that a row rests on may not be told, so that nothing worked out of them may be. */
function isRowHidden(reader: RowReader): boolean {
  const base = baseColumn(reader.counted);
  if (base === undefined) return isSilenced(reader);
  return publishedAt(reader, base) === null;
}

/** True when a column holds exact shares of counts of its Result, found from one that is neither none nor all. */
function isOfCounts({ table }: CountedTable, { key }: Column, bases: readonly number[]): boolean {
  return table.rows.some((row) => {
    const share = row[key];
    if (typeof share !== 'number' || share <= 0 || share >= 1) return false;
    return bases.some((n) => n > 1 && Math.abs(share * n - Math.round(share * n)) < 1e-9 * n);
  });
}

/** True when a share is exactly that of a small count, or of all but a small count, among the counts given. */
export function tellsSmallCount(
  share: number,
  bases: readonly number[],
  profile: DisclosureProfile,
): boolean {
  if (share <= 0 || share >= 1) return false;
  return bases.some((n) => {
    const k = share * n;
    const isCount = n > 0 && Math.abs(k - Math.round(k)) < 1e-6;
    return isCount && (isSmallCount(Math.round(k), profile) || isSmallCount(Math.round(n - k), profile));
  });
}

/** What a share that no count of its row explains may be of: what its interval tells, else any count of its Result. */
function rowBases({ row, counted, counts }: RowReader, column: Column, share: number): readonly number[] {
  const { columns } = counted.table;
  const [low, high] = columns.slice(columns.indexOf(column) + 1).map(({ key }) => row[key]);
  const told =
    typeof low === 'number' && typeof high === 'number' && low <= share && share <= high
      ? wilsonBase(share, { low, high })
      : null;
  return told === null ? counts.basesOf(counted.result) : [told];
}

/** An index as finely as the counts behind it are published; null where one of them is suppressed. */
function indexPublished({ row, counted, counts }: RowReader, value: number): number | null {
  const start = counted.table.columns.find(({ type, forMachines }) => type === 'date' && forMachines);
  const step = counts.indexSteps(String(row[start?.key ?? '']));
  return step === null ? null : roundPublished(Math.round(value / step) * step, 'index');
}

/** A change as finely as the counts it is worked out from are published; null where one of them is suppressed. */
function changePublished(reader: RowReader, { changeOf = [], type }: Column, value: number): number | null {
  const { row, counts } = reader;
  const sides = changeOf.flatMap((key) => {
    const count = row[key];
    return typeof count === 'number' ? [count] : [];
  });
  if (sides.length < changeOf.length || changeOf.some((key) => publishedAt(reader, key) === null))
    return null;
  return sides.length === 0
    ? counts.changeSteps.ofWhole(value, type)
    : counts.changeSteps.between(value, sides, type);
}

function numberPublished(reader: RowReader, column: Column, value: number): CellValue {
  const { counted, counts } = reader;
  const { symbol, threshold } = counts.profile;
  if (column.ofNobody) return value;
  if (column.type === 'count') {
    const shown = publishedAt(reader, column.key);
    return shown === undefined ? value : (shown ?? symbol);
  }
  const share = shareOfColumn(counted, column);
  if (share) return sharePublished(reader, column, share) ?? symbol;
  if (isRowHidden(reader)) return symbol;
  if (column.changeOf || column.type === 'growth') return changePublished(reader, column, value) ?? symbol;
  if (column.type === 'index') return indexPublished(reader, value) ?? symbol;
  if (column.type === 'share') {
    const owner = ownerOfEnd(counted.table, column);
    const owned = owner && reader.row[owner.key];
    if (owner && typeof owned === 'number' && numberPublished(reader, owner, owned) === symbol) return symbol;
    const bases = counts.basesOf(counted.result);
    const isNoneOrAll = value === 0 || value === 1;
    const isTelling = isNoneOrAll
      ? counts.profile.zeros === 'small' && isOfCounts(counted, column, bases)
      : tellsSmallCount(value, rowBases(reader, column, value), counts.profile);
    if (isTelling) return symbol;
  }
  const tail = tailOf(column);
  const base = baseColumn(counted);
  const n = base === undefined ? undefined : reader.row[base];
  if (tail !== null && tail < 0.5 && typeof n === 'number' && n * tail < threshold - 1e-9) return symbol;
  return roundPublished(value, column.type);
}

/** One cell as it may be published; sentences are left to be protected after. */
function cellPublished(reader: RowReader, column: Column): CellValue {
  const value = reader.row[column.key] ?? null;
  if (typeof value === 'number') return numberPublished(reader, column, value);
  if (value === null && column.type === 'count' && publishedAt(reader, column.key) === null)
    return reader.counts.profile.symbol;
  if (value === null && !isWords(column) && !column.ofNobody && baseColumn(reader.counted) !== undefined)
    return isRowHidden(reader) ? reader.counts.profile.symbol : null;
  return value;
}

/** A table as it may be published, cell by cell, without extremes and values of single cases. */
export function protectCells(counted: CountedTable, counts: PublishedCounts): Table {
  const { table } = counted;
  const columns = table.columns.filter((column) => !isLeftOut(column));
  return {
    ...table,
    columns,
    rows: table.rows.map((row, r) =>
      Object.fromEntries(
        columns.map((column) => [column.key, cellPublished({ row, r, counted, counts }, column)]),
      ),
    ),
  };
}

/** The cells of a protected table that are hidden only because rounding would move their share too far, by row and column. */
export function impreciseCells(counted: CountedTable, counts: PublishedCounts): ReadonlySet<string> {
  const { columns, rows } = counted.table;
  return new Set(
    rows.flatMap((row, r) =>
      columns.flatMap((column) =>
        isImprecise({ row, r, counted, counts }, column) ? [cellName(r, column.key)] : [],
      ),
    ),
  );
}
