import { z } from 'zod';
import { type Calendar, WellspentError, WellspentFaults } from '../../core/index.ts';
import { openZone } from '../../ingest/index.ts';
import type { HoursRule } from './hours-rule.ts';
import type { WeeklySlot, WorkHours } from './work-hours.ts';

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

const weekday = z
  .string()
  .transform((name) => name.trim().toUpperCase())
  .pipe(z.enum(weekdays, 'a day of the week, such as MONDAY'));
const clock = z
  .string()
  .regex(
    /^(([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?|24:00(:00)?)$/,
    'a time of day, such as 09:00 or 17:30:00',
  );
const entry = z.strictObject({ from: weekday, to: weekday, beginTime: clock, endTime: clock });
const hours = z.record(z.string(), z.array(entry));
const date = z.iso.date('a date, such as 2026-04-01');

/** Weekly hours by worker alone, as process simulators write them; `*` is everyone else. */
const plain = hours;
/** Weekly hours by worker or team, with zone, bank holidays and absences. */
const whole = z.strictObject({
  timezone: z.string().optional(),
  holidays: z.enum(['england-and-wales', 'none']).optional(),
  workers: hours.optional(),
  teams: hours.optional(),
  absences: z.record(z.string(), z.array(z.strictObject({ from: date, to: date }))).optional(),
});

type Entry = z.infer<typeof entry>;

function secondsOf(text: string): number {
  const [hour = 0, minute = 0, second = 0] = text.split(':').map(Number);
  return hour * 3600 + minute * 60 + second;
}

function slotsOf({ from, to, beginTime, endTime }: Entry): readonly WeeklySlot[] {
  const first = weekdays.indexOf(from);
  const days = ((weekdays.indexOf(to) - first + 7) % 7) + 1;
  const begin = secondsOf(beginTime);
  const end = secondsOf(endTime);
  // An end that is not after its beginning lies on the next day: a night shift.
  const until = end > begin ? end : end + 86_400;
  return Array.from({ length: days }, (_, i) => ({ weekday: (first + i) % 7, from: begin, until }));
}

function faultsOf(file: string, error: z.ZodError): WellspentFaults {
  const faults = error.issues.map((issue) => {
    const place = issue.path.map(String).join(' › ') || 'the calendar';
    return new WellspentError('CALENDAR_INVALID', `${place}: ${issue.message}.`, {
      where: { file },
      hint: '{ "Anya": [ { "from": "MONDAY", "to": "FRIDAY", "beginTime": "09:00", "endTime": "17:00" } ] }',
    });
  });
  return new WellspentFaults('CALENDAR_INVALID', `${file} is not a calendar of working hours.`, faults);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WellspentError('CALENDAR_INVALID', `${file} is not one JSON document.`, {
      where: { file },
      found: text.trim().slice(0, 60) || 'nothing',
      cause,
    });
  }
}

function rulesBy(
  given: Readonly<Record<string, readonly Entry[]>> | undefined,
  holidays: Calendar,
  absences: Readonly<Record<string, WorkHours['absences']>>,
): ReadonlyMap<string, WorkHours> {
  return new Map(
    Object.entries(given ?? {}).map(([name, entries]) => [
      name,
      { weekly: entries.flatMap(slotsOf), holidays, absences: absences[name] ?? [] },
    ]),
  );
}

/**
 * Reads a calendar of working hours: weekly hours by worker (`{"Anya": [{"from": "MONDAY", "to": "FRIDAY",
 * "beginTime": "09:00:00", "endTime": "17:00:00"}]}`, `"*"` for everyone else), or the same below `workers` and
 * `teams` beside `timezone`, `holidays` and `absences`. Throws `CALENDAR_INVALID` with every fault.
 */
export function readCalendar(text: string, file: string, timezone: string): HoursRule {
  const content = parsed(text, file);
  const isWhole =
    typeof content === 'object' &&
    content !== null &&
    Object.values(content).some((value) => !Array.isArray(value));
  const checked = isWhole ? whole.safeParse(content) : plain.safeParse(content);
  if (!checked.success) throw faultsOf(file, checked.error);
  const given = isWhole
    ? (checked.data as z.infer<typeof whole>)
    : { workers: checked.data as z.infer<typeof plain> };
  const { holidays = 'none', absences = {}, workers, teams } = given as z.infer<typeof whole>;
  const forWorkers = rulesBy(workers, holidays, absences);
  return {
    zone: openZone((given as z.infer<typeof whole>).timezone ?? timezone),
    forWorkers,
    forTeams: rulesBy(teams, holidays, absences),
    forOthers: forWorkers.get('*') ?? null,
  };
}
