import type { Figure, Result, Table } from '../../src/core/index.ts';
import { protectResults } from '../../src/publish/index.ts';
import { disclosureProfiles } from '../../src/stats/index.ts';

interface Known {
  readonly name: string;
  readonly value: number;
  readonly isShown: boolean;
}

const isNear = (a: number, b: number) => Math.abs(a - b) < 1e-9 * Math.max(1e-3, Math.abs(b));

/** How two numbers give a third; null where they do not, or where any two equal numbers or counts would. */
function wayFrom(a: number, b: number, hidden: number): string | null {
  if ([a, b, hidden].every(Number.isInteger) || a === 0 || b === 0 || hidden === 0) return null;
  if (isNear(a + b, hidden)) return '+';
  if (isNear(a - b, hidden)) return '-';
  if (a === 1 || b === 1 || a === b) return null;
  if (isNear(a * b, hidden)) return '*';
  if (isNear(a / b, hidden)) return '/';
  return isNear(a / b - 1, hidden) ? 'growth' : null;
}

function knownIn(raw: Table, shown: Table, row: number): readonly Known[] {
  return raw.columns.flatMap(({ key }) => {
    const value = raw.rows[row]?.[key];
    const isShown = typeof shown.rows[row]?.[key] === 'number';
    return typeof value === 'number' ? [{ name: key, value, isShown }] : [];
  });
}

function knownFigures(raw: readonly Figure[], shown: readonly Figure[]): readonly Known[] {
  return raw.flatMap(({ id, period, value }) => {
    const told = shown.find((one) => one.id === id && one.period === period)?.value;
    return value === null ? [] : [{ name: `figure ${id}`, value, isShown: typeof told === 'number' }];
  });
}

/** Every hidden number that two visible ones of its row, or one and a figure, give back exactly. */
function givenBack(raw: Result, shown: Result): readonly string[] {
  const figures = knownFigures(raw.figures, shown.figures);
  return raw.tables.flatMap((table, t) =>
    table.rows.flatMap((_, r) => {
      const cells = knownIn(table, shown.tables[t] ?? table, r);
      const seen = [...cells, ...figures].filter(({ isShown }) => isShown);
      return [...cells, ...figures]
        .filter(({ isShown }) => !isShown)
        .flatMap((hidden) =>
          seen.flatMap((a) =>
            seen.flatMap((b) => {
              const isOfRow = [hidden, a, b].some((one) => cells.includes(one));
              const way = a === b || !isOfRow ? null : wayFrom(a.value, b.value, hidden.value);
              return way === null
                ? []
                : [`${raw.id} ${table.id}: ${hidden.name} = ${a.name} ${way} ${b.name}`];
            }),
          ),
        );
    }),
  );
}

/** What a publication of some Results hides in vain, and how many of its numbers it hides at all. */
export async function hiddenInVain(results: readonly Result[]) {
  const guarded = await protectResults(results, disclosureProfiles['10-5']);
  const cells = results.flatMap((raw, i) =>
    raw.tables.flatMap((table, t) =>
      table.rows.flatMap((_, r) => knownIn(table, guarded.results[i]?.tables[t] ?? table, r)),
    ),
  );
  return {
    hidden: cells.filter(({ isShown }) => !isShown).length,
    inVain: results.flatMap((raw, i) => givenBack(raw, guarded.results[i] ?? raw)),
    undeclared: guarded.undeclared,
    unprotected: guarded.unprotected,
  };
}
