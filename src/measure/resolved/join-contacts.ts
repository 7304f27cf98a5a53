import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import {
  type Dialect,
  identifier,
  joinSql,
  type QueryStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';

const at = identifier('at');

/** Ids of the contact that a record was passed on from, followed back so many times at most. */
const mostTransfers = 4;

/** What the charter says of how contacts are recorded. */
export interface ContactRules {
  /** The column that says what a contact is about. */
  readonly topic: string;
  /** Channels on which nobody is spoken to. */
  readonly automated: readonly string[];
  /** The column that says whether something is still to be done after the contact. */
  readonly openAction: string | undefined;
}

/** The charter's rules, or what is usual. */
export function contactRules({ contacts }: Charter): ContactRules {
  return {
    topic: contacts?.topic ?? 'reason',
    automated: contacts?.automated ?? [],
    openAction: contacts?.open_action,
  };
}

/** Every record that has a time, with its place in time and, of a contact delivered again, which copy it is: the first has most minutes. */
function deliveredRecords(columns: ReadonlySet<string>, { topic, openAction }: ContactRules): Sql {
  const column = (name: string) =>
    columns.has(name)
      ? sql`${identifier(name)} as ${identifier(name)}`
      : sql`cast(null as varchar) as ${identifier(name)}`;
  const named = (name: string | undefined, as: string) =>
    name !== undefined && columns.has(name)
      ? sql`cast(${identifier(name)} as varchar) as ${identifier(as)}`
      : sql`cast(null as varchar) as ${identifier(as)}`;
  return sql`select contact_id, case_id, person, ${at}, at_wall, channel, direction, reason, minutes, team, answered,
    ${column('first_contact')}, ${column('previous_contact')}, ${named(topic, 'topic')}, ${named(openAction, 'open_action')},
    case when contact_id is null then 1 else row_number() over (partition by contact_id order by ${at} desc, minutes desc nulls last, team nulls last, channel nulls last) end as copy,
    row_number() over (order by ${at}, contact_id nulls last, person nulls last, case_id nulls last, team nulls last, minutes nulls last) as number
  from contacts where ${at} is not null`;
}

/** Records of contacts, each once: of records delivered more than once, the one with most minutes. */
const records = (columns: ReadonlySet<string>, rules: ContactRules): Sql =>
  sql`select * from (
  ${deliveredRecords(columns, rules)}) as delivered where copy = 1`;

/** Each record with the contact it belongs to: parts of a call that was passed on belong to the first. */
function legs(columns: ReadonlySet<string>): Sql {
  const own = sql`coalesce(l0.contact_id, 'row ' || cast(l0.number as varchar))`;
  if (columns.has('first_contact'))
    return sql`select l0.*, coalesce(l0.first_contact, ${own}) as root from contact_records as l0`;
  if (!columns.has('previous_contact')) return sql`select l0.*, ${own} as root from contact_records as l0`;
  const hops = Array.from({ length: mostTransfers }, (_, i) => i + 1);
  const name = (i: number) => identifier(`l${i}`);
  const joins = hops.map(
    (i) =>
      sql`left join contact_records as ${name(i)} on ${name(i)}.contact_id = ${name(i - 1)}.previous_contact`,
  );
  const earliest = hops.toReversed().map((i) => sql`${name(i)}.contact_id`);
  return sql`select l0.*, coalesce(${joinSql(earliest, ', ')}, ${own}) as root from contact_records as l0 ${joinSql(joins, ' ')}`;
}

/** True where somebody was spoken to: an automated message is recorded as answered and answers nobody. */
function spoken(automated: readonly string[]): Sql {
  const isAnswered = sql`coalesce(answered, true)`;
  if (automated.length === 0) return isAnswered;
  const channels = automated.map((channel) => sql`lower(trim(${channel}))`);
  return sql`(${isAnswered} and (channel is null or lower(trim(channel)) not in (${joinSql(channels, ', ')})))`;
}

/** Parts of one call put together: it belongs to the team that spoke last, and its minutes are those of all. */
function joined({ valueAtMin, valueAtMax }: Dialect, automated: readonly string[]): Sql {
  const direction = sql`case when lower(trim(direction)) like 'transfer%' then 'in' else coalesce(lower(trim(direction)), 'in') end`;
  const last = (value: Sql) => valueAtMax(value, sql`case when ${value} is not null then place end`);
  return sql`select root, min(${at}) as ${at}, min(at_wall) as at_wall, count(*) as legs,
  ${valueAtMin(direction, sql`place`)} as direction, ${valueAtMin(sql`coalesce(channel, '')`, sql`place`)} as channel,
  max(person) as person, max(case_id) as case_id, ${last(sql`topic`)} as topic, ${last(sql`reason`)} as reason,
  ${last(sql`case when is_spoken = 1 then team end`)} as team, max(is_spoken) as handled,
  max(case when coalesce(answered, true) then 1 else 0 end) as recorded_answered,
  max(case when lower(trim(open_action)) in ('yes', 'y', 'true', '1', 'open') then 1 else 0 end) as still_open,
  sum(case when is_spoken = 1 then minutes end) as minutes
from (select l.*, case when ${spoken(automated)} then 1 else 0 end as is_spoken,
    row_number() over (partition by root order by ${at}, number) as place
  from contact_legs as l) as placed
group by root`;
}

/** Makes each of some steps a temporary table of its name, and notes it in the log. */
export async function makeTables(
  warehouse: Warehouse,
  steps: readonly QueryStep[],
  log: QueryRecord[],
): Promise<void> {
  for (const step of steps) {
    const statement = warehouse.dialect.createTemporary('table', identifier(step.name), step.sql);
    log.push(warehouse.explain({ ...step, sql: statement }));
    await warehouse.run(statement);
  }
}

/**
 * Makes `contacts_joined`, a row for each contact in the contacts table: records delivered again are dropped and parts
 * of a call that was passed on put together. `direction` starts with "in" where a person made it.
 */
export async function joinContacts(
  warehouse: Warehouse,
  rules: ContactRules,
  log: QueryRecord[],
): Promise<void> {
  const columns = new Set((await warehouse.columns('contacts')).map(({ name }) => name));
  await makeTables(
    warehouse,
    [
      {
        name: 'contact_records',
        purpose: 'Records of contacts, each once, though records are delivered at least once.',
        sql: records(columns, rules),
      },
      {
        name: 'contact_legs',
        purpose: 'Each record with the contact that it is a part of: a call passed on is one contact.',
        sql: legs(columns),
      },
      {
        name: 'contacts_joined',
        purpose: 'One row a contact, with the team that spoke last. An automated message speaks to nobody.',
        sql: joined(warehouse.dialect, rules.automated),
      },
    ],
    log,
  );
}

/**
 * Every row of `contacts` under the given columns, with the contact that it stands for: `root`, and its `place` among the
 * records of that contact, of which the first speaks for it; both null for a record delivered again or without a time.
 * `joinContacts` must have run.
 */
export function contactRecords(
  known: ReadonlySet<string>,
  rules: ContactRules,
  shown: readonly string[],
): Sql {
  const own = (of: string) =>
    joinSql(
      shown.map((name) => sql`${identifier(of)}.${identifier(name)}`),
      ', ',
    );
  return sql`select ${own('d')}, l.root as root, l.place as place
  from (${deliveredRecords(known, rules)}) as d
  left join (select number, root, row_number() over (partition by root order by ${at}, number) as place from contact_legs) as l
    on l.number = d.number
  union all select ${own('c')}, null, null from contacts as c where c.${at} is null`;
}
