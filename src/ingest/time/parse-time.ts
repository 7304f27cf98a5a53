import { daysFromCivil, isDate } from './civil.ts';
import type { Zone } from './zone.ts';

/** The order of the parts of a numeric date. `ymd` never conflicts with the two others. */
export type DateOrder = 'day-first' | 'month-first';

export interface TimeRules {
  readonly zone: Zone;
  readonly order: DateOrder;
  /** Reads 2019-19-12 as year, day, month. */
  readonly yearDayMonth?: boolean;
  /** Reads bare numbers as seconds or milliseconds since 1970, by their size. */
  readonly epoch?: boolean;
}

/** What happened while a time was read, as bits. */
export const timeFlags = {
  naive: 1,
  gap: 2,
  ambiguous: 4,
  hour24: 8,
  serial: 16,
  sentinel: 32,
  dateOnly: 64,
} as const;

/** The time last read; reused so that reading makes no objects. Microseconds since 1970. */
export interface TimeReading {
  instant: number;
  wall: number;
  flags: number;
  /** The later instant where the wall clock happened twice. */
  later: number;
}

export function newReading(): TimeReading {
  return { instant: 0, wall: 0, flags: 0, later: 0 };
}

/** No time is written longer: a text of a megabyte must not be matched against patterns. */
const longest = 200;
const micros = 1_000_000;
const daySeconds = 86_400;
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

interface Clock {
  seconds: number;
  fraction: number;
  /** Seconds east of UTC; null without an offset. */
  offset: number | null;
  flags: number;
}

const clock: Clock = { seconds: 0, fraction: 0, offset: null, flags: 0 };

function digit(text: string, at: number): number {
  const code = text.charCodeAt(at) - 48;
  return code >= 0 && code <= 9 ? code : -1;
}

function twoDigits(text: string, at: number): number {
  const a = digit(text, at);
  const b = digit(text, at + 1);
  return a < 0 || b < 0 ? -1 : a * 10 + b;
}

/** Reads an offset: Z, UTC, GMT, +01, +0100, +01:00, also after a name or with a zone name in brackets. */
function readOffset(text: string): number | null | undefined {
  if (text === '') return null;
  const match =
    /^(?:z|utc|gmt|ut)?\s*(?:([+-])(\d{2}):?(\d{2})?(?::?(\d{2}))?)?\s*(?:\([^)]*\)|\[[^\]]*\])?$/i.exec(
      text,
    );
  if (!match) return undefined;
  if (match[1] === undefined) return /^[zug]/i.test(text) ? 0 : undefined;
  const hours = Number(match[2]);
  const minutes = Number(match[3] ?? 0);
  if (hours > 18 || minutes > 59) return undefined;
  return (match[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + Number(match[4] ?? 0));
}

const offsets = new Map<string, number | null | undefined>();

function offsetOf(text: string): number | null | undefined {
  if (offsets.has(text)) return offsets.get(text);
  if (offsets.size > 1000) offsets.clear();
  const offset = readOffset(text);
  offsets.set(Buffer.from(text).toString(), offset);
  return offset;
}

/** Reads what follows the digits of a clock: am or pm, and an offset. Gives the hour, -1 where it is neither. */
function readAfterClock(text: string, hour: number): number {
  let rest = text.charCodeAt(0) === 32 ? text.trim() : text;
  let own = hour;
  const half = /^([ap])\.?m\.?\b\s*/i.exec(rest);
  if (half) {
    // 12:00 PM is noon; 17:00 PM, which some systems write, is taken as it stands.
    const afternoon = half[1]?.toLowerCase() === 'p';
    if (hour < 12 && afternoon) own += 12;
    else if (hour === 12 && !afternoon) own = 0;
    rest = rest.slice(half[0].length);
  }
  const offset = offsetOf(rest);
  if (offset === undefined) return -1;
  clock.offset = offset;
  return own;
}

/** Digits of a fraction of a second that count, down to microseconds; more are read and left out. */
const mostDigits = 6;
const zulu = 90;

/** Reads what follows a date, from a position: a clock with or without fraction, am or pm, offset. */
function readClock(text: string, from: number): boolean {
  let at = from;
  let hour = twoDigits(text, at);
  if (hour >= 0) at += 2;
  else {
    hour = digit(text, at);
    if (hour < 0) return false;
    at += 1;
  }
  if (text.charCodeAt(at) !== 58) return false;
  const minutes = twoDigits(text, at + 1);
  if (minutes < 0 || minutes > 59) return false;
  at += 3;
  let seconds = 0;
  let fraction = 0;
  if (text.charCodeAt(at) === 58) {
    seconds = twoDigits(text, at + 1);
    if (seconds < 0 || seconds > 60) return false;
    at += 3;
    const point = text.charCodeAt(at);
    if (point === 46 || point === 44) {
      const start = at + 1;
      at = start;
      for (let d = digit(text, at); d >= 0; d = digit(text, at)) {
        if (at - start < mostDigits) fraction = 10 * fraction + d;
        at += 1;
      }
      if (at === start || at - start > 9) return false;
      for (let read = at - start; read < mostDigits; read++) fraction *= 10;
    }
  }
  clock.offset = null;
  // Most times end here, or with the one letter for UTC.
  if (at === text.length - 1 && text.charCodeAt(at) === zulu) clock.offset = 0;
  else if (at < text.length) {
    hour = readAfterClock(text.slice(at), hour);
    if (hour < 0) return false;
  }
  clock.flags = 0;
  if (hour === 24 && minutes === 0 && seconds === 0 && fraction === 0) clock.flags = timeFlags.hour24;
  else if (hour > 23) return false;
  clock.seconds = hour * 3600 + minutes * 60 + seconds;
  clock.fraction = fraction;
  return true;
}

function noClock(): void {
  clock.seconds = 0;
  clock.fraction = 0;
  clock.offset = null;
  clock.flags = timeFlags.dateOnly;
}

function isSentinel(year: number, month: number, day: number, wallSeconds: number): boolean {
  if (year === 9999) return month === 12 && day === 31;
  if (year === 1900) return month === 1 && day === 1;
  if (year === 1899) return month === 12 && day === 30;
  if (year === 1) return month === 1 && day === 1;
  return wallSeconds >= -14 * 3600 && wallSeconds <= 14 * 3600 && wallSeconds % 3600 === 0;
}

/** Puts date and clock together. */
function settle(year: number, month: number, day: number, rules: TimeRules, out: TimeReading): boolean {
  if (year === 0 && month === 0 && day === 0) {
    out.flags = timeFlags.sentinel;
    return true;
  }
  if (!isDate(year, month, day)) return false;
  const wallSeconds = daysFromCivil(year, month, day) * daySeconds + clock.seconds;
  out.flags = clock.flags;
  if (isSentinel(year, month, day, wallSeconds)) {
    out.flags |= timeFlags.sentinel;
    return true;
  }
  out.wall = wallSeconds * micros + clock.fraction;
  if (clock.offset !== null) {
    out.instant = out.wall - clock.offset * micros;
    out.later = out.instant;
  } else if ((clock.flags & timeFlags.dateOnly) !== 0) {
    // A date is a date: no zone conversion, so that durations between dates are whole days.
    out.instant = out.wall;
    out.later = out.wall;
  } else {
    const reading = rules.zone.read(wallSeconds);
    out.instant = out.wall - reading.offset * micros;
    out.later = out.wall - reading.later * micros;
    out.flags |= timeFlags.naive;
    if (reading.gap) out.flags |= timeFlags.gap;
    if (reading.later !== reading.offset) out.flags |= timeFlags.ambiguous;
  }
  return true;
}

function fullYear(year: number, digits: number): number {
  return digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

const numericDate = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(?:$|[T\s,]+)/;
const compactDate = /^(\d{4})(\d{2})(\d{2})(?:$|T|\s+)/;
const dayMonthName =
  /^(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-/\s.]*([a-z]{3,9})\.?,?[-/\s.]*(\d{2,4})(?:$|[T\s,]+)/i;
const monthNameDay =
  /^(?:[a-z]{3,9}\.?,?\s+)??([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:$|[T\s,]+)/i;

function monthByName(text: string): number {
  return monthNames.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function readNumber(text: string, rules: TimeRules, out: TimeReading): boolean | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  if (rules.epoch && value >= 1e8) {
    clock.flags = 0;
    out.wall = Math.round(value * (value >= 1e11 ? 1000 : micros));
    out.instant = out.wall;
    out.later = out.wall;
    out.flags = 0;
    return true;
  }
  if (!/^\d{5}(\.\d+)?$/.test(text) || value < 61 || value > 73_050) return null;
  const seconds = Math.round((value - 25_569) * daySeconds);
  const whole = seconds % daySeconds === 0;
  clock.seconds = ((seconds % daySeconds) + daySeconds) % daySeconds;
  clock.fraction = 0;
  clock.offset = null;
  clock.flags = timeFlags.serial | (whole ? timeFlags.dateOnly : 0);
  const date = new Date(seconds * 1000);
  return settle(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), rules, out);
}

/** The many other spellings: numeric dates in the column's order, month names, RFC 2822, spreadsheet serials. */
function parseOther(text: string, rules: TimeRules, out: TimeReading): boolean {
  const numeric = numericDate.exec(text);
  let year: number;
  let month: number;
  let day: number;
  let length: number;
  const named = numeric ? null : dayMonthName.exec(text);
  const american = numeric || named ? null : monthNameDay.exec(text);
  if (numeric) {
    const [whole, a = '', , b = '', c = ''] = numeric;
    length = whole.length;
    if (a.length > 2) {
      if (c.length > 2) return false;
      year = Number(a);
      month = Number(rules.yearDayMonth ? c : b);
      day = Number(rules.yearDayMonth ? b : c);
    } else {
      if (c.length === 3 || c.length === 1) return false;
      year = a === '00' && c === '0000' ? 0 : fullYear(Number(c), c.length);
      month = Number(rules.order === 'day-first' ? b : a);
      day = Number(rules.order === 'day-first' ? a : b);
    }
  } else if (named) {
    length = named[0].length;
    day = Number(named[1]);
    month = monthByName(named[2] ?? '');
    year = fullYear(Number(named[3]), named[3]?.length ?? 4);
  } else if (american) {
    length = american[0].length;
    month = monthByName(american[1] ?? '');
    day = Number(american[2]);
    year = Number(american[3]);
  } else {
    const number = readNumber(text, rules, out);
    if (number !== null) return number;
    const compact = compactDate.exec(text);
    if (!compact) return false;
    length = compact[0].length;
    [year, month, day] = [Number(compact[1]), Number(compact[2]), Number(compact[3])];
  }
  if (length >= text.length) noClock();
  else if (!readClock(text, length)) return false;
  return settle(year, month, day, rules, out);
}

/**
 * Reads a time. False when the text is not a time that exists; a sentinel gives true with its flag.
 * ISO text takes the fast way; everything else is matched against the other spellings.
 */
export function parseTime(text: string, rules: TimeRules, out: TimeReading): boolean {
  out.flags = 0;
  if (text.length > longest) return false;
  if (text.charCodeAt(4) === 45 && text.charCodeAt(7) === 45 && text.length >= 10 && !rules.yearDayMonth) {
    const century = twoDigits(text, 0);
    const rest = twoDigits(text, 2);
    const month = twoDigits(text, 5);
    const day = twoDigits(text, 8);
    if (century >= 0 && rest >= 0 && month >= 0 && day >= 0) {
      if (text.length === 10) noClock();
      else {
        const code = text.charCodeAt(10);
        if ((code !== 84 && code !== 32 && code !== 116) || !readClock(text, 11))
          return parseOther(text, rules, out);
      }
      return settle(century * 100 + rest, month, day, rules, out);
    }
  }
  return parseOther(text, rules, out);
}
