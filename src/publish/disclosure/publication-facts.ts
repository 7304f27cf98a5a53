import type { Interval, Result } from '../../core/index.ts';
import type { Quoted } from './protect-text.ts';
import type { PublicationSystem } from './publication-system.ts';
import type { CountedTable } from './published-counts.ts';
import { isSaying, isWords } from './row-names.ts';

/** Words of row names, such as outputs, of which no count is shown. */
export function silencedWords({ tables }: PublicationSystem, published: ReadonlyMap<string, number | null>) {
  const told = new Map<string, boolean>();
  for (const { table, names, series } of tables) {
    const texts = names.columns.filter(({ type }) => type === 'text');
    table.rows.forEach((row, r) => {
      const ids = series.flatMap(({ ids: own }) => own[r] ?? []);
      if (ids.length === 0) return;
      const isTold = ids.some((id) => (published.get(id) ?? null) !== null);
      for (const { key } of texts) {
        const word = String(row[key] ?? '');
        told.set(word, isTold || (told.get(word) ?? false));
      }
    });
  }
  return new Set([...told].filter(([, isTold]) => !isTold).map(([word]) => word));
}

/** Targets, floors and other settings stay as they are in sentences too. */
export function settingsOf({ tables }: Result): readonly Quoted[] {
  return tables.flatMap(({ columns, rows }) =>
    columns
      .filter(({ ofNobody }) => ofNobody)
      .flatMap(({ key, type }) =>
        rows.flatMap((row) => {
          const value = row[key];
          return typeof value === 'number' ? [{ raw: value, published: value, type }] : [];
        }),
      ),
  );
}

/** The true counts of each Result. */
export function countsByResult({
  tables,
  figures,
}: PublicationSystem): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, Set<number>>();
  const add = (result: string, value: number | null) => {
    if (value === null) return;
    found.set(result, (found.get(result) ?? new Set()).add(value));
  };
  for (const { result, series, shares } of tables) {
    for (const { values } of series) for (const value of values) add(result, value);
    for (const share of shares) if (share.kind === 'in') add(result, share.total);
  }
  for (const { result, value, of } of figures) {
    add(result, of ?? value);
  }
  return new Map([...found].map(([result, values]) => [result, [...values]]));
}

/** Finds the interval that a figure of a Result states for a share: a table can tell the share alone. */
export function intervalsIn(results: readonly Result[]) {
  const byId = new Map(results.map(({ id, figures }) => [id, figures]));
  return (result: string, share: number): Interval | null =>
    byId
      .get(result)
      ?.find(
        ({ unit, value, interval }) =>
          unit === 'share' && interval && value !== null && Math.abs(value - share) < 1e-12,
      )?.interval ?? null;
}

const withDigits = (words: Iterable<string>) =>
  [...new Set(words)].filter((word) => /\d/.test(word) && !isSaying(word));

/** Names in which digits are no counts: of rows, figures and steps. */
export function namesIn(results: readonly Result[], tables: readonly CountedTable[]): readonly string[] {
  return withDigits([
    ...tables.flatMap(({ table, names }) =>
      names.columns
        .filter((column) => isWords(column) && column.type === 'text')
        .flatMap(({ key }) => table.rows.map((row) => String(row[key] ?? ''))),
    ),
    ...results.flatMap(({ figures }) => figures.map(({ name }) => name)),
  ]);
}
