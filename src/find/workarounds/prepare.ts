import type { QueryRecord } from '../../core/index.ts';
import { identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { type CaseSample, everyCase } from '../queries/case-sample.ts';
import { make } from '../queries/make-table.ts';

/** Fewest comparable cases among which a pattern is looked for. */
const leastPeers = 30;

const at = identifier('at');

/** Numbers the values of a column of events, so that patterns compare numbers and not names. */
function numbered(column: 'step' | 'team' | 'worker'): Sql {
  const name = identifier(column);
  return sql`select ${name} as name, row_number() over (order by ${name}) as number
from (select distinct ${name} from pattern_events where ${name} is not null) as named`;
}

/**
 * Makes the tables that patterns are looked for in. `pattern_cases`: a row a case with steps, its number, its
 * peer group (cases of one type with one outcome, 30 at least; `peer` is null below that) and whether it is closed.
 * How a case ends belongs to what is comparable: one that was withdrawn has no reason to be dispatched.
 * `pattern_events`: the events that are looked at. `pattern_steps`: their steps in order, with numbers for step, team and worker and the step before and after.
 * Where no case has a closing time, all count as closed. Of a large log they hold the sampled cases alone.
 */
export async function preparePatterns(
  warehouse: Warehouse,
  log: QueryRecord[],
  sample: CaseSample = everyCase,
): Promise<void> {
  const { dialect } = warehouse;
  const searched =
    sample.oneIn === 1
      ? sql`cases`
      : sql`(select * from cases where case_id in (select case_id from sampled_cases))`;
  const events = sample.oneIn === 1 ? sql`select * from events` : sql`select * from sampled_events`;
  await warehouse.run(dialect.createTemporary('view', identifier('pattern_events'), events));
  for (const column of ['step', 'team', 'worker'] as const)
    await make(
      warehouse,
      `pattern_${column}_names`,
      `A number for each ${column}, in the order of their names.`,
      numbered(column),
      log,
    );
  await make(
    warehouse,
    'pattern_peers',
    `Cases of one type with one outcome are comparable, where there are ${leastPeers} or more.`,
    sql`select coalesce(type, '') as type, coalesce(outcome, '') as outcome, row_number() over (order by coalesce(type, ''), coalesce(outcome, '')) as peer, count(*) as cases
from ${searched} as c where events > 0 group by coalesce(type, ''), coalesce(outcome, '') having count(*) >= ${leastPeers}`,
    log,
  );
  const [closing] = await warehouse.query<Row & { n: number }>(
    sql`select count(closed) as n from cases where events > 0`,
  );
  const closed = (closing?.n ?? 0) > 0 ? sql`c.closed is not null` : sql`true`;
  await make(
    warehouse,
    'pattern_cases',
    'Cases with steps, numbered, with their peer group and whether they are closed.',
    sql`select c.case_id, row_number() over (order by c.case_id) as number, p.peer as peer, ${closed} as closed
from ${searched} as c left join pattern_peers as p on p.type = coalesce(c.type, '') and p.outcome = coalesce(c.outcome, '') where c.events > 0`,
    log,
  );
  await make(
    warehouse,
    'pattern_steps',
    'Steps of the work in the order of each case, by number, with their neighbours.',
    sql`select c.number as case_no, c.peer as peer, c.closed as closed, s.number as step, t.number as team, w.number as worker,
  ${at}, coalesce(e.at_wall, e.${at}) as wall, e.logged, e.processing, row_number() over in_order as position,
  lead(s.number) over in_order as next_step,
  ${dialect.secondsBetween(sql`e.${at}`, sql`lead(e.${at}) over in_order`)} as next_wait,
  ${dialect.secondsBetween(sql`min(e.${at}) over (partition by c.number)`, sql`e.${at}`)} as since_start
from pattern_events as e join pattern_cases as c on c.case_id = e.case_id
join pattern_step_names as s on s.name = e.step
left join pattern_team_names as t on t.name = e.team
left join pattern_worker_names as w on w.name = e.worker
where e.kind = 'step' and e.${at} is not null
window in_order as (partition by c.number order by e.${at}, e.seq)`,
    log,
  );
}
