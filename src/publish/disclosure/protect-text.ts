import { type ColumnType, formatValue } from '../../core/index.ts';
import { type DisclosureProfile, isSmallCount, roundedCount } from '../../stats/index.ts';

/** A number that sentences may quote, as it was and as it may be published. */
export interface Quoted {
  readonly raw: number;
  readonly published: number | string | null;
  readonly type: ColumnType;
}

/** What sentences of one scope may quote: the words as they were, and the words as they may be. */
export interface Wording {
  readonly counts: ReadonlyMap<string, string>;
  readonly times: ReadonlyMap<string, string>;
  readonly others: ReadonlyMap<string, string>;
}

/** Growth and points also stand in sentences without their sign ("rose by 4.2%"). */
function forms(value: number, type: ColumnType): readonly string[] {
  const text = formatValue(value, type);
  return type === 'growth' || type === 'percentage-points' ? [text, text.replace(/^[+\u2212]/, '')] : [text];
}

const timeTypes: ReadonlySet<ColumnType> = new Set(['days', 'hours', 'minutes', 'seconds']);

/** The wording of some quoted numbers. What reads alike and is suppressed in one place is suppressed. */
export function wordingOf(quoted: readonly Quoted[], symbol: string): Wording {
  const counts = new Map<string, string>();
  const durations = new Map<string, string>();
  const others = new Map<string, string>();
  for (const { raw, published, type } of quoted) {
    const wording = type === 'count' ? counts : timeTypes.has(type) ? durations : others;
    forms(raw, type).forEach((words, i) => {
      const next = typeof published === 'number' ? (forms(published, type)[i] ?? symbol) : symbol;
      if (wording.get(words) !== symbol) wording.set(words, next);
    });
  }
  return { counts, times: durations, others };
}

/** How sentences are protected, and names that hold digits of their own. */
export interface SentenceRules {
  readonly profile: DisclosureProfile;
  readonly names: readonly string[];
  /** Counts of the publication that are suppressed wherever they stand. */
  readonly hidden: ReadonlySet<number>;
  /** All counts of the publication. */
  readonly counts: ReadonlySet<number>;
}

/** A number from here on that equals a count of the publication is taken for it, whatever word follows. */
const leastTelling = 100;

/** A count of people or cases that stands in a sentence alone, as it may be published. */
function loneCount(count: number, { profile, hidden }: SentenceRules): string {
  return hidden.has(count) || isSmallCount(count, profile)
    ? profile.symbol
    : formatValue(roundedCount(count, profile), 'count');
}

const numbers = /[+\u2212-]?\u00a3?\d[\d,]*(?:\.\d+)?(?:%| points\b| million\b| billion\b)?/g;
const months =
  /^\s+(January|February|March|April|May|June|July|August|September|October|November|December)\b/;
const times = /^[\s-]+(second|minute|hour|day|week|month|quarter|year)s?\b/;
const people =
  /^\s+(other |more |open |closed )?(times\b|case|people|person|contact|call|letter|complaint|applicant|application|patient|child|claim|visit|attendance)/i;

function isYear(token: string, before: string): boolean {
  return /^(19|20)\d\d$/.test(token) && !/\bof $/.test(before);
}

/** Where names with digits, and words in quotation marks, stand in a text. */
function namedParts(text: string, names: readonly string[]): readonly (readonly [number, number])[] {
  const quoted = [...text.matchAll(/"[^"]*"/g)].map((match) => [match.index, match[0].length] as const);
  const named = names.flatMap((name) => {
    const found: (readonly [number, number])[] = [];
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      found.push([at, name.length]);
    return found;
  });
  return [...quoted, ...named].map(([at, length]) => [at, at + length]);
}

function lookUp(token: string, after: string, scopes: readonly Wording[]): string | undefined {
  const isTime = times.test(after);
  // 7.4 contacts are not the 7.4 hours of the same row.
  const isPeople = people.test(after);
  for (const { counts, times: durations, others } of scopes) {
    const words =
      (isTime ? undefined : counts.get(token)) ??
      (isPeople ? undefined : durations.get(token)) ??
      others.get(token);
    if (words !== undefined) return words;
  }
  return undefined;
}

/**
 * A sentence with every number it quotes as it may be published: by the nearest scope that knows the number.
 * A count of people or cases that no scope knows is rounded, or gives way to the symbol. Names are left as they
 * are.
 */
export function protectSentence(text: string, scopes: readonly Wording[], rules: SentenceRules): string {
  const named = namedParts(text, rules.names);
  return text.replaceAll(numbers, (token, at: number) => {
    const bare = token.replace(/[,.]$/, '');
    const rest = token.slice(bare.length);
    const before = text.slice(0, at);
    const after = text.slice(at + bare.length);
    const isName = named.some(([from, to]) => at >= from && at < to);
    if (isName || /[\w.]$/.test(before) || isYear(bare, before) || months.test(after)) return token;
    const known = lookUp(bare, after, scopes);
    if (known !== undefined) return known + rest;
    if (!/^\d[\d,]*$/.test(bare) || times.test(after)) return token;
    const count = Number(bare.replaceAll(',', ''));
    const isKnown = count >= leastTelling && rules.counts.has(count);
    return isKnown || people.test(after) ? loneCount(count, rules) + rest : token;
  });
}

/** True of a sentence that splits all cases into parts: their exact sum would give a small part away. */
export function isAccountOfCases(text: string): boolean {
  return /^Of [\d,]+ cases, .* count as output|of the cases that count lie outside/.test(text);
}
