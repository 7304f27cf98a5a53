import type { CellValue, Column } from '../../core/index.ts';
import type { CountSum } from '../../stats/index.ts';
import type { CountedTable, CountSeries } from './published-counts.ts';

const saysAll = /^(all|total|everyone|everything|whole)\b/i;

/** What a count speaks of: its words, such as a measure, without those that say "all"; and its dates. */
export interface Subject {
  readonly words: readonly string[];
  readonly dates: readonly string[];
}

/** Parts of a table that add up to a count which stands elsewhere, or nowhere. */
export interface LooseSum extends Subject {
  readonly parts: readonly string[];
  readonly value: number;
  /** Of those who have or have not a quality, how many there are in all. */
  readonly base: number | null;
  /** The column along which the parts lie. */
  readonly along: Column;
}

/** What adds up to what in a table, and what would add up to a count outside it. */
export interface TableSums {
  readonly sums: readonly CountSum[];
  readonly loose: readonly LooseSum[];
}

/** What a row speaks of, by some of the columns that name it. */
export function subjectOf(row: Readonly<Record<string, CellValue>>, columns: readonly Column[]): Subject {
  const said = (those: readonly Column[]) => those.map(({ key }) => String(row[key] ?? ''));
  return {
    words: said(columns.filter(({ type }) => type === 'text')).filter(
      (word) => word !== '' && !saysAll.test(word),
    ),
    dates: said(columns.filter(({ type }) => type !== 'text')),
  };
}

interface Group extends Subject {
  readonly parts: number[];
  readonly wholes: number[];
}

function groupsAlong({ table, names }: CountedTable, along: Column): readonly Group[] {
  const others = names.columns.filter(({ key }) => key !== along.key);
  const groups = new Map<string, Group>();
  table.rows.forEach((row, r) => {
    const name = JSON.stringify(others.map(({ key }) => row[key]));
    const group = groups.get(name) ?? { ...subjectOf(row, others), parts: [], wholes: [] };
    (saysAll.test(String(row[along.key] ?? '')) ? group.wholes : group.parts).push(r);
    groups.set(name, group);
  });
  return [...groups.values()];
}

const isPresent = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const isSame = (a: number, b: number) => Math.abs(a - b) < 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** True when the parts add to the whole, or could: a part that was withheld is what is left over. */
function addsUp(parts: readonly (number | null)[], whole: number | null): boolean {
  const known = parts.filter(isPresent);
  if (whole === null) return true;
  return known.length === parts.length ? isSame(total(known), whole) : total(known) <= whole;
}

const baseOf = ({ bases }: CountSeries, rows: readonly number[]) =>
  bases && total(rows.map((r) => bases[r] ?? 0));

function alongColumn(counted: CountedTable, series: CountSeries, along: Column): TableSums {
  const sums: CountSum[] = [];
  const loose: LooseSum[] = [];
  const idsOf = (rows: readonly number[]) => rows.map((r) => series.ids[r]);
  const valuesOf = (rows: readonly number[]) => rows.map((r) => series.values[r] ?? null);
  for (const group of groupsAlong(counted, along)) {
    const parts = idsOf(group.parts);
    if (parts.length < 1 || !parts.every(isPresent)) continue;
    const values = valuesOf(group.parts);
    const [wholeRow] = group.wholes;
    const whole = wholeRow === undefined ? undefined : series.ids[wholeRow];
    if (isPresent(whole) && wholeRow !== undefined && group.wholes.length === 1) {
      if (addsUp(values, series.values[wholeRow] ?? null)) sums.push({ whole, parts });
    } else if (parts.length > 1 && values.every(isPresent)) {
      const { words, dates } = group;
      loose.push({ parts, value: total(values), base: baseOf(series, group.parts), words, dates, along });
    }
  }
  return { sums, loose };
}

/** Lengths of runs of periods that other tables often add up: quarters, thirds, halves, years. */
const runs = [3, 4, 6, 12, 24];

/** Runs of periods of one series, which a table of years may add up. */
function alongTime(counted: CountedTable, series: CountSeries, along: Column): readonly LooseSum[] {
  return groupsAlong(counted, along).flatMap(({ words, dates, parts }) =>
    runs
      .filter((length) => length < parts.length)
      .flatMap((length) =>
        Array.from({ length: parts.length - length + 1 }, (_, start) => {
          const rows = parts.slice(start, start + length);
          const ids = rows.map((r) => series.ids[r]);
          const values = rows.map((r) => series.values[r]);
          return ids.every(isPresent) && values.every(isPresent)
            ? [{ parts: ids, value: total(values), base: baseOf(series, rows), words, dates, along }]
            : [];
        }).flat(),
      ),
  );
}

/** A column that others add up to in every row where all are known, by their places. */
interface ColumnSum {
  readonly whole: number;
  readonly parts: readonly number[];
}

/** Rows that three parts must add up in, as three agree by chance in fewer. */
const leastRowsOfThree = 3;

function columnSums(columns: readonly CountSeries[], rows: number): readonly ColumnSum[] {
  const places = columns.map((_, i) => i);
  const holds = ({ whole, parts }: ColumnSum) => {
    let known = 0;
    for (let r = 0; r < rows; r++) {
      const values = [whole, ...parts].map((i) => columns[i]?.values[r]);
      if (!values.every(isPresent)) continue;
      const [x = 0, ...others] = values;
      if (!isSame(x, total(others))) return false;
      known += 1;
    }
    return known >= (parts.length > 2 ? leastRowsOfThree : 1);
  };
  return places.flatMap((whole) => {
    const others = places.filter((i) => i !== whole);
    const sets = others.flatMap((a, i) =>
      others.slice(i + 1).flatMap((b, k) => [[a, b], ...others.slice(i + k + 2).map((c) => [a, b, c])]),
    );
    return sets.map((parts): ColumnSum => ({ whole, parts })).filter(holds);
  });
}

/**
 * Sums of columns without those that say less or the same again: where a column is none in every row, a sum without it
 * holds too, and so does the sum turned round. Together they would say that it is none, which no reader is told.
 */
function tellingSums(found: readonly ColumnSum[]): readonly ColumnSum[] {
  const members = ({ whole, parts }: ColumnSum) => [whole, ...parts].toSorted((a, b) => a - b);
  const largest = found.filter(
    (one) =>
      !found.some(
        (other) =>
          other.parts.length > one.parts.length && members(one).every((i) => members(other).includes(i)),
      ),
  );
  return largest.filter(
    (one, i) => largest.findIndex((other) => members(other).join() === members(one).join()) === i,
  );
}

/** Columns of counts of which one is the sum of two or three others in every row. */
function acrossColumns({ table, series }: CountedTable): readonly CountSum[] {
  const columns = series.filter(({ name }) => !name.includes('#'));
  return tellingSums(columnSums(columns, table.rows.length)).flatMap(({ whole, parts }) =>
    table.rows.flatMap((_, r) => {
      const id = columns[whole]?.ids[r];
      const partIds = parts.map((part) => columns[part]?.ids[r]);
      return isPresent(id) && partIds.every(isPresent) ? [{ whole: id, parts: partIds }] : [];
    }),
  );
}

/** Those who have a quality and those who have not, of the count that the share is of. */
function withAndWithout({ shares, series }: CountedTable): readonly CountSum[] {
  const named = (name: string) => series.find((candidate) => candidate.name === name);
  return shares.flatMap((share) => {
    if (share.kind === 'in') return [];
    const [whole, having, lacking] = [
      named(share.count),
      named(`${share.column}#with`),
      named(`${share.column}#without`),
    ];
    return (whole?.ids ?? []).flatMap((id, r) => {
      const parts = [having?.ids[r], lacking?.ids[r]];
      return isPresent(id) && parts.every(isPresent) && isPresent(having?.values[r])
        ? [{ whole: id, parts }]
        : [];
    });
  });
}

const isTime = ({ type }: Column) => type === 'date' || type === 'period';

/**
 * Counts that are, in every row, those who have the quality of a share or those who have not: cases with a mark beside
 * the share of a finding's cases that have it. The share can be hidden with its counts, and they would tell both.
 */
function toldByShares({ shares, series }: CountedTable): readonly CountSum[] {
  const columns = series.filter(({ name }) => !name.includes('#'));
  const bases = new Set(shares.map(({ count }) => count));
  return series
    .filter(({ name }) => name.includes('#'))
    .flatMap((told) =>
      columns
        .filter(({ name, values }) => {
          const known = values.flatMap((value, r) =>
            isPresent(value) && isPresent(told.values[r]) ? [r] : [],
          );
          return !bases.has(name) && known.length > 0 && known.every((r) => values[r] === told.values[r]);
        })
        .flatMap((column) =>
          column.ids.flatMap((id, r) => {
            const same = told.ids[r];
            const isKnown = isPresent(column.values[r]) && isPresent(told.values[r]);
            return isKnown && isPresent(id) && isPresent(same) ? [{ whole: id, parts: [same] }] : [];
          }),
        ),
    );
}

/** What adds up to what in one table, found from its words and proved by its numbers. */
export function sumsInTable(counted: CountedTable): TableSums {
  const found = counted.series.flatMap((series) =>
    counted.names.columns.map((column) => {
      const { sums, loose } = alongColumn(counted, series, column);
      return { sums, loose: isTime(column) ? [...loose, ...alongTime(counted, series, column)] : loose };
    }),
  );
  return {
    sums: [
      ...found.flatMap(({ sums }) => sums),
      ...acrossColumns(counted),
      ...withAndWithout(counted),
      ...toldByShares(counted),
    ],
    loose: found.flatMap(({ loose }) => loose),
  };
}
