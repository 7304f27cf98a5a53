import { identifier, joinSql, keyword, type Sql, sql } from '../../stores/index.ts';
import { attributeName } from '../mapping/names.ts';
import { fates, pairedTable, stateNumber } from './pair-range.ts';
import { instanceStates } from './transitions.ts';

/** Which time of a row gives its place in the case. */
export const eventOrders = ['finish', 'start'] as const;

/** The time that gives a row its place in the case: when the work ended, or when it began. */
export type EventOrder = (typeof eventOrders)[number];

const number = (value: number) => keyword(String(value));
const isMade = sql`p.fate = ${number(fates.made)}`;

/** What pairing adds to events: how a piece of work stands and what its other rows said. */
const added: Readonly<Record<string, Sql>> = {
  instance_state: sql`case p.state ${joinSql(
    instanceStates.map((state) => sql`when ${number(stateNumber(state))} then ${keyword(`'${state}'`)}`),
    ' ',
  )} end`,
  scheduled_at: sql`p.scheduled`,
  assigned_at: sql`p.assigned`,
  paused_seconds: sql`p.paused`,
  /** Who began what another finished; null where it did not change hands. */
  started_by: sql`case when begun.worker <> own.worker or own.worker is null then begun.worker end`,
};

/** The columns that pairing adds, each under a name that no other column has. */
export function pairedNames(taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(Object.keys(added).map((name) => [name, attributeName(name, taken)]));
}

const instant = identifier('at');
const wall = identifier('at_wall');
const ends = sql`p.state in (${number(stateNumber('complete'))}, ${number(stateNumber('instant'))})`;

/** Times of a piece of work, from the row that began it and the row that ended it. */
const times: Readonly<Record<string, Sql>> = {
  started: sql`begun.${instant}`,
  started_wall: sql`begun.${wall}`,
  finished: sql`case when ${ends} then own.${instant} end`,
  finished_wall: sql`case when ${ends} then own.${wall} end`,
};
const places: Readonly<Record<string, typeof instant>> = { at: instant, at_wall: wall };
/** What each row says for itself, whatever the row that began the work said. */
const ownColumns = new Set([
  ...['case_id', 'seq', 'step', 'worker', 'source', 'kind', 'lifecycle', 'instance', 'person'],
]);

function pairedValue(name: string, order: EventOrder): Sql {
  const own = sql`own.${identifier(name)}`;
  const time = times[name];
  if (time) return sql`case when ${isMade} then ${time} else ${own} end`;
  const place = places[name];
  if (place) return order === 'start' ? sql`coalesce(begun.${place}, ${own})` : own;
  if (name === 'kind')
    return sql`case when p.fate is not null and p.state is null and ${own} = 'step' then 'status' else ${own} end`;
  return ownColumns.has(name) ? own : sql`coalesce(${own}, begun.${identifier(name)})`;
}

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
  const parts = [
    ...columns.map((name) => sql`${pairedValue(name, order)} as ${identifier(name)}`),
    ...[...names].map(([name, called]) => sql`${added[name] ?? sql`null`} as ${identifier(called)}`),
  ];
  return sql`select ${joinSql(parts, ', ')} from (${body}) as own
left join ${identifier(pairedTable)} as p on p.seq = own.seq left join (${body}) as begun on begun.seq = p.begun_seq
where p.fate is null or p.fate < ${number(fates.merged)}`;
}
