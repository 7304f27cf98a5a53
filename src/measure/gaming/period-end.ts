import { drawsFor } from '../../core/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** Completions by day, one period after another. */
export interface DailyCompletions {
  /** For each period, the completions of each of its days in order. */
  readonly periods: readonly (readonly number[])[];
  readonly seed?: number | undefined;
  readonly draws?: number | undefined;
}

/** The period-end test. */
export interface PeriodEnd extends Tested {
  readonly test: 'T7';
  /** Completions a day in the last tenth of periods, over those of the other days. */
  readonly endRatio: number;
  /** Completions a day in the first tenth of the next period, over the mean of the middle days; below 1 is a trough. */
  readonly troughRatio: number | null;
  readonly shareAtEnd: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const endDays = (days: number) => Math.max(1, Math.round(days / 10));

/** Completions a day in a block of each period over those of its other days, pooled. */
function blockRatio(periods: readonly (readonly number[])[], startOf: (period: number) => number): number {
  let [inside, insideDays, all, allDays] = [0, 0, 0, 0];
  periods.forEach((days, period) => {
    const [start, length] = [startOf(period), endDays(days.length)];
    for (let i = 0; i < length; i++) inside += days[(start + i) % days.length] ?? 0;
    insideDays += length;
    all += days.reduce((sum, x) => sum + x, 0);
    allDays += days.length;
  });
  return inside / insideDays / ((all - inside) / (allDays - insideDays));
}

/**
 * T7: whether completions crowd into the last tenth of a period (the estimator is ours). The p-value is the
 * share of draws in which a block of the same length, placed at random in each period, does as much. Periods of
 * whole reporting months, quarters or years.
 */
export function periodEnd({
  periods,
  seed = 20_260_401,
  draws = 1999,
}: DailyCompletions): PeriodEnd | NotTestable {
  if (periods.length < 6) return notTestable('T7', 'fewer than 6 whole periods are known by day');
  if (periods.some((days) => days.length < 10)) return notTestable('T7', 'a period has fewer than 10 days');
  const total = periods.flat().reduce((sum, x) => sum + x, 0);
  if (total < 200) return notTestable('T7', `there are ${total} completions, and at least 200 are needed`);
  const atEnd = (period: number) => {
    const days = periods[period]?.length ?? 0;
    return days - endDays(days);
  };
  const endRatio = blockRatio(periods, atEnd);
  const draw = drawsFor(seed, 'period ends');
  let asMuch = 0;
  for (let r = 0; r < draws; r++) {
    const ratio = blockRatio(periods, (period) =>
      Math.floor(draw(r, period) * (periods[period]?.length ?? 1)),
    );
    if (ratio >= endRatio) asMuch += 1;
  }
  const starts = periods.slice(1).flatMap((days) => days.slice(0, endDays(days.length)));
  const middle = periods.flatMap((days) =>
    days.slice(endDays(days.length), days.length - endDays(days.length)),
  );
  return tested({
    test: 'T7' as const,
    n: total,
    p: (asMuch + 1) / (draws + 1),
    leans: endRatio > 1,
    words: {
      pattern: 'effort moved to the end of the period',
      also: [
        'deadlines of the law or of the people served',
        'a weekly or monthly run of the system',
        'late recording',
      ],
      tellApart:
        'compare when the work was done with when it was recorded, and ask what waits for the period to end',
    },
    endRatio,
    troughRatio: middle.length > 0 && mean(middle) > 0 ? mean(starts) / mean(middle) : null,
    shareAtEnd:
      periods.reduce(
        (sum, days) => sum + days.slice(days.length - endDays(days.length)).reduce((a, b) => a + b, 0),
        0,
      ) / total,
  });
}
