import { type CountCell, type CountSystem, membersOf } from './count-system.ts';
import { type Equation, type LinearSystem, rangeSolver } from './linear-programme.ts';
import { neighbourhoods, type SumIndex, sumIndex } from './neighbourhood.ts';
import { outerRanges } from './outer-ranges.ts';
import { type CountRange, type DisclosureProfile, rangeOfPublished, roundedCount } from './profile.ts';

/** What a reader knows of a system: which cells are suppressed, the rule, and what came out before. */
export interface ReaderKnows {
  readonly profile: DisclosureProfile;
  readonly suppressed: ReadonlySet<string>;
  /** Ranges that earlier releases give away. */
  readonly known: ReadonlyMap<string, CountRange>;
}

/** Where a reader can place a count before adding anything up. */
function ownRange(
  { id, value, isUnpublished }: CountCell,
  { profile, suppressed, known }: ReaderKnows,
  whole: boolean,
): CountRange {
  const { low, high } =
    isUnpublished || suppressed.has(id) || value === null
      ? { low: 0, high: Number.POSITIVE_INFINITY }
      : rangeOfPublished(roundedCount(value, profile), profile, whole);
  const before = known.get(id);
  return { low: Math.max(low, before?.low ?? low), high: Math.min(high, before?.high ?? high) };
}

/** What the exact audit of a system answers of its cells. */
export interface Audit {
  /** The least and the greatest count that a reader must allow for; no upper bound is Infinity. */
  readonly rangeOf: (id: string) => CountRange;
  /** True when a reader can place the cell within a range narrower than the profile's width. */
  readonly isTooClose: (id: string) => boolean;
}

interface Programme extends LinearSystem {
  readonly ids: readonly string[];
}

/** Some cells with all that share a sum with them. */
function withSums(near: ReadonlySet<string>, { sumsOf }: SumIndex): ReadonlySet<string> {
  return new Set([...near, ...[...near].flatMap((id) => (sumsOf.get(id) ?? []).flatMap(membersOf))]);
}

/** The programme of some cells, the others standing at their true values; with the sums of all of them, or of those `bound` alone. */
function programmeOf(
  free: Iterable<string>,
  { cells, sumsOf }: SumIndex,
  own: (cell: CountCell) => CountRange,
  whole: boolean,
  bound?: ReadonlySet<string>,
): Programme {
  const ids = [...free];
  const index = new Map(ids.map((id, i) => [id, i]));
  const sums = new Set([...(bound ?? ids)].flatMap((id) => sumsOf.get(id) ?? []));
  return {
    ids,
    variables: ids.map((id) => ({ ...own(cells.get(id) ?? { id, value: null }), whole })),
    equations: [...sums].map((sum): Equation => {
      const terms: Equation['terms'][number][] = [];
      let equals = 0;
      membersOf(sum).forEach((id, i) => {
        const sign = i === 0 ? -1 : 1;
        const variable = index.get(id);
        if (variable === undefined) equals -= sign * (cells.get(id)?.value ?? 0);
        else terms.push({ variable, sign });
      });
      return { terms, equals };
    }),
  };
}

const open: CountRange = { low: 0, high: Number.POSITIVE_INFINITY };

/**
 * Audits a system from all that is published and all sums together: the least and the greatest value of a cell
 * by linear programme, in whole numbers where all counts are whole. That a cell is wide enough is shown near it
 * where that is enough: values that fit while all else stands at its true value fit the whole system too. That it is not
 * is shown near it too: with the sums of the cells around it alone, and what lies beyond within its own bounds, its range
 * can only be wider than in the whole system.
 */
export async function auditOf(system: CountSystem, knows: ReaderKnows): Promise<Audit> {
  const solve = await rangeSolver();
  const index = sumIndex(system);
  const whole = system.cells.every(({ value }) => value === null || Number.isInteger(value));
  const own = (cell: CountCell) => ownRange(cell, knows, whole);
  const outer = outerRanges(system, own);
  const everything = () => programmeOf(index.cells.keys(), index, own, whole);
  const met = new Map<string, { low: number; high: number }>();
  const rangeIn = (programme: Programme, id: string): CountRange => {
    const found = solve(programme, programme.ids.indexOf(id));
    for (const { variable, value } of found?.solutions.flat() ?? []) {
      const name = programme.ids[variable] ?? '';
      const range = met.get(name) ?? { low: value, high: value };
      met.set(name, { low: Math.min(range.low, value), high: Math.max(range.high, value) });
    }
    return found === null ? open : { low: found.low, high: found.high };
  };
  /** Of a programme that leaves sums out: its solutions need not fit the whole system, and are not kept. */
  const looseRangeIn = (programme: Programme, id: string): CountRange =>
    solve(programme, programme.ids.indexOf(id)) ?? open;
  const isWide = (range: CountRange | undefined) =>
    range !== undefined && range.high - range.low >= knows.profile.width - 1e-6;
  const loosely = (cell: CountCell) => outer.get(cell.id) ?? own(cell);
  /** What the cells near one show of it: that it is wide enough, that it is not, or nothing. */
  const isWideNearby = (id: string): boolean | null => {
    let last: ReadonlySet<string> | undefined;
    for (const near of neighbourhoods(id, index, knows.suppressed)) {
      if (isWide(rangeIn(programmeOf(near, index, own, whole), id))) return true;
      last = near;
    }
    if (last === undefined) return null;
    const around = programmeOf(withSums(last, index), index, loosely, whole, last);
    return isWide(looseRangeIn(around, id)) ? null : false;
  };
  return {
    rangeOf: (id) => rangeIn(everything(), id),
    isTooClose: (id) =>
      // Solutions met on the way to other answers often settle this one.
      !isWide(met.get(id)) &&
      (!isWide(outer.get(id)) || !(isWideNearby(id) ?? isWide(rangeIn(everything(), id)))),
  };
}
