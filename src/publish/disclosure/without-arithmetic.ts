import type { Column } from '../../core/index.ts';
import type { DisclosureProfile } from '../../stats/index.ts';
import { hideDerived } from './hide-derived.ts';
import type { TablePair } from './protect-chart.ts';
import type { ProtectedFigure } from './protect-figure.ts';
import { leaksInRows, type RowLeak } from './row-arithmetic.ts';

interface Protected {
  readonly pairs: readonly TablePair[];
  readonly figures: readonly ProtectedFigure[];
  /** Hidden cells that numbers of their rows gave back, so that one more had to be hidden: no column said so. */
  readonly undeclared: readonly string[];
  /** Hidden cells that numbers of their rows give back all the same. */
  readonly leaks: readonly string[];
}

const nameOf = ({ raw }: TablePair, { row, hidden, from }: RowLeak) =>
  `${raw.id} / ${hidden} / row ${row + 1}, by ${from.join(' and ')}`;

/** Of the numbers that give a hidden one back, that to hide: no count where there is a choice, then the last column. */
function coverOf({ from }: RowLeak, columns: readonly Column[]): string | undefined {
  const free = columns.filter(({ key, ofNobody }) => from.includes(key) && !ofNobody);
  return (free.findLast(({ type }) => type !== 'count') ?? free.at(-1))?.key;
}

function hideCovers(pair: TablePair, leaks: readonly RowLeak[], profile: DisclosureProfile): TablePair {
  const hiding = leaks.map((leak) => ({ row: leak.row, key: coverOf(leak, pair.raw.columns) }));
  const rows = pair.shown.rows.map((row, r) => {
    const keys = hiding.filter((one) => one.row === r).flatMap(({ key }) => key ?? []);
    return keys.length === 0
      ? row
      : { ...row, ...Object.fromEntries(keys.map((key) => [key, profile.symbol])) };
  });
  return { ...pair, shown: hideDerived(pair.raw, { ...pair.shown, rows }, profile) };
}

/** Hiding one number can leave another to be worked out; each round hides at least one. */
const mostRounds = 20;

/**
 * The tables and figures of a Result without the numbers that give a hidden one of their row back, whether or not
 * their columns say how they are worked out. What cannot be hidden is named.
 */
export function withoutArithmetic(
  pairs: readonly TablePair[],
  figuresFor: (pairs: readonly TablePair[]) => readonly ProtectedFigure[],
  profile: DisclosureProfile,
): Protected {
  let current = pairs;
  let undeclared: readonly string[] | undefined;
  for (let round = 0; ; round++) {
    const figures = figuresFor(current);
    const told = figures.map(({ raw, shown }) => ({ name: raw.id, raw: raw.value, shown: shown.value }));
    const leaks = current.map((pair) => leaksInRows(pair, told));
    const named = current.flatMap((pair, i) => (leaks[i] ?? []).map((leak) => nameOf(pair, leak)));
    undeclared ??= named;
    if (named.length === 0 || round === mostRounds)
      return { pairs: current, figures, undeclared, leaks: named };
    current = current.map((pair, i) => {
      const found = leaks[i] ?? [];
      return found.length === 0 ? pair : hideCovers(pair, found, profile);
    });
  }
}
