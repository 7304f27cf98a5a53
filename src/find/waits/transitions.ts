import {
  identifier,
  joinSql,
  keyword,
  type QueryStep,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type WaitCause, waitCauses } from './causes.ts';
import { instancesTable, nameTables } from './instances.ts';

/** Waits between two steps by who did them: how many, in how many cases, and their seconds by cause. */
export interface Transition extends Row, Readonly<Record<WaitCause, number>> {
  readonly from: string | null;
  readonly to: string | null;
  /** Worker or team of the source and of the step, by the level asked for. */
  readonly fromActor: string | null;
  readonly toActor: string | null;
  readonly count: number;
  readonly cases: number;
  readonly total: number;
}

/** The same with the median and the 90th percentile of the wait, in seconds. */
export interface Connection extends Transition {
  readonly median: number;
  readonly p90: number;
}

const at = (side: string, column: string): Sql => sql`${keyword(side)}.${identifier(column)}`;

function seconds(sum: Sql): Sql {
  return sql`cast(coalesce(sum(${sum}), 0) as double) / 1000000`;
}

function summed(warehouse: Warehouse, actor: 'worker' | 'team', withQuantiles: boolean): Sql {
  const { dialect } = warehouse;
  const number = `${actor}_no`;
  const wait = sql`(t.started - e.enabled)`;
  const causes = waitCauses.map(
    (cause) => sql`${seconds(sql`c.${identifier(cause)}`)} as ${identifier(cause)}`,
  );
  const inSeconds = sql`cast(${wait} as double) / 1000000`;
  const quantiles = withQuantiles
    ? sql`, ${dialect.quantile(inSeconds, 0.5)} as median, ${dialect.quantile(inSeconds, 0.9)} as p90`
    : sql``;
  return sql`select p.step_no as from_step, t.step_no as to_step, ${at('p', number)} as from_actor, ${at('t', number)} as to_actor,
    count(*) as count, count(distinct t.case_no) as cases, ${seconds(wait)} as total, ${joinSql(causes, ', ')}${quantiles}
  from ${instancesTable} as t join wait_enabled as e on e.id = t.id join ${instancesTable} as p on p.id = e.source
  left join wait_causes as c on c.id = t.id
  group by p.step_no, t.step_no, ${at('p', number)}, ${at('t', number)}`;
}

/** The query of all transitions by step and worker, or by step and team with quantiles, in the order given. */
export function transitionsStep(
  warehouse: Warehouse,
  actor: 'worker' | 'team',
  order: 'names' | 'total',
): QueryStep {
  const actors = identifier(nameTables[actor]);
  const withQuantiles = actor === 'team';
  const own = ['count', 'cases', 'total', ...waitCauses, ...(withQuantiles ? ['median', 'p90'] : [])];
  const names = sql`fs.step nulls first, fa.${identifier(actor)} nulls first, ts.step nulls first, ta.${identifier(actor)} nulls first`;
  return {
    name: actor === 'worker' ? 'wait_transitions' : 'wait_connections',
    purpose: `Waits between two steps, by ${actor}: how many, in how many cases, and seconds by cause.`,
    sql: sql`select fs.step as ${identifier('from')}, ts.step as ${identifier('to')},
  fa.${identifier(actor)} as ${identifier('fromActor')}, ta.${identifier(actor)} as ${identifier('toActor')},
  ${joinSql(
    own.map((column) => at('s', column)),
    ', ',
  )}
from (${summed(warehouse, actor, withQuantiles)}) as s
left join ${identifier(nameTables.step)} as fs on fs.number = s.from_step
left join ${identifier(nameTables.step)} as ts on ts.number = s.to_step
left join ${actors} as fa on fa.number = s.from_actor left join ${actors} as ta on ta.number = s.to_actor
order by ${order === 'names' ? names : sql`s.total desc, ${names}`}`,
  };
}
