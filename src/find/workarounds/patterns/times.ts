import { identifier, type Sql, sql, type Warehouse } from '../../../stores/index.ts';
import type { PatternId, PatternSettings, PatternTest } from '../alert.ts';

/** What a test of times looks at: rows with the columns case_no, peer, step, other, team and seconds. */
interface Timed {
  readonly pattern: PatternId;
  readonly what: string;
  readonly rows: Sql;
}

/**
 * Times that lie far from those of comparable rows, on the scale of ln(1 + seconds), and differ enough to matter:
 * by ten minutes or a fifth of the peers' median. Time of cases still open is not known, so they are left out.
 */
function unusualTimes(
  warehouse: Warehouse,
  { pattern, what, rows }: Timed,
  settings: PatternSettings,
): PatternTest {
  const { dialect } = warehouse;
  const groups = sql`peer, coalesce(step, 0), coalesce(other, 0)`;
  return {
    pattern,
    purpose: `${what}, over ${settings.deviations} standard deviations from comparable ones on the scale of ln(1 + seconds).`,
    tested: sql`select coalesce(sum(n), 0) as n from (select count(*) as n from (${rows}) as r where seconds >= 0 group by ${groups} having count(*) >= 30 and stddev_samp(seconds) > 0) as g`,
    sql: sql`with r as (${rows}), l as (select r.*, ${dialect.ln(sql`1 + seconds`)} as v from r where seconds >= 0),
s as (select peer, coalesce(step, 0) as step, coalesce(other, 0) as other, avg(v) as m, stddev_samp(v) as sd, ${dialect.quantile(sql`seconds`, 0.5)} as median
  from l group by ${groups} having count(*) >= 30)
select l.case_no, l.step, l.other, l.team, cast(null as varchar) as attribute,
  case when l.v > s.m then 'longer' else 'shorter' end as direction, false as tied, abs(l.v - s.m) / s.sd as z
from l join s on s.peer = l.peer and s.step = coalesce(l.step, 0) and s.other = coalesce(l.other, 0)
where s.sd > 0 and abs(l.v - s.m) / s.sd > cast(${settings.deviations} as double)
and (abs(l.seconds - s.median) >= cast(${settings.leastSeconds} as double) or abs(l.seconds - s.median) >= cast(${settings.leastRelative} as double) * s.median)`,
  };
}

const nobody = sql`cast(null as bigint) as team`;
const noOther = sql`cast(null as bigint) as other`;

/** The tests of times: from the start of the case, between two steps, of a step, of a case, and to its record (18 to 22). */
export function timeTests(warehouse: Warehouse, settings: PatternSettings): readonly PatternTest[] {
  const { dialect } = warehouse;
  const timed: readonly Timed[] = [
    {
      pattern: 'delay-from-start',
      what: 'Steps unusually early or late after the start of the case',
      rows: sql`select case_no, peer, step, ${noOther}, team, since_start as seconds from pattern_steps where peer is not null and closed`,
    },
    {
      pattern: 'time-between',
      what: 'Unusual times between two steps that follow one another',
      rows: sql`select case_no, peer, step, next_step as other, team, next_wait as seconds from pattern_steps where peer is not null and closed and next_step is not null`,
    },
    {
      pattern: 'step-duration',
      what: 'Unusual durations of a step',
      rows: sql`select case_no, peer, step, ${noOther}, team, processing as seconds from pattern_steps where peer is not null and closed and processing is not null`,
    },
    {
      pattern: 'case-duration',
      what: 'Unusual durations of a case',
      rows: sql`select case_no, peer, cast(null as bigint) as step, ${noOther}, ${nobody}, max(since_start) as seconds
from pattern_steps where peer is not null and closed group by case_no, peer having max(since_start) > 0`,
    },
    {
      pattern: 'logging-delay',
      what: 'Unusual times from the work to its record',
      rows: sql`select case_no, peer, step, ${noOther}, team, ${dialect.secondsBetween(sql`${identifier('at')}`, sql`logged`)} as seconds from pattern_steps where peer is not null and logged is not null`,
    },
  ];
  return timed.map((each) => unusualTimes(warehouse, each, settings));
}
