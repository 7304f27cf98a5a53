import {
  type ColumnSpec,
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { type EventOrder, pairedNames, withPairing } from '../lifecycle/apply-pairing.ts';
import type { SourceView } from './source-views.ts';
import { type Attribute, select, unionAll } from './staged-select.ts';
import { typeNames } from './type-names.ts';

/** Columns of events that are worked out from others. */
export const derivedEventColumns = new Set([
  'position',
  'prev_step',
  'prev_at',
  'prev_team',
  'next_step',
  'next_at',
  'next_wait',
  'processing',
  'enabled',
]);

/** Columns of events that some source fills, and what orders them; the others are the same for every row. */
function carriedColumns(
  stored: readonly ColumnSpec[],
  views: readonly SourceView[],
  isPaired: boolean,
): ReadonlySet<string> {
  const always = [
    ...['case_id', 'seq', 'step', 'at', 'at_wall', 'source'],
    ...(isPaired ? ['started', 'started_wall', 'finished', 'finished_wall', 'kind', 'worker'] : []),
  ];
  return new Set(
    stored
      .map(({ name }) => name)
      .filter((name) => always.includes(name) || views.some(({ columns }) => columns.has(name))),
  );
}

/** How the rows of a piece of work become one: the names of what that adds, and what orders a case. */
export interface Pairing {
  readonly names: ReadonlyMap<string, string>;
  readonly order: EventOrder;
}

/** How events are paired; null where no source asks for it. */
export function pairingOf(views: readonly SourceView[], attributes: readonly Attribute[]): Pairing | null {
  if (!views.some(({ source }) => source.lifecycle === 'pair')) return null;
  const taken = new Set([...canonicalTables.events, ...attributes].map(({ name }) => name));
  const byStart = views.some(({ source }) => source.order === 'start');
  return { names: pairedNames(taken), order: byStart ? 'start' : 'finish' };
}

/** The events of a range of cases in their order, each with its neighbours. */
export function eventsQuery(
  views: readonly SourceView[],
  attributes: readonly Attribute[],
  inRange: Sql,
  warehouse: Warehouse,
  pairing: Pairing | null,
): Sql {
  const { dialect } = warehouse;
  const at = identifier('at');
  const stored = canonicalTables.events.filter(({ name }) => !derivedEventColumns.has(name));
  const carried = carriedColumns(stored, views, pairing !== null);
  const carriedSpecs = stored.filter(({ name }) => carried.has(name));
  const asStaged = unionAll(
    views.map((view) => sql`${select(carriedSpecs, attributes, view, 'row', warehouse)} where ${inRange}`),
  );
  const names = [...carriedSpecs, ...attributes].map(({ name }) => name);
  const body = pairing ? withPairing(asStaged, names, pairing.names, pairing.order) : asStaged;
  // Rows without a time form a part of their own and get no neighbours.
  const timed = (value: Sql) => sql`case when ${at} is null then null else ${value} end`;
  const canonical = stored.map(({ name, kind }) => {
    if (carried.has(name)) return sql`${identifier(name)}`;
    return name === 'kind'
      ? sql`'step' as kind`
      : sql`cast(null as ${keyword(typeNames[kind])}) as ${identifier(name)}`;
  });
  const paused = pairing?.names.get('paused_seconds');
  const unpaused = paused === undefined ? sql`` : sql` - coalesce(${identifier(paused)}, 0)`;
  const processing =
    carried.has('started') && carried.has('finished')
      ? sql`${dialect.secondsBetween(sql`started`, sql`finished`)}${unpaused}`
      : sql`cast(null as double)`;
  const extra = [...attributes.map(({ name }) => name), ...(pairing?.names.values() ?? [])].map(
    (name) => sql`${identifier(name)}`,
  );
  // What can be worked out from a row alone is added after the sort, which costs by the width of a row.
  return sql`
select ${joinSql(canonical, ', ')}, position, prev_step, prev_at, prev_team, next_step, next_at,
  ${dialect.secondsBetween(sql`${at}`, sql`next_at`)} as next_wait,
  ${processing} as processing, prev_at as enabled${extra.length > 0 ? sql`, ${joinSql(extra, ', ')}` : sql``}
from (select *,
  ${timed(sql`row_number() over in_order`)} as position,
  ${timed(sql`lag(step) over in_order`)} as prev_step,
  ${timed(sql`lag(${at}) over in_order`)} as prev_at,
  ${timed(carried.has('team') ? sql`lag(team) over in_order` : sql`cast(null as varchar)`)} as prev_team,
  ${timed(sql`lead(step) over in_order`)} as next_step,
  ${timed(sql`lead(${at}) over in_order`)} as next_at
from (${body}) as rows_in
window in_order as (partition by case_id, ${at} is null order by ${at}, seq)
order by case_id, ${at} nulls last, seq) as in_case`;
}
