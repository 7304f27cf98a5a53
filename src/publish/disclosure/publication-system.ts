import type { Result } from '../../core/index.ts';
import type { CountCell, CountSum, CountSystem } from '../../stats/index.ts';
import { mapCounts } from './map-counts.ts';
import { type CountedFigure, type CountedTable, countedFigures, countedTables } from './published-counts.ts';
import { type LooseSum, type Subject, subjectOf, sumsInTable, type TableSums } from './sums-in-table.ts';

/** A publication as one system of counts: whatever stands in it binds whatever else does. */
export interface PublicationSystem {
  readonly tables: readonly CountedTable[];
  readonly figures: readonly CountedFigure[];
  readonly system: CountSystem;
}

interface PlacedCell extends Subject {
  readonly id: string;
  readonly value: number;
  /** Of those who have or have not a quality, how many there are in all. */
  readonly base: number | null;
  readonly result: string;
  /** Null for a figure. */
  readonly table: string | null;
}

/** A count that many cells share by chance binds no more when all of them are tried. */
const mostMatches = 3;
/** Smaller counts agree by chance, and as a whole they leave their parts wide enough by themselves. */
const leastTelling = 20;

function placedInTable({ result, table, names, series }: CountedTable): readonly PlacedCell[] {
  const place = `${result}/${table.id}`;
  return series.flatMap(({ ids, values, bases }) =>
    table.rows.flatMap((row, r) => {
      const [id, value] = [ids[r] ?? null, values[r] ?? null];
      if (id === null || value === null) return [];
      const base = bases?.[r] ?? null;
      return [{ id, value, base, result, table: place, ...subjectOf(row, names.columns) }];
    }),
  );
}

function placedFigure({ result, id, value, of }: CountedFigure): readonly PlacedCell[] {
  const cell = (name: string, n: number, base: number | null) => ({
    id: name,
    value: n,
    base,
    result,
    table: null,
    words: [],
    dates: [],
  });
  return of === null
    ? [cell(id, value, null)]
    : [cell(id, value, of), cell(`${id}#of`, of, null), cell(`${id}#without`, of - value, of)];
}

function byValue(cells: readonly PlacedCell[]): ReadonlyMap<number, readonly PlacedCell[]> {
  const map = new Map<number, PlacedCell[]>();
  for (const cell of cells) map.set(cell.value, [...(map.get(cell.value) ?? []), cell]);
  return map;
}

const holdsAll = (a: readonly string[], b: readonly string[]) => a.every((word) => b.includes(word));

/** True when one speaks of the same as the other or of more, at the same time. */
function mayBeWhole(whole: PlacedCell, parts: Subject): boolean {
  return whole.words.length > 0 && holdsAll(whole.words, parts.words) && holdsAll(whole.dates, parts.dates);
}

/** True when two equal counts are unlikely to be equal by chance. */
function isTelling(a: Pick<PlacedCell, 'value' | 'base'>, b: Pick<PlacedCell, 'base'>): boolean {
  return a.base === b.base && (a.base ?? a.value) >= leastTelling;
}

/** Counts elsewhere that the parts of a loose sum add up to. */
function wholesFor(
  { result, table }: { readonly result: string; readonly table: string },
  sum: LooseSum,
  known: ReadonlyMap<number, readonly PlacedCell[]>,
): readonly string[] {
  return (known.get(sum.value) ?? [])
    .filter(
      (cell) =>
        isTelling(cell, sum) &&
        (cell.table === null ? cell.result === result : cell.table !== table && mayBeWhole(cell, sum)),
    )
    .slice(0, mostMatches)
    .map(({ id }) => id);
}

interface FoundSums extends TableSums {
  readonly result: string;
  readonly table: string;
  readonly counted: CountedTable;
}

/**
 * Cuts of one population by different columns, such as by age and by channel: for each subject of a table all
 * cuts add up to the same count, which need not be published.
 */
function cutsOfOne({ result, table, counted, loose }: FoundSums): Omit<CountSystem, 'cells'> & {
  readonly cells: readonly CountCell[];
} {
  const cells: CountCell[] = [];
  const sums: CountSum[] = [];
  const texts = counted.names.columns.filter(({ type }) => type === 'text');
  for (const along of texts)
    for (const cut of texts.filter(({ key }) => key !== along.key)) {
      const bySubject = new Map<string, LooseSum[]>();
      for (const sum of loose.filter((one) => one.along.key === along.key)) {
        const series = (sum.parts[0] ?? '').split(' / ')[2] ?? '';
        const cuts = new Set(counted.table.rows.map((row) => String(row[cut.key])));
        const subject = [series, ...sum.words.filter((word) => !cuts.has(word)), ...sum.dates].join(' / ');
        bySubject.set(subject, [...(bySubject.get(subject) ?? []), sum]);
      }
      const several = [...bySubject].filter(([, found]) => found.length > 1);
      const agree = several.every(([, found]) => found.every(({ value }) => value === found[0]?.value));
      if (several.length === 0 || !agree) continue;
      for (const [subject, found] of several) {
        const id = ['unpublished', result, table, along.key, subject].join(' / ');
        cells.push({ id, value: found[0]?.value ?? 0, isUnpublished: true });
        sums.push(...found.map(({ parts }) => ({ whole: id, parts })));
      }
    }
  return { cells, sums };
}

/** True for equal counts of two places that may be one: the same share as a figure of two Results is. */
function isOneCount(cell: PlacedCell, other: PlacedCell): boolean {
  if (cell.table === null && other.table === null)
    return (
      cell.result !== other.result &&
      cell.base !== null &&
      cell.id.split(' / ').at(-1) === other.id.split(' / ').at(-1)
    );
  if (cell.table === other.table) return false;
  return cell.table === null || other.table === null
    ? cell.result === other.result
    : mayBeWhole(cell, other) || mayBeWhole(other, cell);
}

/**
 * The same count in two places: one cannot be hidden while the other is shown. Where two counts of one row are equal to
 * a third, no reader can tell which of them it is, and both at once would say that the rest of the row is none: the
 * first is taken.
 */
function sameCounts(known: ReadonlyMap<number, readonly PlacedCell[]>): readonly CountSum[] {
  const taken = new Set<string>();
  return [...known.values()].flatMap((cells) =>
    cells.flatMap((cell, i) => {
      const same = cells.slice(0, i).find((other) => isTelling(cell, other) && isOneCount(cell, other));
      if (!same) return [];
      const row = JSON.stringify([same.id, cell.table, cell.words, cell.dates]);
      if (cell.table !== null && taken.has(row)) return [];
      taken.add(row);
      return [{ whole: same.id, parts: [cell.id] }];
    }),
  );
}

/** The counts of some Results that are published together, and what adds up to what among them. */
export function publicationSystem(results: readonly Result[]): PublicationSystem {
  const tables = countedTables(results);
  const figures = countedFigures(results);
  const placed = [...tables.flatMap(placedInTable), ...figures.flatMap(placedFigure)];
  const known = byValue(placed);
  const found: readonly FoundSums[] = tables.map((counted) => {
    const place = { result: counted.result, table: `${counted.result}/${counted.table.id}` };
    return { ...place, counted, ...sumsInTable(counted) };
  });
  const cuts = found.map(cutsOfOne);
  const maps = mapCounts(results, tables);
  const withheld = tables.flatMap(({ series }) =>
    series.flatMap(({ ids, values }) =>
      ids.flatMap((id, r) => (id !== null && values[r] === null ? [{ id, value: null }] : [])),
    ),
  );
  return {
    tables,
    figures,
    system: {
      cells: [
        ...placed.map(({ id, value }) => ({ id, value })),
        ...withheld,
        ...cuts.flatMap(({ cells }) => cells),
        ...maps.cells,
      ],
      sums: [
        ...found.flatMap(({ sums }) => sums),
        ...found.flatMap((place) =>
          place.loose.flatMap((sum) =>
            wholesFor(place, sum, known).map((whole) => ({ whole, parts: sum.parts })),
          ),
        ),
        ...cuts.flatMap(({ sums }) => sums),
        ...figures.flatMap(({ id, of }) =>
          of === null ? [] : [{ whole: `${id}#of`, parts: [id, `${id}#without`] }],
        ),
        ...sameCounts(known),
        ...maps.sums,
      ],
    },
  };
}
