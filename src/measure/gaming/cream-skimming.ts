import { weightedTrend } from '../../stats/index.ts';
import { type NotTestable, notTestable, type Tested, tested } from './screen.ts';

/** Someone who came, with the difficulty foretold from what was known before the service acted. */
export interface Arrival {
  /** Place of the period in time: 0, 1, 2, … */
  readonly period: number;
  readonly difficulty: number;
  /** False where refused, sent on or withdrawn. */
  readonly accepted: boolean;
}

/** The cream-skimming test. */
export interface CreamSkimming extends Tested {
  readonly test: 'T8';
  /** By period: mean difficulty of those accepted less that of all who came. */
  readonly gaps: readonly { readonly period: number; readonly arrivals: number; readonly gap: number }[];
  /** Change of the gap a period. */
  readonly slope: number;
  /** Share not accepted by tenth of difficulty, easiest first, in the earlier and the later half. */
  readonly refusedByTenth: readonly { readonly earlier: number; readonly later: number }[];
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

function refusedByTenth(arrivals: readonly Arrival[], middle: number): CreamSkimming['refusedByTenth'] {
  const sorted = arrivals.toSorted((a, b) => a.difficulty - b.difficulty);
  const refused = (own: readonly Arrival[]) =>
    own.length === 0 ? 0 : own.filter(({ accepted }) => !accepted).length / own.length;
  return Array.from({ length: 10 }, (_, tenth) => {
    const own = sorted.slice(
      Math.floor((sorted.length * tenth) / 10),
      Math.floor((sorted.length * (tenth + 1)) / 10),
    );
    return {
      earlier: refused(own.filter(({ period }) => period < middle)),
      later: refused(own.filter(({ period }) => period >= middle)),
    };
  });
}

/**
 * T8: whether those accepted are ever easier beside all who came (the estimator is ours). A gap that was always
 * there can be the service's remit; a gap that widens is the pattern. Difficulty is foretold from facts fixed
 * before the service acted, never from what it recorded later.
 */
export function creamSkimming(arrivals: readonly Arrival[]): CreamSkimming | NotTestable {
  const periods = [...new Set(arrivals.map(({ period }) => period))].sort((a, b) => a - b);
  const parts = periods.flatMap((period) => {
    const all = arrivals.filter((one) => one.period === period).map(({ difficulty }) => difficulty);
    const taken = arrivals
      .filter((one) => one.period === period && one.accepted)
      .map(({ difficulty }) => difficulty);
    if (taken.length < 10 || taken.length === all.length) return [];
    const centre = mean(all);
    const variance = all.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (all.length - 1);
    const share = taken.length / all.length;
    return [
      {
        period,
        arrivals: all.length,
        gap: mean(taken) - centre,
        variance: (variance / all.length) * ((1 - share) / share),
      },
    ];
  });
  const trend = weightedTrend(
    parts.map(({ gap }) => gap),
    parts.map(({ variance }) => variance),
  );
  if (parts.length < 6 || !trend)
    return notTestable(
      'T8',
      'fewer than 6 periods have both cases accepted (10 or more) and cases not accepted',
    );
  return tested({
    test: 'T8' as const,
    n: arrivals.length,
    p: trend.p,
    leans: trend.slope < 0,
    words: {
      pattern: 'easier cases being taken and harder ones turned away',
      also: ['a changed remit', 'a change in who comes', 'difficulty foretold less well than before'],
      tellApart: 'follow those turned away, by difficulty, and ask how and by whom acceptance is decided',
    },
    gaps: parts.map(({ period, arrivals: n, gap }) => ({ period, arrivals: n, gap })),
    slope: trend.slope,
    refusedByTenth: refusedByTenth(arrivals, periods[Math.floor(periods.length / 2)] ?? 0),
  });
}
