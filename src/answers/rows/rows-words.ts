import { type Figure, formatValue, formatWithUnit, listInWords } from '../../core/index.ts';
import type { CanonicalTable, CountedClass, RowTrail } from '../../stores/index.ts';

/** A trail with its classes counted. */
export interface CountedTrail {
  readonly trail: RowTrail;
  readonly classes: readonly CountedClass[];
  /** What the rows come to by themselves; null where they alone do not give the figure. */
  readonly reading: number | null;
}

const nouns: Readonly<Record<CanonicalTable, readonly [one: string, many: string]>> = {
  cases: ['case', 'cases'],
  events: ['event', 'events'],
  contacts: ['record of a contact', 'records of contacts'],
  volumes: ['row of quantities', 'rows of quantities'],
  inputs: ['row of inputs', 'rows of inputs'],
  quality: ['row of measurements', 'rows of measurements'],
  rejects: ['row set aside', 'rows set aside'],
};

/** "4,982 cases", "1 row of inputs". */
export function rowsInWords(n: number, table: CanonicalTable): string {
  return `${formatValue(n, 'count')} ${nouns[table][n === 1 ? 0 : 1]}`;
}

const sum = (classes: readonly CountedClass[], is: (one: CountedClass) => boolean) =>
  classes.reduce((all, one) => all + (is(one) ? one.rows : 0), 0);

/** Rows of a trail that are used, and those left out. */
export function totalsOf({ classes }: CountedTrail): { readonly used: number; readonly leftOut: number } {
  return { used: sum(classes, ({ used }) => used), leftOut: sum(classes, ({ used }) => !used) };
}

/** ": 4,736 met it and 246 did not", of a share that is met or not. */
function metInWords(
  { part, of }: { readonly part: readonly string[]; readonly of: readonly string[] },
  count: (ids: readonly string[]) => number,
): string {
  if (part.join() !== 'met' || !of.includes('not-met')) return '';
  return `: ${formatValue(count(part), 'count')} met it and ${formatValue(count(['not-met']), 'count')} did not`;
}

const addedUp: ReadonlySet<string> = new Set(['sum', 'mean', 'share-of-sum']);

/** What a class's rows add up to, where sums say something: of what is counted or put in order they do not. */
export function sumOf({ trail }: Pick<CountedTrail, 'trail'>): RowTrail['value'] | null {
  const { gives, value = null } = trail;
  return gives === null || addedUp.has(gives.kind) ? value : null;
}

/** What is done with the rows of one trail, as a sentence without its end. */
function howCounted({ trail, classes }: CountedTrail, figure: Figure): string {
  const { gives, table } = trail;
  const { used } = totalsOf({ trail, classes, reading: null });
  const value = formatWithUnit(figure.value, figure.unit);
  const of = (ids: readonly string[]) => sum(classes, ({ id }) => ids.includes(id));
  switch (gives?.kind) {
    case 'share':
      return `${value} is ${formatValue(of(gives.part), 'count')} of ${rowsInWords(of(gives.of), table)}${metInWords(gives, of)}`;
    case 'count':
      return `These are ${rowsInWords(of(gives.of), table)}`;
    case 'sum':
      return `${value} is added up over ${rowsInWords(of(gives.of), table)}`;
    case 'mean':
      return `${value} is the mean over ${rowsInWords(of(gives.of), table)}`;
    case 'share-of-sum':
      return `${value} is what ${rowsInWords(of(gives.part), table)} make up of what ${formatValue(of(gives.of), 'count')} do`;
    case 'difference':
      return `${value} is the difference of two shares, over ${rowsInWords(of(gives.later.of), table)} and ${formatValue(of(gives.earlier.of), 'count')}`;
    case 'quantile':
      return `${value} is told from ${rowsInWords(of(gives.of), table)} put in order`;
    default:
      return `It rests on ${rowsInWords(used, table)}`;
  }
}

function leftOutInWords(parts: readonly CountedTrail[]): string {
  const out = parts.flatMap((part) => {
    const { leftOut } = totalsOf(part);
    return leftOut > 0 ? [rowsInWords(leftOut, part.trail.table)] : [];
  });
  const reasons = parts.flatMap(({ classes }) =>
    classes.filter(({ used, rows }) => !used && rows > 0),
  ).length;
  if (out.length === 0) return 'No row was left out.';
  return `${listInWords(out)} ${out.length === 1 && out[0]?.startsWith('1 ') ? 'was' : 'were'} left out${reasons === 1 ? '' : `, for ${reasons} reasons`}.`;
}

/** Where a figure's rows are, in one or two sentences. */
export function rowsSentence(parts: readonly CountedTrail[], figure: Figure): string {
  const [first, ...others] = parts;
  if (!first) return '';
  if (figure.value === null)
    return `The figure cannot be told. What there is of its rows: ${listInWords(parts.map((part) => `${rowsInWords(totalsOf(part).used, part.trail.table)} that count`))}. ${leftOutInWords(parts)}`;
  if (others.length === 0) return `${howCounted(first, figure)}. ${leftOutInWords(parts)}`;
  // The same table may stand behind a figure in several ways: each is told below.
  const widest = new Map<CanonicalTable, number>();
  for (const part of parts) {
    const { table } = part.trail;
    widest.set(table, Math.max(widest.get(table) ?? 0, totalsOf(part).used));
  }
  const rests = [...widest].map(([table, n]) => rowsInWords(n, table));
  return `It rests on ${listInWords(rests)}. Which rows count in which part, and why others do not, stands below.`;
}
