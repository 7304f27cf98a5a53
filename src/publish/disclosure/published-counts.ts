import type { Figure, Result, Table } from '../../core/index.ts';
import { countColumns, type ExplainedShare, explainedShares } from './explained-shares.ts';
import { type RowNames, rowNames } from './row-names.ts';
import { shareBase } from './share-base.ts';

/** The counts of one column of a table, or the counts that a column of shares tells of. */
export interface CountSeries {
  /** The column of counts, or of shares with `#with` (those who have it) and `#without`. */
  readonly name: string;
  readonly ids: readonly (string | null)[];
  readonly values: readonly (number | null)[];
  /** Of those who have or have not a quality, how many there are in all, row by row. */
  readonly bases: readonly (number | null)[] | null;
}

/** A table of a publication with the counts it shows. */
export interface CountedTable {
  readonly result: string;
  readonly table: Table;
  readonly names: RowNames;
  readonly shares: readonly ExplainedShare[];
  readonly series: readonly CountSeries[];
}

/** A figure of a publication that is a count, or a share of a count that its note or its interval tells. */
export interface CountedFigure {
  readonly result: string;
  readonly figure: Figure;
  /** The count itself, or those who have the quality. */
  readonly id: string;
  readonly value: number;
  /** How many the share is of, where the note or the interval tells it. */
  readonly of: number | null;
}

/** The name of a count in a publication, the same in every release. */
export function countId(result: string, part: string, series: string, row: string): string {
  return [result, part, series, row].join(' / ');
}

const toldWithheld = /fewer than|not shown|left out/i;

/** True when the notes of a table say that small counts were taken out of it before. */
function saysWithheld({ notes = [] }: Table): boolean {
  return notes.some((note) => toldWithheld.test(note));
}

function seriesOf(result: string, table: Table, names: RowNames, shares: readonly ExplainedShare[]) {
  const withheld = saysWithheld(table);
  const idsFor = (
    name: string,
    values: readonly (number | null)[],
    bases: CountSeries['bases'] = null,
  ): CountSeries => ({
    name,
    values,
    bases,
    ids: values.map((value, r) =>
      value === null && !withheld ? null : countId(result, table.id, name, names.names[r] ?? ''),
    ),
  });
  const numbers = (key: string) =>
    table.rows.map((row) => {
      const value = row[key];
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
    });
  const counts = countColumns(table).map(({ key }) => idsFor(key, numbers(key)));
  const told = shares.flatMap((share) => {
    if (share.kind === 'in') return [];
    const [part, whole] = [numbers(share.column), numbers(share.count)];
    const having = part.map((s, r) => (s === null ? null : Math.round(s * (whole[r] ?? 0))));
    const lacking = having.map((k, r) => (k === null ? null : (whole[r] ?? 0) - k));
    return [idsFor(`${share.column}#with`, having, whole), idsFor(`${share.column}#without`, lacking, whole)];
  });
  return [...counts, ...told];
}

/** The tables of some Results with their counts. */
export function countedTables(results: readonly Result[]): readonly CountedTable[] {
  return results.flatMap((result) =>
    result.tables.map((table) => {
      const names = rowNames(table);
      const shares = explainedShares(table);
      return { result: result.id, table, names, shares, series: seriesOf(result.id, table, names, shares) };
    }),
  );
}

/** The figures of some Results that are counts or that tell of counts. */
export function countedFigures(results: readonly Result[]): readonly CountedFigure[] {
  return results.flatMap((result) =>
    result.figures.flatMap((figure): readonly CountedFigure[] => {
      const { value, unit, ofNobody } = figure;
      if (ofNobody || value === null || value < 0) return [];
      const id = countId(result.id, 'figures', figure.id, figure.period ?? '');
      if (unit === 'count') return [{ result: result.id, figure, id, value, of: null }];
      const of = unit === 'share' ? shareBase(figure) : null;
      return of === null ? [] : [{ result: result.id, figure, id, value: Math.round(value * of), of }];
    }),
  );
}
