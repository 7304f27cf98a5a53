import type { Table } from '../../core/index.ts';
import { isHiddenNumber } from './hide-derived.ts';
import { cellName, type TablePair } from './protect-chart.ts';

/** A number as it was and whether a publication shows it: a cell of a row, or a figure of the same Result. */
interface KnownNumber {
  /** The key of its column, or null for a figure. */
  readonly column: string | null;
  readonly name: string;
  readonly value: number;
  readonly isHidden: boolean;
  /** Hidden so that nobody reads it for more than it is: its counts may be told. */
  readonly isImprecise: boolean;
}

/** A hidden number that a reader can work out from numbers shown beside it. */
export interface RowLeak {
  readonly row: number;
  readonly hidden: string;
  /** The columns of the numbers that give it away; a figure is left out. */
  readonly from: readonly string[];
}

/** A figure of a Result as it was and as it is published. */
export interface FigureValues {
  readonly name: string;
  readonly raw: number | null;
  readonly shown: number | null;
}

const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1e-3, Math.abs(a), Math.abs(b));

/** What two numbers give: their sum, difference, product or ratio, growth from one to the other, and growth undone. */
const ways: readonly ((a: number, b: number) => number)[] = [
  (a, b) => a + b,
  (a, b) => a - b,
  (a, b) => b - a,
  (a, b) => a * b,
  (a, b) => a / b,
  (a, b) => b / a,
  (a, b) => a / b - 1,
  (a, b) => b / a - 1,
  (a, b) => a * (1 + b),
  (a, b) => b * (1 + a),
  (a, b) => a / (1 + b),
  (a, b) => b / (1 + a),
  (a, b) => (1 + a) * (1 + b) - 1,
  (a, b) => (1 + a) / (1 + b) - 1,
  (a, b) => (1 + b) / (1 + a) - 1,
];
const areSums = 3;

type Way = (a: number, b: number) => number;

/** True where agreement cannot be put down to chance: 1 is also the ratio of any two equal numbers. */
function isTelling(way: number, a: number, b: number, result: number): boolean {
  const isWhole = [a, b, result].every(Number.isInteger);
  if (a === 0 || b === 0 || result === 0 || (way >= areSums && isWhole)) return false;
  return way < areSums ? !isWhole : a !== 1 && b !== 1 && a !== b;
}

function numberOf(row: Table['rows'][number], key: string): number | null {
  const value = row[key];
  return typeof value === 'number' ? value : null;
}

/** True when three columns agree in every row that holds all three, and in one of them not by chance. */
function holdsInTable(
  { rows }: Table,
  keys: readonly [string, string, string],
  way: Way,
  index: number,
): boolean {
  let isProved = false;
  for (const row of rows) {
    const [a, b, c] = keys.map((key) => numberOf(row, key));
    if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number') continue;
    if (!isNear(way(a, b), c)) return false;
    isProved ||= isTelling(index, a, b, c);
  }
  return isProved;
}

function numbersIn(pair: TablePair, r: number, figures: readonly FigureValues[]): readonly KnownNumber[] {
  const [raw, shown] = [pair.raw.rows[r] ?? {}, pair.shown.rows[r] ?? {}];
  const cells = pair.raw.columns.flatMap(({ key }): readonly KnownNumber[] => {
    const value = numberOf(raw, key);
    return value === null
      ? []
      : [
          {
            column: key,
            name: key,
            value,
            isHidden: isHiddenNumber(value, shown[key]),
            isImprecise: pair.imprecise.has(cellName(r, key)),
          },
        ];
  });
  const beside = figures.flatMap(({ name, raw: value, shown: told }): readonly KnownNumber[] =>
    value === null || told === null
      ? []
      : [{ column: null, name, value, isHidden: false, isImprecise: false }],
  );
  return [...cells, ...beside];
}

/**
 * The numbers of a table that protection hid and that two others shown in their row, or one and a figure of the same
 * Result, give back. Three columns must agree in every row; a figure stands beside one. Counts are left to the audit of
 * counts, as they are rounded.
 */
export function leaksInRows(pair: TablePair, figures: readonly FigureValues[]): readonly RowLeak[] {
  const { raw } = pair;
  const judged = new Map<string, boolean>();
  const holds = (keys: readonly [string, string, string], way: Way, index: number) => {
    const name = `${index} ${keys.join(' ')}`;
    const known = judged.get(name) ?? holdsInTable(raw, keys, way, index);
    judged.set(name, known);
    return known;
  };
  const gives = (a: KnownNumber, b: KnownNumber, c: KnownNumber) =>
    ways.some((way, index) => {
      if (!isNear(way(a.value, b.value), c.value)) return false;
      if (a.column === null && b.column === null) return false;
      return a.column !== null && b.column !== null && c.column !== null
        ? holds([a.column, b.column, c.column], way, index)
        : isTelling(index, a.value, b.value, c.value);
    });
  return raw.rows.flatMap((_, row) => {
    const numbers = numbersIn(pair, row, figures);
    const hidden = numbers.filter(({ isHidden, isImprecise }) => isHidden && !isImprecise);
    if (hidden.length === 0) return [];
    const shown = numbers.filter(({ isHidden }) => !isHidden);
    return hidden.flatMap((c) =>
      shown.flatMap((a, i) =>
        shown
          .slice(i + 1)
          .flatMap((b): readonly RowLeak[] =>
            gives(a, b, c)
              ? [{ row, hidden: c.name, from: [a, b].flatMap(({ column }) => column ?? []) }]
              : [],
          ),
      ),
    );
  });
}
