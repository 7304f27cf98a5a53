import type { ErrorEntry } from './error-entry.ts';

export const findErrors = {
  CALENDAR_INVALID: {
    meaning: 'The calendar of working hours does not have the shape it needs; each fault is listed.',
    remedy:
      'Write for each worker a list of entries with `from` and `to` (days of the week) and `beginTime` and `endTime`; `"*"` stands for everyone else.',
  },
  CALENDAR_NAMES_UNKNOWN: {
    meaning: 'None of the names in the calendar of working hours occurs in the log.',
    remedy: 'Write the names as the log does, or give the hours of `"*"`, everyone.',
  },
  WAITS_NOTHING_FINISHED: {
    meaning: 'The log holds no finished step, so there is nothing that a case could have waited for.',
    remedy:
      'Map the column with the time at which each step was finished: --map "finished=name of the column".',
  },
  WAITS_SEVERAL_AT_ONCE: {
    meaning:
      'Most work stands under names whose pieces of work overlap: such a name is a team or a system, and a queue before several servers cannot be told from the work of one.',
    remedy:
      'Map the column that names the person: --map "worker=name of the column". Hours of work can be told all the same: `wellspent calc multitasking` shares time between what was open at once.',
  },
} as const satisfies Record<string, ErrorEntry>;
