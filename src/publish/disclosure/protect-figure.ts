import { type Figure, type Interval, type Result, wilson } from '../../core/index.ts';
import { isChangeOfWhole } from './change-steps.ts';
import type { TablePair } from './protect-chart.ts';
import { isExtreme, type PublishedCounts, tellsSmallCount } from './protect-table.ts';
import type { CountedFigure } from './published-counts.ts';
import { roundPublished } from './round-published.ts';

/** What a figure is protected by: the counts it tells of, and the tables of its Result. */
interface FigureGrounds {
  readonly result: string;
  readonly counts: PublishedCounts;
  readonly counted: CountedFigure | undefined;
  readonly pairs: readonly TablePair[];
}

const hidden = 'not told, so that small counts stay protected';

function rounded(interval: Interval | null, unit: Figure['unit']): Interval | null {
  return (
    interval && {
      ...interval,
      low: roundPublished(interval.low, unit),
      high: roundPublished(interval.high, unit),
    }
  );
}

/** The interval of a share from the rounded counts, where it is Wilson's; otherwise as it was, rounded. */
function shareInterval(figure: Figure, part: number, whole: number, of: number): Interval | null {
  const { interval } = figure;
  if (!interval || figure.value === null) return null;
  const isWilson = Math.abs(wilson(figure.value * of, of, interval.level).low - interval.low) < 1e-9;
  if (!isWilson) return rounded(interval, 'share');
  const { low, high } = wilson(Math.min(part, whole), whole, interval.level);
  return rounded({ ...interval, low, high }, 'share');
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

/** What the tables of the Result show for the same value; undefined where it stands in none. */
function shownInTables(value: number, pairs: readonly TablePair[]): number | null | undefined {
  const found = pairs.flatMap(({ raw, shown }) =>
    raw.rows.flatMap((row, r) =>
      shown.columns.flatMap(({ key, type }) => {
        const cell = row[key];
        const isSame = typeof cell === 'number' && type !== 'count' && Math.abs(cell - value) < 1e-12;
        return isSame ? [shown.rows[r]?.[key] ?? null] : [];
      }),
    ),
  );
  if (found.length === 0) return undefined;
  const numbers = found.filter((cell) => typeof cell === 'number');
  return numbers.length === found.length ? (numbers[0] ?? null) : null;
}

/** A figure as it may be published; null for an extreme, which no publication holds. */
function protectFigure(figure: Figure, { result, counts, counted, pairs }: FigureGrounds): Figure | null {
  const { value, unit } = figure;
  if (isExtreme(figure.id, unit)) return null;
  if (figure.ofNobody || value === null) return figure;
  const withheld = { ...figure, value: null, interval: null, note: `${counts.profile.symbol} ${hidden}` };
  const shown = (id: string) => counts.published.get(id) ?? null;
  if (counted && counted.of === null) {
    const count = shown(counted.id);
    return count === null ? withheld : { ...figure, value: count, interval: null };
  }
  if (counted && counted.of !== null) {
    const [part, whole, rest] = [
      shown(counted.id),
      shown(`${counted.id}#of`),
      shown(`${counted.id}#without`),
    ];
    if (part === null || whole === null || rest === null) return withheld;
    const share = roundPublished(Math.min(1, part / whole), 'share');
    return { ...figure, value: share, interval: shareInterval(figure, part, whole, counted.of) };
  }
  const told = shownInTables(value, pairs);
  const isTelling = unit === 'share' && tellsSmallCount(value, counts.basesOf(result), counts.profile);
  if (told === null || (told === undefined && isTelling)) return withheld;
  const tables = { tables: pairs.map(({ raw }) => raw) };
  if (!isChangeOfWhole(tables, unit))
    return {
      ...figure,
      value: told ?? roundPublished(value, unit),
      interval: rounded(figure.interval, unit),
    };
  const change = told ?? counts.changeSteps.ofWhole(value, unit);
  return change === null
    ? withheld
    : { ...figure, value: change, interval: changeInterval(figure.interval, pairs, counts, unit) };
}

/** A figure as it was and as it may be published. */
export interface ProtectedFigure {
  readonly raw: Figure;
  readonly shown: Figure;
}

/** The figures of a Result as they may be published, beside what they were. */
export function protectFigures(
  result: Result,
  grounds: Omit<FigureGrounds, 'counted' | 'result'>,
  counted: readonly CountedFigure[],
): readonly ProtectedFigure[] {
  return result.figures.flatMap((raw) => {
    const own = counted.find((one) => one.result === result.id && one.figure === raw);
    const shown = protectFigure(raw, { ...grounds, result: result.id, counted: own });
    return shown === null ? [] : [{ raw, shown }];
  });
}
