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

/** Columns of counts of which one is the sum of two others in every row. */
function acrossColumns({ table, series }: CountedTable): readonly CountSum[] {
  const columns = series.filter(({ name }) => !name.includes('#'));
  const holds = (a: CountSeries, b: CountSeries, c: CountSeries) => {
    const rows = table.rows.flatMap((_, r) => {
      const row = [a.values[r], b.values[r], c.values[r]];
      return row.every(isPresent) ? [row] : [];
    });
    return rows.length > 0 && rows.every(([x = 0, y = 0, z = 0]) => isSame(x, y + z));
  };
  return columns.flatMap((a) =>
    columns.flatMap((b, i) =>
      columns.slice(i + 1).flatMap((c) =>
        a === b || a === c || !holds(a, b, c)
          ? []
          : table.rows.flatMap((_, r) => {
              const [whole, ...parts] = [a.ids[r], b.ids[r], c.ids[r]];
              return isPresent(whole) && parts.every(isPresent) ? [{ whole, parts }] : [];
            }),
      ),
    ),
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

/** What adds up to what in one table, found from its words and proved by its numbers. */
export function sumsInTable(counted: CountedTable): TableSums {
  const found = counted.series.flatMap((series) =>
    counted.names.columns.map((column) => {
      const { sums, loose } = alongColumn(counted, series, column);
      return { sums, loose: isTime(column) ? [...loose, ...alongTime(counted, series, column)] : loose };
    }),
  );
  return {
    sums: [...found.flatMap(({ sums }) => sums), ...acrossColumns(counted), ...withAndWithout(counted)],
    loose: found.flatMap(({ loose }) => loose),
  };
}
