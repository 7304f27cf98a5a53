import { identifier, joinSql, type Sql, sql } from '../../stores/index.ts';
import { attributeName } from '../mapping/names.ts';
import { pairedColumns, pairedTable } from './pair-range.ts';

/** Which time of a row gives its place in the case. */
export const eventOrders = ['finish', 'start'] as const;

/** The time that gives a row its place in the case: when the work ended, or when it began. */
export type EventOrder = (typeof eventOrders)[number];

/** The columns that pairing adds, each under a name that no other column has. */
export function pairedNames(taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(pairedColumns.map(({ name }) => [name, attributeName(name, taken)]));
}

const times = new Set(['started', 'started_wall', 'finished', 'finished_wall']);
const places = new Set(['at', 'at_wall']);
/** What each row says for itself, whatever the row that began the work said. */
const ownColumns = new Set([
  'case_id',
  'seq',
  'step',
  'worker',
  'source',
  'kind',
  'lifecycle',
  'instance',
  'person',
]);

/**
 * The rows of events after pairing: those that became part of another are gone, the others have the times of
 * their piece of work, and what they leave empty is taken from the row that began it.
 */
export function withPairing(
  body: Sql,
  columns: readonly string[],
  names: ReadonlyMap<string, string>,
  order: EventOrder,
): Sql {
  const fills = columns.some((name) => !ownColumns.has(name) && !times.has(name) && !places.has(name));
  const value = (name: string): Sql => {
    const own = sql`own.${identifier(name)}`;
    if (times.has(name)) return sql`case when p.is_made then p.${identifier(name)} else ${own} end`;
    if (places.has(name)) {
      const [happened, began] =
        name === 'at'
          ? [identifier('happened'), identifier('started')]
          : [identifier('happened_wall'), identifier('started_wall')];
      const made = order === 'start' ? sql`coalesce(p.${began}, p.${happened})` : sql`p.${happened}`;
      return sql`case when p.is_made then ${made} else ${own} end`;
    }
    if (name === 'kind') return sql`case when p.is_status and ${own} = 'step' then 'status' else ${own} end`;
    return fills && !ownColumns.has(name) ? sql`coalesce(${own}, begun.${identifier(name)})` : own;
  };
  const parts = [
    ...columns.map((name) => sql`${value(name)} as ${identifier(name)}`),
    ...[...names].map(([name, called]) => sql`p.${identifier(name)} as ${identifier(called)}`),
  ];
  const begun = fills ? sql` left join (${body}) as begun on begun.seq = p.begun_seq` : sql``;
  return sql`select ${joinSql(parts, ', ')} from (${body}) as own
left join ${identifier(pairedTable)} as p on p.seq = own.seq${begun} where p.is_gone is null or not p.is_gone`;
}
