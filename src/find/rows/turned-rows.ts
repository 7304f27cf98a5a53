import { leastCases } from '../../core/index.ts';
import { type FigureRows, joinSql, leftOutRows, sql, usedRows } from '../../stores/index.ts';
import type { Tracing } from './tracing.ts';
import { affectedTrail, casesTrail, hasSteps, noRows, only } from './trails.ts';

/** Cases turned back that came back, and what that took; or checked before another check turned them down. */
export async function turnedRows(tracing: Tracing, figure: string): Promise<FigureRows> {
  const evidence = await tracing.turned();
  if (!evidence) return noRows('The charter names no step that turns a case back.');
  const isCheck = /^(checked|order)-/.test(figure);
  const kept = isCheck ? sql`checked_in_vain` : sql`rejection_loops`;
  const vain = evidence.checks?.checks.filter(({ inVain }) => inVain.cases >= leastCases) ?? [];
  const steps = joinSql(
    vain.map(({ step }) => sql`${step}`),
    ', ',
  );
  const narrowed = !isCheck ? sql`` : vain.length === 0 ? sql` where false` : sql` where step in (${steps})`;
  const dayColumn = isCheck ? sql`0` : sql`sum(days)`;
  const from = sql`(select f.*, r.case_id is not null as is_found, r.minutes as took_minutes, r.pounds as took_pounds, r.took_days as took_days
  from case_facts as f left join (select case_id, sum(minutes) as minutes, sum(pounds) as pounds, ${dayColumn} as took_days
    from ${kept}${narrowed} group by case_id) as r on r.case_id = f.case_id) as case_rows`;
  if (figure.startsWith('order-')) {
    const had = joinSql(
      (evidence.checks?.checks ?? []).map(({ step }) => sql`${step}`),
      ', ',
    );
    return only(
      affectedTrail(tracing, sql`select case_id from work_steps where step in (${had})`, {
        named: 'With one of the checks',
        gives: null,
      }),
    );
  }
  const value = figure.endsWith('hours')
    ? { title: 'Hours', sql: sql`took_minutes / 60.0` }
    : figure.endsWith('pounds')
      ? { title: 'Pounds', sql: sql`took_pounds` }
      : { title: 'Days', sql: sql`took_days` };
  const isShare = figure === 'loop-cases' || figure === 'loop-returned';
  const turned = sql`case_id in (select case_id from turned_rows)`;
  const isAmongTurned = figure === 'loop-returned';
  const found = usedRows(
    'found',
    isCheck ? 'Checked before another check turned it down' : 'Turned back, and came back',
    sql`is_found`,
  );
  const rest = [
    leftOutRows('others', 'Other cases with steps', hasSteps),
    leftOutRows('no-steps', 'Without a step that has a time', null),
  ];
  const classes = isCheck
    ? [found, ...rest]
    : isAmongTurned
      ? [found, usedRows('turned', 'Turned back or down, and did not come back', turned), ...rest]
      : [
          found,
          usedRows('turned', 'Turned back or down, and did not come back', turned),
          usedRows('others', 'Not turned back', hasSteps),
          leftOutRows('no-steps', 'Without a step that has a time', null),
        ];
  const of = isAmongTurned ? ['found', 'turned'] : ['found', 'turned', 'others'];
  return only(
    casesTrail(
      tracing,
      isShare || isCheck
        ? classes
        : [found, leftOutRows('turned', 'Turned back or down, and did not come back', turned), ...rest],
      {
        from,
        ...(isShare ? {} : { value }),
        gives: isShare
          ? { kind: 'share', part: ['found'], of }
          : figure === 'loop-delay'
            ? null
            : { kind: 'sum', of: ['found'] },
      },
    ),
  );
}
