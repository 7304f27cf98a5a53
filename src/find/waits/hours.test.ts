import { describe, expect, it } from 'vitest';
import { openZone } from '../../ingest/index.ts';
import { type MadeWork, monday, waitsOf } from './opened-log.test-support.ts';
import { readCalendar } from './read-calendar.ts';
import { offDuty, offDutyWithin, type WorkHours } from './work-hours.ts';

const nineToFive: WorkHours = {
  weekly: [0, 1, 2, 3, 4].map((weekday) => ({ weekday, from: 9 * 3600, until: 17 * 3600 })),
  holidays: 'none',
  absences: [],
};

/** Hours off duty between two moments. */
function hoursOff(hours: WorkHours, from: string, to: string, zone = 'Europe/London'): number {
  const micros = (text: string) => Date.parse(text) * 1000;
  const off = offDuty(hours, openZone(zone), micros(from), micros(to));
  let sum = 0;
  offDutyWithin(off, micros(from), micros(to), (begin, end) => {
    sum += (end - begin) / 3.6e9;
  });
  return sum;
}

describe('working hours', () => {
  it('leave out nights and weekends', () => {
    expect(hoursOff(nineToFive, '2026-03-02T12:00:00Z', '2026-03-03T12:00:00Z')).toBe(16);
    expect(hoursOff(nineToFive, '2026-03-06T16:00:00Z', '2026-03-09T10:00:00Z')).toBe(64);
    expect(hoursOff(nineToFive, '2026-03-02T09:00:00Z', '2026-03-02T17:00:00Z')).toBe(0);
  });

  it('keep to the clock on the wall when the clocks change', () => {
    // From Friday 16:00 GMT to Monday 10:00 BST an hour is lost, at night.
    expect(hoursOff(nineToFive, '2026-03-27T16:00:00Z', '2026-03-30T09:00:00Z')).toBe(63);
    expect(hoursOff(nineToFive, '2026-10-23T15:00:00Z', '2026-10-26T10:00:00Z')).toBe(65);
  });

  it('leave out bank holidays of the nation, and absences', () => {
    const { weekly, absences } = nineToFive;
    // Good Friday 2026 is 3 April.
    const withHolidays: WorkHours = { weekly, absences, holidays: 'england-and-wales' };
    expect(hoursOff(withHolidays, '2026-04-03T08:00:00Z', '2026-04-03T16:00:00Z')).toBe(8);
    expect(hoursOff(nineToFive, '2026-04-03T08:00:00Z', '2026-04-03T16:00:00Z')).toBe(0);
    const away: WorkHours = { ...nineToFive, absences: [{ from: '2026-03-02', to: '2026-03-03' }] };
    expect(hoursOff(away, '2026-03-02T09:00:00Z', '2026-03-04T10:00:00Z')).toBe(48);
  });

  it('may cross midnight', () => {
    const night = readCalendar(
      '{"*": [{"from": "SUNDAY", "to": "MONDAY", "beginTime": "22:00", "endTime": "06:00"}]}',
      'hours.json',
      'UTC',
    ).forOthers as WorkHours;
    expect(hoursOff(night, '2026-03-01T21:00:00Z', '2026-03-02T07:00:00Z', 'UTC')).toBe(2);
  });
});

describe('a calendar', () => {
  it('gives hours by worker, by team and to everyone else, in its own zone', async () => {
    const hours = readCalendar(
      JSON.stringify({
        timezone: 'Europe/Paris',
        workers: { Bo: [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '10:00', endTime: '18:00' }] },
        teams: { Post: [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '14:00', endTime: '16:00' }] },
        absences: { Bo: [{ from: '2026-03-03', to: '2026-03-03' }] },
      }),
      'hours.json',
      'UTC',
    );
    const wait = (worker: string, team: string): readonly MadeWork[] => [
      { case: worker, step: 'a', from: 0, to: 60, worker: 'Ann' },
      { case: worker, step: 'b', from: 360, to: 370, worker, team },
    ];
    const { transitions } = await waitsOf([...wait('Bo', 'Review'), ...wait('Cy', 'Post')], { hours });
    const off = Object.fromEntries(transitions.map((row) => [row.toActor, row.unavailability / 3600]));
    // From 10:00 to 15:00 UTC: Bo is at work from 9 to 17, Post from 13 to 15.
    expect(off).toEqual({ Bo: 0, Cy: 3 });
  });

  it('says every fault at once', () => {
    const text = JSON.stringify({
      Bo: [{ from: 'MONDAI', to: 'FRIDAY', beginTime: '9 am', endTime: '17:00' }],
    });
    expect(() => readCalendar(text, 'hours.json', 'UTC')).toThrow(
      expect.objectContaining({
        code: 'CALENDAR_INVALID',
        faults: [
          expect.objectContaining({ message: expect.stringContaining('Bo › 0 › from') }),
          expect.objectContaining({ message: expect.stringContaining('Bo › 0 › beginTime') }),
        ],
      }),
    );
  });
});

describe('hours that are inferred', () => {
  /** Ten weeks of two people: Ann works mornings, Bo afternoons, a piece an hour, each for a case that waited a night. */
  const weeks: readonly MadeWork[] = Array.from({ length: 10 * 5 * 4 }, (_, i) => {
    const day = Math.floor(i / 4) % 5;
    const from = Math.floor(i / 20) * 7 * 1440 + day * 1440 + (i % 4) * 60;
    return [
      { case: i, step: 'a', from: from - 30, to: from + 30, worker: 'Ann' },
      { case: i, step: 'b', from: from + 240 + 1440, to: from + 270 + 1440, worker: 'Bo' },
    ];
  }).flat();

  it('are those in which people were seen at work, and are said to be inferred', async () => {
    const { evidence } = await waitsOf(weeks, { hours: { inferIn: openZone('UTC') } });
    const { hours, workers } = evidence.explained;
    expect(hours.kind).toBe('inferred');
    expect(hours.insideShare).toBe(1);
    const bo = workers.length;
    const off = hours.offDuty(bo, 0);
    const wednesday = (monday + 2 * 86_400_000) * 1000;
    let length = 0;
    if (off)
      offDutyWithin(off, wednesday, wednesday + 8 * 3.6e9, (from, to) => {
        length += (to - from) / 3.6e9;
      });
    // Between 9 and 17 Bo is seen from 13:00 to 17:00.
    expect(length).toBe(4);
  });

  it('come with the split under other assumptions', async () => {
    const { evidence } = await waitsOf(weeks, { hours: { inferIn: openZone('UTC') } });
    const confidences = evidence.sensitivity.rows.flatMap(({ confidence }) => confidence ?? []);
    expect(confidences).toEqual([0.05, 0.2]);
  });
});
