import { type Figure, type Interval, type Result, wilson } from '../../core/index.ts';
import type { DisclosureProfile } from '../../stats/index.ts';
import { isChangeOfWhole } from './change-steps.ts';
import { cellName, type TablePair } from './protect-chart.ts';
import { isExtreme, type PublishedCounts, tellsSmallCount } from './protect-table.ts';
import type { CountedFigure } from './published-counts.ts';
import { roundPublished } from './round-published.ts';
import { isPrecise } from './share-precision.ts';

/** What a figure is protected by: the counts it tells of, and the tables of its Result. */
interface FigureGrounds {
  readonly result: string;
  readonly counts: PublishedCounts;
  readonly counted: CountedFigure | undefined;
  readonly pairs: readonly TablePair[];
}

const hidden = 'not told, so that small counts stay protected';

/** Why a share whose counts may be told is not. */
function tooRounded({ base }: DisclosureProfile): string {
  return `not told: rounding its counts to the nearest ${base} could move it too far`;
}

function rounded(interval: Interval | null, unit: Figure['unit']): Interval | null {
  return (
    interval && {
      ...interval,
      low: roundPublished(interval.low, unit),
      high: roundPublished(interval.high, unit),
    }
  );
}

/** The interval of a share from the rounded counts, where it is Wilson's; otherwise as it was. */
function shareInterval(figure: Figure, part: number, whole: number, of: number): Interval | null {
  const { interval } = figure;
  if (!interval || figure.value === null) return null;
  const isWilson = Math.abs(wilson(figure.value * of, of, interval.level).low - interval.low) < 1e-9;
  return isWilson ? { ...interval, ...wilson(Math.min(part, whole), whole, interval.level) } : interval;
}

/** The ends of the interval of a change as the tables of its Result show them, else as finely as those of the whole. */
function changeInterval(
  interval: Interval | null,
  pairs: readonly TablePair[],
  { changeSteps }: PublishedCounts,
  unit: Figure['unit'],
): Interval | null {
  if (!interval) return null;
  const [low, high] = [interval.low, interval.high].map((end) => {
    const told = shownInTables(end, pairs);
    return told === undefined ? changeSteps.ofWhole(end, unit) : told;
  });
  return typeof low === 'number' && typeof high === 'number' ? { ...interval, low, high } : null;
}

/** The cells of the Result that hold the same value: as shown, and whether rounding alone hides them. */
function sameInTables(value: number, pairs: readonly TablePair[]) {
  return pairs.flatMap(({ raw, shown, imprecise }) =>
    raw.rows.flatMap((row, r) =>
      shown.columns.flatMap(({ key, type }) => {
        const cell = row[key];
        const isSame = typeof cell === 'number' && type !== 'count' && Math.abs(cell - value) < 1e-12;
        return isSame
          ? [{ told: shown.rows[r]?.[key] ?? null, isImprecise: imprecise.has(cellName(r, key)) }]
          : [];
      }),
    ),
  );
}

/** What the tables of the Result show for the same value; undefined where it stands in none. */
function shownInTables(value: number, pairs: readonly TablePair[]): number | null | undefined {
  const found = sameInTables(value, pairs).map(({ told }) => told);
  if (found.length === 0) return undefined;
  const numbers = found.filter((cell) => typeof cell === 'number');
  return numbers.length === found.length ? (numbers[0] ?? null) : null;
}

/** True when a value stands in tables that hide it only because rounding would move it too far. */
function isImpreciseInTables(value: number, pairs: readonly TablePair[]): boolean {
  const hiding = sameInTables(value, pairs).filter(({ told }) => typeof told !== 'number');
  return hiding.length > 0 && hiding.every(({ isImprecise }) => isImprecise);
}

/** A figure as it was and as it may be published. */
export interface ProtectedFigure {
  readonly raw: Figure;
  readonly shown: Figure;
  /** Hidden only because rounding would move the share too far. */
  readonly isImprecise: boolean;
}

/** A share of rounded counts as it may be published, with its interval. */
function protectShare(
  figure: Figure,
  { id, of }: CountedFigure & { readonly of: number },
  { profile, published }: PublishedCounts,
): ProtectedFigure {
  const [part, whole, rest] = [id, `${id}#of`, `${id}#without`].map((name) => published.get(name) ?? null);
  if (typeof part !== 'number' || typeof whole !== 'number' || typeof rest !== 'number')
    return withheld(figure, profile, false);
  const interval = shareInterval(figure, part, whole, of);
  if (!isPrecise(part, whole, interval, profile)) return withheld(figure, profile, true);
  const value = roundPublished(Math.min(1, part / whole), 'share');
  return told(figure, { value, interval: rounded(interval, 'share') });
}

function told(raw: Figure, parts: Pick<Figure, 'value' | 'interval'>): ProtectedFigure {
  return { raw, shown: { ...raw, ...parts }, isImprecise: false };
}

function withheld(raw: Figure, profile: DisclosureProfile, isImprecise: boolean): ProtectedFigure {
  const note = `${profile.symbol} ${isImprecise ? tooRounded(profile) : hidden}`;
  return { raw, shown: { ...raw, value: null, interval: null, note }, isImprecise };
}

/** A figure as it may be published; null for an extreme, which no publication holds. */
function protectFigure(
  figure: Figure,
  { result, counts, counted, pairs }: FigureGrounds,
): ProtectedFigure | null {
  const { value, unit } = figure;
  const { profile } = counts;
  if (isExtreme(figure.id, unit)) return null;
  if (figure.ofNobody || value === null) return { raw: figure, shown: figure, isImprecise: false };
  if (counted && counted.of === null) {
    const count = counts.published.get(counted.id) ?? null;
    return count === null ? withheld(figure, profile, false) : told(figure, { value: count, interval: null });
  }
  if (counted && counted.of !== null) return protectShare(figure, { ...counted, of: counted.of }, counts);
  const inTables = shownInTables(value, pairs);
  if (inTables === null) return withheld(figure, profile, isImpreciseInTables(value, pairs));
  const isTelling = unit === 'share' && tellsSmallCount(value, counts.basesOf(result), profile);
  if (inTables === undefined && isTelling) return withheld(figure, profile, false);
  const tables = { tables: pairs.map(({ raw }) => raw) };
  if (!isChangeOfWhole(tables, unit))
    return told(figure, {
      value: inTables ?? roundPublished(value, unit),
      interval: rounded(figure.interval, unit),
    });
  const change = inTables ?? counts.changeSteps.ofWhole(value, unit);
  return change === null
    ? withheld(figure, profile, false)
    : told(figure, { value: change, interval: changeInterval(figure.interval, pairs, counts, unit) });
}

/** The figures of a Result as they may be published, beside what they were. */
export function protectFigures(
  result: Result,
  grounds: Omit<FigureGrounds, 'counted' | 'result'>,
  counted: readonly CountedFigure[],
): readonly ProtectedFigure[] {
  return result.figures.flatMap((raw) => {
    const own = counted.find((one) => one.result === result.id && one.figure === raw);
    return protectFigure(raw, { ...grounds, result: result.id, counted: own }) ?? [];
  });
}
