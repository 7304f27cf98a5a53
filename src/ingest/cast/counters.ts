import type { Notice } from '../readers/raw-table.ts';
import { timeFlags } from '../time/parse-time.ts';

/** Counts of what happened to times and values of one source, told as notices at the end. */
export interface Counters {
  readonly sentinels: Map<string, number>;
  readonly zone: string;
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
    naive: 0,
    gap: 0,
    ambiguous: 0,
    hour24: 0,
    serial: 0,
    withoutTime: 0,
    startsLeftOut: 0,
  };
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
  const message = `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}.`;
  return n === 0 ? [] : [{ code, message, count: n }];
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
