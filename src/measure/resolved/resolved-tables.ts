import { type Chart, leastCases, periodLabel, type Table } from '../../core/index.ts';
import type { Study } from '../study.ts';
import type { TeamPair } from './compare-teams.ts';
import type { ResolvedStudy, TeamFigures } from './study-teams.ts';

/** "an hour staffed", or "an hour of handling" where paid hours are not given. */
export const perHour = ({ hour }: ResolvedStudy) =>
  hour === 'staffed' ? 'an hour staffed' : 'an hour of handling';

/** What a reader calls a team. */
export function teamTitle(found: ResolvedStudy, team: string): string {
  return found.teams.find((one) => one.team === team)?.title ?? team;
}

/** Small counts of people are not shown. */
const shown = (n: number) => (n > 0 && n < leastCases ? null : n);

/** Handled and resolved by team. */
export function teamsTable(found: ResolvedStudy, label: string): Table {
  return {
    id: 'teams',
    title: `Contacts handled and issues resolved by team, ${label}`,
    columns: [
      { key: 'team', title: 'Team', type: 'text' },
      {
        key: 'hours',
        title: found.hour === 'staffed' ? 'Hours staffed' : 'Hours of handling',
        type: 'hours',
      },
      { key: 'handled', title: 'Contacts handled', type: 'count' },
      { key: 'handledPerHour', title: 'Handled an hour', type: 'number', derivedFrom: ['hours', 'handled'] },
      { key: 'minutes', title: 'Minutes a contact', type: 'minutes' },
      { key: 'repeat', title: `Back within ${found.days} days`, type: 'share' },
      {
        key: 'resolvedPerHour',
        title: 'Resolved an hour',
        type: 'number',
        derivedFrom: ['handledPerHour', 'repeat'],
      },
      { key: 'low', title: 'Low', type: 'number', derivedFrom: ['resolvedPerHour'] },
      { key: 'high', title: 'High', type: 'number', derivedFrom: ['resolvedPerHour'] },
      {
        key: 'minutesPerIssue',
        title: 'Minutes an issue resolved',
        type: 'minutes',
        derivedFrom: ['minutes', 'repeat'],
      },
    ],
    rows: found.teams.map((team) => {
      const [main] = team.windows;
      return {
        team: team.title,
        hours: team.hours,
        handled: team.handled,
        handledPerHour: team.handledPerHour.value,
        minutes: team.minutes,
        repeat: main.repeat.value,
        resolvedPerHour: main.resolvedPerHour.value,
        low: main.resolvedPerHour.interval.low,
        high: main.resolvedPerHour.interval.high,
        minutesPerIssue: team.minutes === null ? null : team.minutes / (1 - main.repeat.value),
      };
    }),
    notes: [
      `Resolved: somebody handled the contact and the same person made no other on the same topic within ${found.days} days. A repeat is charged to the team that had the contact before it.`,
    ],
  };
}

/** The same by other windows, since no window is the right one. */
export function windowsTable(found: ResolvedStudy): Table {
  return {
    id: 'windows',
    title: 'The same, waiting fewer or more days for a repeat',
    columns: [
      { key: 'team', title: 'Team', type: 'text' },
      { key: 'days', title: 'Days waited', type: 'count', ofNobody: true },
      { key: 'repeat', title: 'Back within those days', type: 'share' },
      { key: 'repeatLow', title: 'Low', type: 'share' },
      { key: 'repeatHigh', title: 'High', type: 'share' },
      { key: 'resolvedPerHour', title: 'Resolved an hour', type: 'number', derivedFrom: ['repeat'] },
      { key: 'low', title: 'Low', type: 'number', derivedFrom: ['resolvedPerHour'] },
      { key: 'high', title: 'High', type: 'number', derivedFrom: ['resolvedPerHour'] },
    ],
    rows: found.teams.flatMap((team) =>
      team.windows
        .toSorted((a, b) => a.days - b.days)
        .map(({ days, repeat, resolvedPerHour }) => ({
          team: team.title,
          days,
          repeat: repeat.value,
          repeatLow: repeat.interval.low,
          repeatHigh: repeat.interval.high,
          resolvedPerHour: resolvedPerHour.value,
          low: resolvedPerHour.interval.low,
          high: resolvedPerHour.interval.high,
        })),
    ),
    notes: ['The last days of the data are left out: a contact then may still be followed by another.'],
  };
}

/** Every two teams, by both counts. */
export function pairsTable(found: ResolvedStudy): Table | null {
  if (found.pairs.length === 0) return null;
  return {
    id: 'pairs',
    title: 'Do the two counts rank the teams alike?',
    columns: [
      { key: 'faster', title: 'Handles more an hour', type: 'text' },
      { key: 'handled', title: 'Ahead by', type: 'growth' },
      { key: 'handledLow', title: 'Low', type: 'growth' },
      { key: 'handledHigh', title: 'High', type: 'growth' },
      { key: 'slower', title: 'The other team', type: 'text' },
      { key: 'resolved', title: 'Its lead in issues resolved', type: 'growth' },
      { key: 'low', title: 'Low', type: 'growth' },
      { key: 'high', title: 'High', type: 'growth' },
      { key: 'reading', title: 'Reading', type: 'text' },
    ],
    rows: found.pairs.map((pair) => ({
      faster: teamTitle(found, pair.faster),
      handled: pair.handled.growth,
      handledLow: pair.handled.interval.low,
      handledHigh: pair.handled.interval.high,
      slower: teamTitle(found, pair.slower),
      resolved: pair.resolved.growth,
      low: pair.resolved.interval.low,
      high: pair.resolved.interval.high,
      reading: pair.isReversed
        ? 'contacts handled point the wrong way'
        : pair.resolved.interval.high < 0
          ? 'the two counts agree'
          : 'no difference in issues resolved beyond chance against the count of contacts',
    })),
  };
}

/** The periods that were watched, as "March 2025 to February 2026". */
export function watchedLabel({ plan }: Study, { starts }: ResolvedStudy): string {
  const [first, last] = [starts[0] ?? '', starts.at(-1) ?? ''];
  const from = periodLabel(plan.grain, first);
  return first === last ? from : `${from} to ${periodLabel(plan.grain, last)}`;
}

/** Where every record of a contact went. */
export function recordsTable({ records, need, byOthers }: ResolvedStudy, label: string): Table {
  const rows: readonly (readonly [string, number])[] = [
    ['Records brought in', records.rows],
    ['Delivered again: the same contact', records.again],
    ['Parts of a call that was passed on', records.parts],
    ['Made by the service, not by a person', records.outgoing],
    ['Contacts that people made', records.contacts],
    [`Of these, in ${label}`, need.contacts],
    ['Answered, as the records count', need.recordedAnswered],
    ['Handled by somebody', need.handled],
    ['Handled, by teams not shown above', byOthers],
    ['Of a person or case that is not known, so that repeats cannot be seen', need.contacts - need.linked],
    ['Issues that ended', need.issues],
    ['Issues resolved: the last contact was handled', need.resolved],
    ['Issues that ended with a call given up or a recorded message', need.issues - need.resolved],
  ];
  return {
    id: 'records',
    title: 'Where every record went',
    columns: [
      { key: 'what', title: 'What', type: 'text' },
      { key: 'count', title: 'Count', type: 'count' },
    ],
    rows: rows.filter(([, n]) => n > 0).map(([what, n]) => ({ what, count: shown(n) })),
    notes: [
      'Counts under ten are not shown. Rows set aside as they came in, such as an earlier version of a record, are in the account of the data.',
    ],
  };
}

/** Each team's contacts an hour, in two parts: resolved, and back within the window. */
export function handledChart(found: ResolvedStudy, reversal: TeamPair | undefined): Chart | null {
  if (found.teams.length === 0) return null;
  const ordered = found.teams.toSorted((a, b) => b.handledPerHour.value - a.handledPerHour.value);
  const parts = (team: TeamFigures) => {
    const resolved = team.windows[0].resolvedPerHour.value;
    return [
      { name: 'Resolved', value: resolved },
      { name: `Back within ${found.days} days`, value: Math.max(0, team.handledPerHour.value - resolved) },
    ];
  };
  return {
    kind: 'bar',
    id: 'handled-and-resolved',
    title: reversal
      ? `${teamTitle(found, reversal.slower)} resolves more ${perHour(found)}, though ${teamTitle(found, reversal.faster)} handles more`
      : `Contacts ${perHour(found)}: resolved, and back within ${found.days} days`,
    description: `Contacts handled ${perHour(found)} by team: the first part was resolved, the second came back.`,
    table: 'teams',
    xTitle: `Contacts ${perHour(found)}`,
    xUnit: 'number',
    bars: ordered.map((team) => ({ label: team.title, parts: parts(team) })),
  };
}
