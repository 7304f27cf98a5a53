import { type Interval, normalQuantileFor } from '../../core/index.ts';
import {
  adjustForDiscoveries,
  pairedBlockChange,
  twoSidedNormal,
  twoSidedStudent,
} from '../../stats/index.ts';
import type { TeamMoments } from './count-contacts.ts';

/** A team's counts, one entry a period, the periods the same for every team. */
export interface TeamSeries {
  readonly team: string;
  /** Hours staffed, or hours of handling where those are not recorded. */
  readonly hours: readonly number[];
  readonly handled: readonly number[];
  readonly linked: readonly number[];
  readonly resolved: readonly number[];
}

/** A rate an hour with its range. */
export interface HourlyRate {
  readonly value: number;
  readonly interval: Interval;
}

/** One team ahead of another, or behind, as a share of the other's rate. */
export interface Lead {
  readonly growth: number;
  readonly interval: Interval;
  /** Two-sided p-value that the two are alike. */
  readonly p: number;
}

/** Two teams compared by what they handle and by what they resolve. */
export interface TeamPair {
  /** The team that handles more an hour, and the other. */
  readonly faster: string;
  readonly slower: string;
  /** How far the faster is ahead in contacts handled an hour. */
  readonly handled: Lead;
  /** How far the slower is ahead in issues resolved an hour; below 0 where it is behind there too. */
  readonly resolved: Lead;
  /** True where the two rank the teams opposite ways, beyond chance, all pairs allowed for. */
  readonly isReversed: boolean;
}

const level = 0.95;
/** Periods from which differences between them say something of chance (product rule). */
const fewestBlocks = 6;
const discoveries = 0.05;
const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

type What = 'handled' | 'resolved';

function momentsOf(moments: readonly TeamMoments[], a: string, b: string, what: What): number {
  const own = moments.find(({ team, other }) => team === a && other === b);
  return (what === 'handled' ? own?.handledHandled : own?.resolvedResolved) ?? 0;
}

/** Variance of ln(rate b / rate a) where persons come as by chance, each with all of their contacts. */
function caseVariance(
  moments: readonly TeamMoments[],
  a: TeamSeries | null,
  b: TeamSeries,
  what: What,
): number {
  const sum = (team: TeamSeries) => total(team[what]);
  const own = (team: TeamSeries) => momentsOf(moments, team.team, team.team, what) / sum(team) ** 2;
  if (!a) return own(b);
  const both = momentsOf(moments, a.team, b.team, what) / (sum(a) * sum(b));
  return own(a) + own(b) - 2 * both;
}

const meaning = {
  cases:
    'If the same people came again as by chance, 95 of 100 such ranges would hold the true value. Contacts of one person are kept together.',
  blocks:
    'If the same service ran again, 95 of 100 such ranges would hold the true value; periods that vary more than chance are allowed for.',
};

/** The wider of the range over persons and the range over periods, on the log scale around one estimate. */
function around(estimate: number, variance: number, paired: ReturnType<typeof pairedBlockChange>) {
  const se = Math.sqrt(Math.max(0, variance));
  const caseHalf = normalQuantileFor(level) * se;
  const blockHalf = paired ? Math.log((1 + paired.high) / (1 + paired.low)) / 2 : 0;
  const isByBlocks = paired !== null && blockHalf > caseHalf;
  const half = isByBlocks ? blockHalf : caseHalf;
  const interval: Interval = {
    low: estimate * Math.exp(-half),
    high: estimate * Math.exp(half),
    level,
    method: isByBlocks ? `paired periods, ${paired.blocks}, Student t` : 'clusters of persons, log normal',
    meaning: isByBlocks ? meaning.blocks : meaning.cases,
  };
  const log = Math.log(estimate);
  const p =
    isByBlocks && paired.standardError > 0
      ? twoSidedStudent(log / paired.standardError, paired.blocks - 1)
      : se > 0
        ? twoSidedNormal(log / se)
        : 1;
  return { interval, p };
}

/** Contacts not linked to anyone cannot be seen to come back; they are taken to do so as often as the others. */
const unlinked = (team: TeamSeries, what: What) =>
  what === 'resolved' ? total(team.handled) / total(team.linked) : 1;

/** Contacts handled, or issues resolved, an hour by one team. */
export function hourlyRate(moments: readonly TeamMoments[], team: TeamSeries, what: What): HourlyRate {
  const value = (unlinked(team, what) * total(team[what])) / total(team.hours);
  const blocks = { earlier: team.hours, later: team[what] };
  const paired = team.hours.length < fewestBlocks ? null : pairedBlockChange(blocks);
  return { value, interval: around(value, caseVariance(moments, null, team, what), paired).interval };
}

/** The share of a team's handled contacts that another on the same issue follows: a ratio over persons, linearised. */
export function repeatShare(
  moments: readonly TeamMoments[],
  team: TeamSeries,
): { readonly value: number; readonly interval: Interval } {
  const [linked, resolved] = [total(team.linked), total(team.resolved)];
  const own = moments.find((one) => one.team === team.team && one.other === team.team);
  const kept = resolved / linked;
  const variance = own
    ? (own.resolvedResolved - 2 * kept * own.handledResolved + kept ** 2 * own.handledHandled) / linked ** 2
    : 0;
  const half = normalQuantileFor(level) * Math.sqrt(Math.max(0, variance));
  return {
    value: 1 - kept,
    interval: {
      low: Math.max(0, 1 - kept - half),
      high: Math.min(1, 1 - kept + half),
      level,
      method: 'ratio over persons, linearised',
      meaning: meaning.cases,
    },
  };
}

function lead(moments: readonly TeamMoments[], behind: TeamSeries, ahead: TeamSeries, what: What): Lead {
  const rate = (team: TeamSeries) => (unlinked(team, what) * total(team[what])) / total(team.hours);
  const ratio = rate(ahead) / rate(behind);
  const paired =
    ahead.hours.length < fewestBlocks
      ? null
      : pairedBlockChange(
          { earlier: behind[what], later: ahead[what] },
          { earlier: behind.hours, later: ahead.hours },
        );
  const { interval, p } = around(ratio, caseVariance(moments, behind, ahead, what), paired);
  return {
    growth: ratio - 1,
    interval: { ...interval, low: interval.low - 1, high: interval.high - 1 },
    p,
  };
}

/**
 * Every two teams, compared by contacts handled and by issues resolved an hour. A pair is reversed where one is ahead
 * in the one and behind in the other and both are beyond chance: the larger of the two p-values stands for the pair
 * (intersection-union test; Berger, 1982), and false discoveries over all pairs are held to 5% (Benjamini and
 * Yekutieli, 2001).
 */
export function compareTeams(
  teams: readonly TeamSeries[],
  moments: readonly TeamMoments[],
): readonly TeamPair[] {
  const pairs = teams.flatMap((one, i) =>
    teams.slice(i + 1).map((other) => {
      const rate = (team: TeamSeries) => total(team.handled) / total(team.hours);
      const [slower, faster] = rate(one) <= rate(other) ? [one, other] : [other, one];
      return {
        faster: faster.team,
        slower: slower.team,
        handled: lead(moments, slower, faster, 'handled'),
        resolved: lead(moments, faster, slower, 'resolved'),
      };
    }),
  );
  const reversals = pairs.map(({ handled, resolved }) =>
    handled.growth > 0 && resolved.growth > 0 ? Math.max(handled.p, resolved.p) : 1,
  );
  const adjusted = adjustForDiscoveries(reversals, 'dependent');
  return pairs.map((pair, i) => ({ ...pair, isReversed: (adjusted[i] ?? 1) < discoveries }));
}
