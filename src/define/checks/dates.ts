import type { WellspentError } from '../../core/index.ts';
import { isIsoDate } from '../expression/index.ts';
import { entryOf, sectionEntries, textOf } from '../raw-charter.ts';
import { nearestName } from '../suggest.ts';
import type { Path, YamlSource } from '../yaml-source.ts';

const looksLikeDate = /^\d{4}-\d{2}-\d{2}$/;

function lastDayOfMonth(text: string): string {
  const month = new Date(`${text.slice(0, 7)}-01T00:00:00Z`);
  if (Number.isNaN(month.getTime())) return '2026-04-01';
  month.setUTCMonth(month.getUTCMonth() + 1, 0);
  return month.toISOString().slice(0, 10);
}

/** Dates that are not days of the calendar, and a reporting time that ends before it starts. */
export function wrongDates(source: YamlSource): readonly WellspentError[] {
  const content = entryOf(source.content);
  const reporting = entryOf(content.reporting);
  const written: readonly (readonly [Path, unknown])[] = [
    [['effective'], content.effective],
    [['reporting', 'from'], reporting.from],
    [['reporting', 'to'], reporting.to],
    ...sectionEntries(content, 'targets').map(
      ({ path, value }) => [[...path, 'since'], value.since] as const,
    ),
    ...sectionEntries(content, 'outputs').map(
      ({ path, value }) => [[...path, 'group_since'], value.group_since] as const,
    ),
    ...sectionEntries(content, 'discontinuities').map(
      ({ path, value }) => [[...path, 'on'], value.on] as const,
    ),
    ...sectionEntries(content, 'assumptions').map(
      ({ path, value }) => [[...path, 'review'], value.review] as const,
    ),
  ];
  const faults = written.flatMap(([path, value]) => {
    const text = textOf(value);
    // The schema has already spoken of text that does not look like a date at all.
    if (text === undefined || !looksLikeDate.test(text) || isIsoDate(text)) return [];
    return [
      source.fault('CHARTER_DATE', path, `${text} is not a day of the calendar.`, {
        found: text,
        hint: `${path.at(-1)}: ${lastDayOfMonth(text)}`,
      }),
    ];
  });
  const periods = sectionEntries(content, 'assumptions').flatMap(({ path, value }) =>
    Object.keys(entryOf(value.by_period)).flatMap((key) =>
      isIsoDate(key)
        ? []
        : [
            source.fault(
              'CHARTER_DATE',
              [...path, 'by_period', key],
              `by_period has "${key}", which is not a date.`,
              {
                found: key,
                hint: `${lastDayOfMonth(key)}: … (the first day from which the value holds)`,
              },
            ),
          ],
    ),
  );
  const [from, to] = [textOf(reporting.from), textOf(reporting.to)];
  const isBackwards = from !== undefined && to !== undefined && isIsoDate(from) && isIsoDate(to) && to < from;
  const order = isBackwards
    ? [
        source.fault(
          'CHARTER_DATE',
          ['reporting', 'to'],
          `reporting ends on ${to}, before it starts on ${from}.`,
          {
            found: `from ${from} to ${to}`,
            hint: `to: a day after ${from}`,
          },
        ),
      ]
    : [];
  return [...faults, ...periods, ...order];
}

function isTimezone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Time zones that computers do not know. */
export function wrongTimezones(source: YamlSource): readonly WellspentError[] {
  const content = entryOf(source.content);
  const written: readonly (readonly [Path, unknown])[] = [
    [['timezone'], content.timezone],
    ...sectionEntries(content, 'extracts').map(
      ({ path, value }) => [[...path, 'timezone'], value.timezone] as const,
    ),
  ];
  return written.flatMap(([path, value]) => {
    const zone = textOf(value);
    if (zone === undefined || isTimezone(zone)) return [];
    const near = nearestName(zone, Intl.supportedValuesOf('timeZone')) ?? 'Europe/London';
    return [
      source.fault('CHARTER_TIMEZONE', path, `"${zone}" is not a time zone.`, {
        found: zone,
        hint: `timezone: ${near}`,
      }),
    ];
  });
}
