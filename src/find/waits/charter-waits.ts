import type { Charter } from '../../define/index.ts';
import { openZone } from '../../ingest/index.ts';
import type { HoursRule } from './hours-rule.ts';
import type { InferHours } from './infer-hours.ts';
import type { NamedMarks } from './marks.ts';
import type { WeeklySlot, WorkHours } from './work-hours.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** What a charter says of whose a wait is. */
export function marksOfCharter({ steps = {}, waits = {} }: Charter): NamedMarks {
  const others = (
    after: readonly string[] | undefined,
    said: NonNullable<Charter['waits']>['applicant'],
  ) => ({
    after: after ?? [],
    teams: said?.teams ?? [],
    statuses: said?.statuses ?? [],
  });
  return {
    applicant: others(steps.waiting_for_applicant, waits.applicant),
    thirdParty: others(steps.waiting_for_third_party, waits.third_party),
    declaredWaits: steps.waiting ?? [],
    systems: waits.systems ?? [],
  };
}

type Hours = NonNullable<NonNullable<Charter['waits']>['hours']>;

function secondsOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 3600 + minute * 60;
}

function slotsOf({ days, from, to }: Hours[number]): readonly WeeklySlot[] {
  const begin = secondsOf(from);
  const end = secondsOf(to);
  return days.map((day) => ({
    weekday: weekdays.indexOf(day),
    from: begin,
    until: end > begin ? end : end + 86_400,
  }));
}

/** The working hours of a charter, or that they are to be inferred; null where it says neither. */
export function hoursOfCharter(charter: Charter): HoursRule | InferHours | null {
  const { hours = [], infer_hours: infer } = charter.waits ?? {};
  const zone = openZone(charter.timezone);
  if (hours.length === 0) return infer === true ? { inferIn: zone } : null;
  const of = (entries: Hours): WorkHours => ({
    weekly: entries.flatMap(slotsOf),
    holidays: charter.calendar ?? 'england-and-wales',
    absences: [],
  });
  const byTeam = Map.groupBy(hours, ({ team }) => team);
  const others = byTeam.get(undefined);
  return {
    zone,
    forWorkers: new Map(),
    forTeams: new Map(
      [...byTeam].flatMap(([team, entries]) => (team === undefined ? [] : [[team, of(entries)] as const])),
    ),
    forOthers: others ? of(others) : null,
  };
}
