import { identifier, joinSql, keyword, type QueryStep, type Sql, sql } from '../../stores/index.ts';
import { causeCode, claimedCauses, waitCauses } from './causes.ts';

/** The number under which a piece stands for the whole wait. */
export const wholeWait = waitCauses.length;

function each(words: (cause: string, code: number) => string, separator: string): Sql {
  return keyword(claimedCauses.map((cause) => words(cause, causeCode[cause])).join(separator));
}

/**
 * The boundary sweep over `wait_pieces(id, lo, hi, cause)`: cuts each wait at every point where a piece begins or ends,
 * gives each slice to the first cause in order that claims it, and sums the slices. One pass in order of time.
 */
export function settleSlices(): QueryStep {
  const sums = waitCauses.map(
    (cause) =>
      sql`coalesce(sum(case when cause = ${keyword(String(causeCode[cause]))} then length end), 0) as ${identifier(cause)}`,
  );
  return {
    name: 'wait_slices',
    purpose: `Cuts each wait at every boundary of a piece and gives each slice to the first cause that claims it (${waitCauses
      .map((cause) => `${causeCode[cause]} ${cause.replace('_', ' ')}`)
      .join(
        ', ',
      )}; ${wholeWait} the wait itself). Microseconds. Waits are settled as they are met, in the same order of causes; this query settles the first of them again, all of them in a small log, and must come to the same.`,
    sql: sql`with points as (
  select id, lo as t, cause, 1 as d from wait_pieces union all select id, hi, cause, -1 from wait_pieces
), changes as (
  select id, t, ${each((cause, code) => `sum(case when cause = ${code} then d else 0 end) as ${cause}`, ', ')},
    sum(case when cause = ${keyword(String(wholeWait))} then d else 0 end) as waiting
  from points group by id, t
), standing as (
  select id, t, lead(t) over in_time as until, ${each((cause) => `sum(${cause}) over in_time as ${cause}`, ', ')},
    sum(waiting) over in_time as waiting
  from changes window in_time as (partition by id order by t)
), slices as (
  select id, until - t as length, case ${each((cause, code) => `when ${cause} > 0 then ${code}`, ' ')} else ${keyword(String(causeCode.extraneous))} end as cause
  from standing where until is not null and waiting > 0
)
select id, ${joinSql(sums, ', ')} from slices group by id`,
  };
}
