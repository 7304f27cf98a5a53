import { leastCases, type QueryRecord } from '../../core/index.ts';
import type { Study } from '../study.ts';
import { compareTeams, hourlyRate, repeatShare, type TeamPair, type TeamSeries } from './compare-teams.ts';
import {
  accountForRecords,
  countByTeam,
  type RecordAccount,
  type TeamPeriod,
  teamMoments,
  watchedPeriods,
} from './count-contacts.ts';
import { countNeed, type Need } from './count-need.ts';
import { prepareIssueContacts } from './link-issues.ts';

/** Windows in days that are shown beside the charter's own (method note, 10.1). */
const alwaysShown = [7, 28];
const usualDays = 14;

/** A team's share of handled contacts that came back within a window, and what it resolved an hour by that window. */
export interface TeamWindow {
  readonly days: number;
  readonly repeat: ReturnType<typeof repeatShare>;
  readonly resolvedPerHour: ReturnType<typeof hourlyRate>;
}

/** A team with all its figures over the watched periods. */
export interface TeamFigures {
  readonly team: string;
  readonly title: string;
  readonly hours: number;
  readonly handled: number;
  readonly resolved: number;
  /** Mean minutes of a handled contact; null where none are recorded. */
  readonly minutes: number | null;
  readonly handledPerHour: ReturnType<typeof hourlyRate>;
  /** The charter's window first. */
  readonly windows: readonly [TeamWindow, ...TeamWindow[]];
}

/** What a service's contacts show of handled against resolved. */
export interface ResolvedStudy {
  readonly days: number;
  /** Whether an hour is one of paid time, or one of handling where paid hours are not given. */
  readonly hour: 'staffed' | 'handling';
  readonly starts: readonly string[];
  readonly teams: readonly TeamFigures[];
  /** Contacts handled in the periods by teams that have no hours or are too small to show. */
  readonly byOthers: number;
  readonly pairs: readonly TeamPair[];
  readonly need: Need;
  readonly records: RecordAccount;
  readonly queries: readonly QueryRecord[];
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const noTeam = '';

function seriesOf(
  counts: readonly TeamPeriod[],
  team: string,
  starts: readonly string[],
  days: number,
  hours: ReadonlyMap<string, number> | null,
): TeamSeries & { readonly minutes: number; readonly timed: number } {
  const own = starts.map((start) =>
    counts.find((row) => row.period === start && (row.team ?? noTeam) === team),
  );
  const of = (pick: (row: TeamPeriod) => number) => own.map((row) => (row ? pick(row) : 0));
  return {
    team,
    handled: of((row) => row.handled),
    linked: of((row) => row.linked),
    resolved: of((row) => row.resolved.get(days) ?? 0),
    hours: hours ? starts.map((start) => hours.get(start) ?? 0) : of((row) => row.minutes / 60),
    minutes: sum(of((row) => row.minutes)),
    timed: sum(of((row) => row.timed)),
  };
}

/** Paid hours by team and period, where the charter says which input holds them. */
function staffedHours(study: Study): ReadonlyMap<string, ReadonlyMap<string, number>> | null {
  const named = study.plan.charter.contacts?.hours ?? [];
  if (named.length === 0) return null;
  return new Map(
    named.map(({ team, input }) => {
      const index = study.data.inputList.findIndex(({ id }) => id === input);
      const byPeriod = new Map<string, number>();
      for (const cell of study.data.inputs)
        if (cell.input === index && cell.volume !== null)
          byPeriod.set(cell.period, (byPeriod.get(cell.period) ?? 0) + cell.volume);
      return [team, byPeriod];
    }),
  );
}

/**
 * Handled against resolved from the contacts table: records put right, contacts linked to issues, teams counted over
 * the last year of periods that have been watched long enough, and compared. Null without contacts.
 */
export async function studyResolved(study: Study): Promise<ResolvedStudy | null> {
  const { workspace, plan } = study;
  if (!workspace.tables.has('contacts')) return null;
  const { contacts } = plan.charter;
  const days = contacts?.repeat_days ?? usualDays;
  const windows = [days, ...alwaysShown.filter((other) => other !== days)];
  const queries: QueryRecord[] = [];
  await prepareIssueContacts(workspace, plan.grain, queries);
  const counts = await countByTeam(workspace, windows, queries);
  const staffed = staffedHours(study);
  const titles = new Map((contacts?.hours ?? []).map(({ team, title }) => [team, title ?? team]));
  const known = [...new Set(counts.map((row) => row.team ?? noTeam))];
  const names = staffed ? known.filter((team) => staffed.has(team)) : known;
  const hasHours = (start: string) =>
    !staffed || names.every((team) => (staffed.get(team)?.get(start) ?? 0) > 0);
  const watched = async (window: number) => (await watchedPeriods(workspace, plan, window)).filter(hasHours);
  const starts = await watched(days);
  const series = (team: string, window: number, over: readonly string[]) =>
    seriesOf(counts, team, over, window, staffed?.get(team) ?? null);
  const main = names
    .map((team) => series(team, days, starts))
    .filter(
      (own) =>
        sum(own.linked) >= leastCases && sum(own.resolved) > 0 && own.hours.every((value) => value > 0),
    );
  const moments = new Map<number, Awaited<ReturnType<typeof teamMoments>>>();
  const periods = new Map<number, readonly string[]>();
  for (const window of windows) {
    const over = window === days ? starts : await watched(window);
    periods.set(window, over);
    moments.set(window, over.length > 0 ? await teamMoments(workspace, window, over, queries) : []);
  }
  const windowOf = (team: string, window: number): readonly TeamWindow[] => {
    const own = series(team, window, periods.get(window) ?? []);
    const found = moments.get(window) ?? [];
    if (sum(own.linked) < leastCases || sum(own.resolved) === 0) return [];
    return [
      { days: window, repeat: repeatShare(found, own), resolvedPerHour: hourlyRate(found, own, 'resolved') },
    ];
  };
  const teams = main.flatMap((own): readonly TeamFigures[] => {
    const [first, ...others] = windows.flatMap((window) => windowOf(own.team, window));
    if (!first) return [];
    return [
      {
        team: own.team,
        title: titles.get(own.team) ?? (own.team === noTeam ? 'No team named' : own.team),
        hours: sum(own.hours),
        handled: sum(own.handled),
        resolved: sum(own.resolved),
        minutes: own.timed > 0 ? own.minutes / own.timed : null,
        handledPerHour: hourlyRate(moments.get(days) ?? [], own, 'handled'),
        windows: [first, ...others],
      },
    ];
  });
  const need = await countNeed(workspace, days, starts, queries);
  return {
    days,
    hour: staffed ? 'staffed' : 'handling',
    starts,
    teams,
    byOthers: need.handled - sum(teams.map(({ handled }) => handled)),
    pairs: compareTeams(main, moments.get(days) ?? []),
    need,
    records: await accountForRecords(workspace, queries),
    queries,
  };
}
