import { dateLabel } from './period.ts';
import type { CellValue, ColumnType, Figure, Interval } from './result.ts';

const minus = '\u2212';

function grouped(value: number, decimals: number): string {
  const text = Math.abs(value).toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  const negative = value < 0 && Number(text.replaceAll(',', '')) !== 0;
  return negative ? `${minus}${text}` : text;
}

function significant(value: number, digits: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return grouped(rounded, Math.min(decimals, 6));
}

/** Pounds to three significant figures: £4.56 million, £120,000, £12.40. */
function pounds(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? minus : '';
  if (size >= 999.5e6) return `${sign}£${significant(size / 1e9, 3)} billion`;
  if (size >= 999_500) return `${sign}£${significant(size / 1e6, 3)} million`;
  if (size >= 1000) {
    const unit = 10 ** (Math.floor(Math.log10(size)) - 2);
    return `${sign}£${grouped(Math.round(size / unit) * unit, 0)}`;
  }
  return `${sign}£${grouped(size, size >= 100 || size === 0 ? 0 : 2)}`;
}

function oneDecimalBelow(value: number, limit: number): string {
  return grouped(value, Math.abs(value) >= limit || Number.isInteger(value) ? 0 : 1);
}

/** Growth with its sign: +1.5%, −0.8%, 0.0%. */
function growth(value: number): string {
  const text = grouped(value * 100, 1);
  return `${value > 0 && text !== '0.0' ? '+' : ''}${text}%`;
}

/**
 * A cell as a reader sees it: shares as 95.2%, growth as +1.5%, indices with one decimal, pounds to three
 * significant figures, null as "not known". The machine's files keep full precision.
 */
export function formatValue(value: CellValue, type: ColumnType): string {
  if (value === null) return type === 'text' ? '' : 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') {
    if (type === 'date' && /^\d{4}-\d{2}-\d{2}/.test(value)) return dateLabel(value);
    const instant = type === 'time' ? /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(value) : null;
    return instant ? `${dateLabel(instant[1] ?? '')}, ${instant[2]} UTC` : value;
  }
  if (!Number.isFinite(value)) return 'not known';
  switch (type) {
    case 'count':
      return grouped(value, 0);
    case 'share':
      return `${grouped(value * 100, 1)}%`;
    case 'growth':
      return growth(value);
    case 'percentage-points':
      return `${value > 0 ? '+' : ''}${grouped(value * 100, 1)} points`;
    case 'index':
      return grouped(value, 1);
    case 'pounds':
      return pounds(value);
    case 'days':
    case 'hours':
    case 'minutes':
    case 'seconds':
      // What would read 0.0 and is more is not nothing.
      return value > 0 && value < 0.05 ? '<0.1' : oneDecimalBelow(value, 100);
    default:
      return Number.isInteger(value) ? grouped(value, 0) : significant(value, 4);
  }
}

const unitWords: Partial<Record<ColumnType, readonly [string, string]>> = {
  days: ['day', 'days'],
  hours: ['hour', 'hours'],
  minutes: ['minute', 'minutes'],
  seconds: ['second', 'seconds'],
};

const finerUnits: Partial<Record<ColumnType, readonly [ColumnType, number]>> = {
  days: ['hours', 24],
  hours: ['minutes', 60],
  minutes: ['seconds', 60],
};

/** Times in a finer unit where all of them would read 0.0 and are more. */
function inTellingUnit(
  values: readonly number[],
  unit: ColumnType,
): { readonly values: readonly number[]; readonly unit: ColumnType } {
  const finer = finerUnits[unit];
  const tells = values.every((value) => value === 0) || values.some((value) => !(Math.abs(value) < 0.05));
  if (!finer || tells) return { values, unit };
  const [next, times] = finer;
  return inTellingUnit(
    values.map((value) => value * times),
    next,
  );
}

/** A value with its unit in words where the number alone would not say: "12.5 days"; what would be 0.0 days is in hours. */
export function formatWithUnit(value: number | null, unit: ColumnType): string {
  if (value === null) return formatValue(value, unit);
  const shown = inTellingUnit([value], unit);
  const text = formatValue(shown.values[0] ?? value, shown.unit);
  const words = unitWords[shown.unit];
  return words ? `${text} ${text === '1' ? words[0] : words[1]}` : text;
}

/** "94.8% to 95.6%"; what would be 0.0 to 0.0 days is in hours, minutes or seconds. */
export function formatInterval({ low, high }: Pick<Interval, 'low' | 'high'>, unit: ColumnType): string {
  const shown = inTellingUnit([low, high], unit);
  const words = unitWords[shown.unit];
  const range = shown.values.map((value) => formatValue(value, shown.unit)).join(' to ');
  return words ? `${range} ${words[1]}` : range;
}

/** "95.2% (95% interval 94.8% to 95.6%)"; a figure without a value reads "cannot tell". */
export function formatFigure(figure: Figure): string {
  if (figure.value === null) return 'cannot tell';
  const value = formatWithUnit(figure.value, figure.unit);
  if (!figure.interval) return value;
  const level = Math.round(figure.interval.level * 100);
  return `${value} (${level}% interval ${formatInterval(figure.interval, figure.unit)})`;
}

/** Seconds in the words of a reader: "45 seconds", "3.2 hours", "12 days". */
export function durationInWords(
  seconds: number,
  { round = Math.round, beside = seconds }: DurationWords = {},
): string {
  const size = Math.abs(seconds);
  // A tenth of a day or more beside days is in days too.
  const isDays = size >= 172_800 || (size >= 8640 && Math.abs(beside) >= 172_800);
  if (size < 90) return formatWithUnit(round(seconds), 'seconds');
  if (size < 5400) return formatWithUnit(round(seconds / 60), 'minutes');
  if (!isDays) return formatWithUnit(round(seconds / 360) / 10, 'hours');
  const days = seconds / 86_400;
  return formatWithUnit(size < 864_000 ? round(seconds / 8640) / 10 : round(days), 'days');
}

/** How a duration is told: rounded down after "over" and up after "within", and in one unit with another `beside` it. */
export interface DurationWords {
  readonly round?: (value: number) => number;
  /** Seconds of the duration that the same sentence tells. */
  readonly beside?: number;
}

/** "over 1.8 days", so rounded that whatever is more is over it too. */
export function overInWords(seconds: number, beside?: number): string {
  return `over ${durationInWords(seconds, { round: Math.floor, ...(beside === undefined ? {} : { beside }) })}`;
}

/** "within 20 minutes", so rounded that whatever is less is within it too. */
export function withinInWords(seconds: number): string {
  return `within ${durationInWords(seconds, { round: Math.ceil })}`;
}

/** "a, b and c". */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** "1 case", "12 cases", "2 entries" when the plural is given. */
export function countOf(n: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(n, 0)} ${n === 1 ? singular : plural}`;
}
