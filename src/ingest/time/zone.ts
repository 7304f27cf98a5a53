import { WellspentError } from '../../core/index.ts';

const minute = 60;
const day = 86_400;
const quarterHour = 900;

/** What a zone makes of a wall clock: offsets in seconds east of UTC. */
export interface WallReading {
  /** The offset to use, or the earlier instant's when the wall clock happened twice. */
  readonly offset: number;
  /** The later instant's offset when the wall clock happened twice; otherwise the same. */
  readonly later: number;
  readonly gap: boolean;
}

/** A time zone that reads wall clocks without an offset, with the rule for clock changes. */
export interface Zone {
  readonly name: string;
  /** Reads a wall clock given in seconds since 1970 as if it were UTC. */
  read(wallSeconds: number): WallReading;
  /** True when the clocks change on this day or beside it. */
  changesNear(wallSeconds: number): boolean;
}

function offsetReader(name: string): (utcSeconds: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
  } catch (cause) {
    throw new WellspentError('TIMEZONE_UNKNOWN', `"${name}" is not a time zone that we know.`, {
      hint: 'timezone: Europe/London',
      cause,
    });
  }
  return (utcSeconds) => {
    const parts = new Map(format.formatToParts(utcSeconds * 1000).map((part) => [part.type, part.value]));
    const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
    const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
    const wall = new Date(0);
    wall.setUTCFullYear(year, number('month') - 1, number('day'));
    wall.setUTCHours(number('hour'), number('minute'), number('second'));
    return Math.round(wall.getTime() / 1000) - utcSeconds;
  };
}

/**
 * Reads wall clocks in a zone. In a gap the offset before the change is used (the "compatible" rule of
 * ECMAScript Temporal); a repeated wall clock gives both offsets, the earlier instant first.
 */
export function openZone(name: string): Zone {
  const fixed = name === 'UTC' || name === 'Etc/UTC';
  // What tells the clocks of a zone takes milliseconds to make.
  const offsetAt = fixed ? () => 0 : offsetReader(name);
  const days = new Map<number, WallReading | null>();
  const quarters = new Map<number, WallReading>();
  const utc: WallReading = { offset: 0, later: 0, gap: false };

  const readExactly = (wall: number): WallReading => {
    const before = offsetAt(wall - day);
    const after = offsetAt(wall + day);
    const fits = (offset: number) => offsetAt(wall - offset) === offset;
    if (fits(before)) return { offset: before, later: fits(after) ? after : before, gap: false };
    if (fits(after)) return { offset: after, later: after, gap: false };
    return { offset: before, later: before, gap: true };
  };
  const dayReading = (wall: number): WallReading | null => {
    const index = Math.floor(wall / day);
    const known = days.get(index);
    if (known !== undefined) return known;
    const start = index * day;
    const offset = offsetAt(start - day);
    const steady = offsetAt(start) === offset && offsetAt(start + 2 * day) === offset;
    const reading = steady ? { offset, later: offset, gap: false } : null;
    days.set(index, reading);
    return reading;
  };
  return {
    name,
    changesNear: (wall) => !fixed && dayReading(wall) === null,
    read: (wall) => {
      if (fixed) return utc;
      const steady = dayReading(wall);
      if (steady) return steady;
      const quarter = Math.floor(wall / quarterHour);
      const known = quarters.get(quarter);
      if (known) return known;
      const reading = readExactly(quarter * quarterHour + minute);
      quarters.set(quarter, reading);
      return reading;
    },
  };
}
