import { styleOf } from '../numbers.ts';
import type { Notice } from '../readers/raw-table.ts';
import { timeFlags } from '../time/parse-time.ts';

/** Times of one column with an offset from UTC and without. */
export interface OffsetCounts {
  aware: number;
  naive: number;
}

/** What the numbers of one column tell of their decimal mark. */
export interface CommaCounts {
  /** The first number such as 1,234, which reads both ways. */
  example: string | null;
  /** True once some number can only be written with a point. */
  isSettled: boolean;
}

/** Counts of what happened to times and values of one source, told as notices at the end. */
export interface Counters {
  readonly sentinels: Map<string, number>;
  readonly zone: string;
  readonly offsets: Map<string, OffsetCounts>;
  readonly commas: Map<string, CommaCounts>;
  naive: number;
  gap: number;
  ambiguous: number;
  hour24: number;
  serial: number;
  withoutTime: number;
  startsLeftOut: number;
}

export function newCounters(zone: string): Counters {
  return {
    sentinels: new Map(),
    zone,
    offsets: new Map(),
    commas: new Map(),
    naive: 0,
    gap: 0,
    ambiguous: 0,
    hour24: 0,
    serial: 0,
    withoutTime: 0,
    startsLeftOut: 0,
  };
}

function countsFor<Counts>(counts: Map<string, Counts>, column: string, none: Counts): Counts {
  const known = counts.get(column) ?? none;
  counts.set(column, known);
  return known;
}

/** The counts of a column of times. */
export function offsetsOf(counters: Counters, column: string): OffsetCounts {
  return countsFor(counters.offsets, column, { aware: 0, naive: 0 });
}

/** What is known of a column of numbers with decimal points. */
export function commasOf(counters: Counters, column: string): CommaCounts {
  return countsFor(counters.commas, column, { example: null, isSettled: false });
}

/** Takes the decimal mark of one number into account. True if it can only be a comma, where no other was a point. */
export function countComma(counts: CommaCounts, text: string): boolean {
  if (counts.isSettled) return false;
  const style = styleOf(text);
  if (style === 'point') counts.isSettled = true;
  else if (style === 'either') counts.example ??= text;
  return style === 'comma';
}

/** Takes the flags of one reading into account. */
export function countFlags(counters: Counters, flags: number, text: string): void {
  if (flags & timeFlags.naive) counters.naive += 1;
  if (flags & timeFlags.gap) counters.gap += 1;
  if (flags & timeFlags.ambiguous) counters.ambiguous += 1;
  if (flags & timeFlags.hour24) counters.hour24 += 1;
  if (flags & timeFlags.serial) counters.serial += 1;
  if (flags & timeFlags.sentinel) counters.sentinels.set(text, (counters.sentinels.get(text) ?? 0) + 1);
}

function say(n: number, code: Notice['code'], one: string, many: string): readonly Notice[] {
  if (n === 0) return [];
  return [{ code, message: `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}.`, count: n }];
}

/** Columns in which some times carry an offset and some do not. */
function mixedOffsets({ offsets, zone }: Counters): readonly Notice[] {
  return [...offsets].flatMap(([column, { aware, naive }]): readonly Notice[] => {
    if (aware === 0 || naive === 0) return [];
    const [without, withOne] = [naive, aware].map((n) => n.toLocaleString('en-GB'));
    return [
      {
        code: 'TIME_OFFSETS_MIXED',
        message: `Column "${column}" holds times of two kinds: ${without} without an offset, read in ${zone}, and ${withOne} with one, read by it.`,
        count: naive,
      },
    ];
  });
}

/** Columns of numbers in which nothing tells whether a comma is a decimal sign. */
function openCommas({ commas }: Counters): readonly Notice[] {
  return [...commas].flatMap(([column, { example, isSettled }]): readonly Notice[] => {
    if (example === null || isSettled) return [];
    const [thousands, decimal] = [example.replace(',', ''), example.replace(',', '.')];
    return [
      {
        code: 'NUMBER_READS_BOTH_WAYS',
        message: `Nothing in column "${column}" tells whether the comma of numbers such as ${example} is a decimal sign; it was taken for a mark of thousands: ${thousands}, not ${decimal}. Say which with --decimal comma or --decimal point, or \`decimal\` in service.yaml.`,
      },
    ];
  });
}

/** The counts as sentences. */
export function countedNotices(counters: Counters): readonly Notice[] {
  const c = counters;
  const sentinels = [...c.sentinels].sort((a, b) => b[1] - a[1]);
  return [
    ...say(
      c.naive,
      'TIME_NAIVE',
      `time without an offset was read in ${c.zone}`,
      `times without an offset were read in ${c.zone}`,
    ),
    ...mixedOffsets(c),
    ...openCommas(c),
    ...say(c.gap, 'CLOCK_GAP', 'time was skipped by the clocks', 'times were skipped by the clocks'),
    ...say(
      c.ambiguous,
      'CLOCK_AMBIGUOUS',
      'time happened twice when the clocks went back',
      'times happened twice when the clocks went back',
    ),
    ...say(
      c.hour24,
      'TIME_24',
      'time of 24:00 was read as the next midnight',
      'times of 24:00 were read as the next midnight',
    ),
    ...say(
      c.serial,
      'EXCEL_SERIAL',
      'number was read as a spreadsheet date',
      'numbers were read as spreadsheet dates',
    ),
    ...sentinels.map(
      ([value, count]): Notice => ({
        code: 'SENTINEL',
        message: `"${value.slice(0, 40)}" was read as missing ${count.toLocaleString('en-GB')} ${count === 1 ? 'time' : 'times'}.`,
        count,
      }),
    ),
    ...say(
      c.startsLeftOut,
      'BAD_START_LEFT_OUT',
      'row is kept by its finish alone, since its start cannot be read',
      'rows are kept by their finish alone, since their start cannot be read',
    ),
    ...say(c.withoutTime, 'EVENTS_WITHOUT_TIME', 'event has no time', 'events have no time'),
  ];
}
