import { formatValue, formatWithUnit, type Interval, leastCases } from '../../core/index.ts';
import type { Finding } from './finding.ts';

/** A finding about the record stands first where its cases are at least this share of all that miss the outcome. */
const leastHidden = 0.1;

/** Why a finding stands where it does: whether by a rule of its own or by its worth, and the worth at the low end. */
interface Place {
  /** Findings stand by tier first; within a tier by `worth`. */
  readonly tier: 'record' | 'outcome' | 'seen-again' | 'worth' | 'target';
  readonly worth: readonly number[];
  readonly words: string;
}

const tiers: readonly Place['tier'][] = ['record', 'outcome', 'seen-again', 'worth', 'target'];

/** The rule, as pages state it. */
export const rankRule =
  'In order of what removing each would be worth at least, by the low end of its 95% interval: first in cases that would not miss the outcome, had they fared as others (for a wait: had the longest tenth of its cases fared as its others). Where the outcome is about time, a case counts so only if what was found came before its deadline: what comes later cannot be why it was late. Waits, and contacts of people who wait, never count so, since they follow from the same time. Where no difference is beyond chance, in pounds, the larger of staff cost and cost of delay; then in days. Findings that count what the outcome counts stand after those with a difference, since they are held against nothing. ' +
  `A finding about the record itself (a clock that starts again) stands before all others where its cases are ${formatValue(leastHidden, 'share')} or more of those that miss the outcome, since other figures are wrong until it is put right; else it stands by its worth. Targets stand last: there is nothing in them to remove.`;

const atLeast = (value: number | null, interval: Interval | null | undefined) =>
  value === null ? 0 : Math.max(0, interval?.low ?? value);

function byWorth(finding: Finding): Place {
  const { pounds, poundsInterval, delayPounds, delayInterval, days, daysInterval } = finding;
  const staff = atLeast(pounds, poundsInterval);
  const delay = atLeast(delayPounds, delayInterval);
  const time = atLeast(days, daysInterval);
  const words =
    staff > 0 || delay > 0
      ? `At least ${formatValue(Math.max(staff, delay), 'pounds')}, ${staff >= delay ? 'staff cost' : 'cost of delay'}.`
      : time > 0
        ? `At least ${formatWithUnit(time, 'days')}.`
        : 'By its cases: what it is worth cannot be told from 0.';
  return { tier: 'worth', worth: [Math.max(staff, delay), time, finding.cases], words };
}

/** Where a finding stands in the list, and why. */
export function placeOf(finding: Finding): Place {
  const { pattern, gap, sameAsOutcome } = finding;
  const worth = byWorth(finding);
  if (pattern === 'target-covers-part')
    return { ...worth, tier: 'target', words: 'A target: it hides, and there is nothing in it to remove.' };
  const missed = gap ? gap.affectedMissed + gap.othersMissed : 0;
  const hidden = gap && missed > 0 ? (gap.affectedMissed + gap.missedBefore) / missed : 0;
  const outcome = (gap?.excess ?? 0) > 0 ? Math.max(0, gap?.interval?.low ?? 0) * (gap?.affected ?? 0) : 0;
  if (pattern === 'clock-restart' && hidden >= leastHidden)
    return {
      tier: 'record',
      worth: [hidden],
      words: `About the record: its cases are ${formatValue(hidden, 'share')} of those that miss the outcome.`,
    };
  if (outcome > 0)
    return {
      tier: 'outcome',
      worth: [outcome, ...worth.worth],
      words:
        outcome < leastCases
          ? 'Its cases miss the outcome more often than others beyond chance, by few cases at least.'
          : `At least ${formatValue(Math.floor(outcome), 'count')} of its ${pattern === 'wait' ? 'longest tenth' : 'cases'} would not miss the outcome, had they fared as others.`,
    };
  if (sameAsOutcome) return { ...worth, tier: 'seen-again', words: 'It counts what the outcome counts.' };
  return worth;
}

/** The order of findings: by tier, then by what removing each would be worth at least, ties by id. */
export function inOrder(a: Finding, b: Finding): number {
  const [x, y] = [placeOf(a), placeOf(b)];
  const byTier = tiers.indexOf(x.tier) - tiers.indexOf(y.tier);
  if (byTier !== 0) return byTier;
  const at = x.worth.findIndex((value, i) => value !== (y.worth[i] ?? 0));
  return at < 0 ? (a.id < b.id ? -1 : 1) : (y.worth[at] ?? 0) - (x.worth[at] ?? 0);
}
