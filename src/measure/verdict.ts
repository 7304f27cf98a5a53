import { formatInterval, formatValue, type Interval, type Result } from '../core/index.ts';
import { fewestWeeks } from '../stats/index.ts';
import { excludesZero, growthInWords } from './wording.ts';

export interface Verdict {
  readonly status: Result['status'];
  readonly words: string;
  readonly next: readonly string[];
}

/** Weeks that would make the range half as wide as the change is large, if it stays as it is. */
function weeksNeeded(weeks: number, growth: number, interval: Interval): number | null {
  const half = (interval.high - interval.low) / 2;
  return growth === 0 ? null : Math.ceil(weeks * (half / Math.abs(growth)) ** 2);
}

/** Whether a change can be told from chance, or why it cannot. */
export type Told = 'told' | 'by-chance' | 'too-few-weeks' | 'no-range';

/** A change is told where its range leaves out zero and at least 26 weeks are compared. */
export function toldOf(interval: Interval | null, weeks: number): Told {
  if (!interval) return weeks < fewestWeeks ? 'too-few-weeks' : 'no-range';
  if (!excludesZero(interval)) return 'by-chance';
  return weeks < fewestWeeks ? 'too-few-weeks' : 'told';
}

/** A change that is stated beside others: what grew, by how much, and whether that is told. */
export interface Moved {
  readonly growth: number;
  readonly interval: Interval | null;
  readonly told: Told;
}

/** What a Result may be at best whose answer is these changes, the last the one that counts. */
export function statusOfMoved(moved: readonly Moved[]): Result['status'] {
  const isOpen = ({ told }: Moved) => told === 'by-chance' || told === 'too-few-weeks';
  if (moved.every(isOpen)) return 'cannot-tell';
  return moved.every(({ told }) => told === 'told') ? 'sound' : 'caution';
}

/** "-0.6%, 95% interval -8.2% to +7.5%". */
function amount({ growth, interval, told }: Moved): string {
  const range = interval ? `, 95% interval ${formatInterval(interval, 'growth')}` : '';
  return `${formatValue(growth, 'growth')}${range}${because[told]}`;
}

const because: Readonly<Record<Told, string>> = {
  told: '',
  'no-range': ', with no range to tell it from chance',
  'by-chance': '',
  'too-few-weeks': ', but the weeks that can be compared are too few',
};

function isSaid({ told }: Moved): boolean {
  return told === 'told' || told === 'no-range';
}

/** "output rose by 2.0% in B compared with A", or that it cannot be told yet whether it changed. */
export function movedInWords(noun: string, when: string, moved: Moved): string {
  if (!isSaid(moved)) return `cannot tell yet whether ${noun} changed ${when} (${amount(moved)})`;
  return `${noun} ${growthInWords(moved.growth)} ${when}${because[moved.told]}`;
}

/** The same of something that stands beside: "it rose by 2.0%", or that it cannot be told yet. */
export function besideInWords(moved: Moved): string {
  return isSaid(moved)
    ? `it ${growthInWords(moved.growth)}${because[moved.told]}`
    : `it cannot be told yet (${amount(moved)})`;
}

const unsaid: Readonly<Record<'by-chance' | 'too-few-weeks', string>> = {
  'by-chance': 'chance alone could do that',
  'too-few-weeks': 'too few weeks to tell',
};

/** What a title says of a change: "rose by 2.0%", and where that is not told, no direction and why. */
export function movedInTitle({ growth, told }: Moved): string {
  if (told === 'told' || told === 'no-range') return growthInWords(growth);
  return `may not have changed (${formatValue(growth, 'growth')}; ${unsaid[told]})`;
}

/** The same of something allowing for quality and without: "Output may not have changed, allowing for quality (−2.1%) or without (−1.6%), in B: …". */
export function pairInTitle(what: string, when: string, withQuality: Moved, without: Moved): string {
  const { told } = withQuality;
  if (told !== without.told || told === 'told' || told === 'no-range')
    return `${what} ${movedInTitle(withQuality)} allowing for quality and ${movedInTitle(without)} without, ${when}`;
  const [one, other] = [withQuality, without].map(({ growth }) => formatValue(growth, 'growth'));
  return `${what} may not have changed, allowing for quality (${one}) or without (${other}), ${when}: ${unsaid[told]}`;
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
  const told = toldOf(interval, weeks);
  if (!interval && told === 'too-few-weeks')
    return {
      status: 'cannot-tell',
      words: `cannot tell yet whether ${what} changed ${when}: the weeks that can be compared are too few`,
      next: [`Collect until ${fewestWeeks} weeks can be compared with the same weeks a year before.`],
    };
  if (!interval)
    return {
      status: 'caution',
      words: `${moved}; no range can be given, so it may be chance`,
      next: ['Add figures by month, so that chance can be told from change.'],
    };
  const range = `95% interval ${formatInterval(interval, 'growth')}`;
  if (told !== 'told') {
    const needed = weeksNeeded(weeks, growth, interval);
    const more = Math.max(needed ?? 0, fewestWeeks) - weeks;
    return {
      status: 'cannot-tell',
      words: `cannot tell yet whether ${what} changed ${when}: ${told === 'by-chance' ? `between ${formatValue(interval.low, 'growth')} and ${formatValue(interval.high, 'growth')} (95% interval)` : `the weeks that can be compared are too few (${range})`}`,
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
