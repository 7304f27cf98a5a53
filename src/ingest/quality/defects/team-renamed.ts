import { dateLabel } from '../../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { PatternDetector } from '../detector.ts';

const leastShared = 0.8;
const withinDays = 31;
const leastWorkers = 5;

interface Renamed extends Row {
  readonly was: string;
  readonly became: string;
  readonly on: string;
  readonly shared: number;
  readonly workers: number;
  readonly rows: number;
}

/** A team that goes on under another name. Workers are only counted, never shown. */
export const teamRenamed: PatternDetector = {
  kind: 'patterns',
  id: 'team-renamed',
  title: 'A team goes on under another name',
  rule: "A team whose last event comes before another's first, at most 31 days apart, where over 80% of its workers (5 or more) work in both.",
  distorts: 'One team looks like one that closed and one that opened; a trend by team breaks in two.',
  remedy: 'If it is one team, give both names as one in the mapping.',
  touches: ['teams', 'trend'],
  level: 'alarm',
  needs: (shape) =>
    shape.teams < 2 || shape.filled.worker === 0
      ? 'the team and the worker of each step, from at least two teams'
      : null,
  find: async (data, _shape, log) => {
    const { dialect } = data.warehouse;
    const at = identifier('at');
    const apart = dialect.secondsBetween(sql`a.last_at`, sql`b.first_at`);
    const rows = await runStep<Renamed>(
      data.warehouse,
      {
        name: 'teams_in_turn',
        purpose: 'Teams that end before another begins, with the share of workers in both.',
        sql: sql`with spans as (select team, min(${at}) as first_at, max(${at}) as last_at, cast(min(at_wall) as date) as first_day, count(*) as rows from events where team is not null and ${at} is not null group by team),
members as (select distinct team, worker from events where team is not null and worker is not null)
select a.team as was, b.team as became, b.first_day as ${identifier('on')}, a.rows + b.rows as rows,
  (select count(*) from members as m where m.team = a.team) as workers,
  (select count(*) from members as m join members as n on n.worker = m.worker where m.team = a.team and n.team = b.team) as shared
from spans as a join spans as b on a.last_at < b.first_at and ${apart} <= ${withinDays * 86_400} order by became, was`,
      },
      log,
    );
    return rows
      .filter(({ shared, workers }) => workers >= leastWorkers && shared > leastShared * workers)
      .map(({ was, became, on, shared, workers, rows: n }) => ({
        says: `Team "${was}" ends and "${became}" begins on ${dateLabel(on)}, with most of its people in both.`,
        step: null,
        team: became,
        on,
        hits: n,
        facts: { was, became, shared: shared / workers },
      }));
  },
};
