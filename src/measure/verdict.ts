import { formatInterval, formatValue, type Interval, type Result } from '../core/index.ts';
import { fewestWeeks } from '../stats/index.ts';
import { excludesZero, growthInWords } from './wording.ts';

interface Verdict {
  readonly status: Result['status'];
  readonly words: string;
  readonly next: readonly string[];
}

/** Weeks that would make the range half as wide as the change is large, if it stays as it is. */
function weeksNeeded(weeks: number, growth: number, interval: Interval): number | null {
  const half = (interval.high - interval.low) / 2;
  return growth === 0 ? null : Math.ceil(weeks * (half / Math.abs(growth)) ** 2);
}

/** The words of a change with its range: rose, fell, or cannot tell yet and what would tell. */
export function verdictOf(
  what: string,
  when: string,
  growth: number,
  interval: Interval | null,
  weeks: number,
  agreement: number,
): Verdict {
  const moved = `${what} ${growthInWords(growth)} ${when}`;
  if (!interval && weeks < fewestWeeks)
    return {
      status: 'cannot-tell',
      words: `cannot tell yet: ${moved}, but the weeks that can be compared are too few`,
      next: [`Collect until ${fewestWeeks} weeks can be compared with the same weeks a year before.`],
    };
  if (!interval)
    return {
      status: 'caution',
      words: `${moved}; no range can be given, so it may be chance`,
      next: ['Add figures by month, so that chance can be told from change.'],
    };
  const range = `95% interval ${formatInterval(interval, 'growth')}`;
  const isReal = excludesZero(interval) && weeks >= fewestWeeks;
  if (!isReal) {
    const needed = weeksNeeded(weeks, growth, interval);
    const more = Math.max(needed ?? 0, fewestWeeks) - weeks;
    return {
      status: 'cannot-tell',
      words: `cannot tell yet: ${moved}, ${weeks >= fewestWeeks || !excludesZero(interval) ? 'which chance alone could do' : 'but the weeks that can be compared are too few'} (${range})`,
      next:
        more > 0 && more < 520
          ? [`About ${more} more weeks of data would tell, if the change stays as it is.`]
          : ['The change is small beside the usual ups and downs: more data alone will hardly settle it.'],
    };
  }
  if (agreement >= 0.95) return { status: 'sound', words: `${moved} (${range})`, next: [] };
  return {
    status: 'caution',
    words: `${moved} (${range}) under the charter's weights of quality, but under ${formatValue(1 - agreement, 'share')} of other weights it did not`,
    next: ['Agree the weights of quality with those who use the service: the answer hangs on them.'],
  };
}
