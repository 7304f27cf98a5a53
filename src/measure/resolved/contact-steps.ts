import type { Grain, QueryRecord } from '../../core/index.ts';
import {
  type Dialect,
  identifier,
  joinSql,
  type QueryStep,
  type Row,
  type Sql,
  sql,
} from '../../stores/index.ts';
import type { MeasureWorkspace } from '../workspace.ts';

/** The table that `prepareIssueContacts` makes: one row for each contact that a person made. */
export const issueContacts = 'issue_contacts';

const at = identifier('at');

/** How many of the persons with most contacts are looked at for placeholders. */
const mostPersonsLookedAt = 20;

/** Ids of the contact that a record was passed on from, followed back so many times at most. */
const mostTransfers = 4;

/**
 * Persons who are nobody, such as a test account: those with more than ten contacts and at least five times as many
 * as whoever comes next (product rule).
 */
async function placeholders({ warehouse }: MeasureWorkspace): Promise<readonly string[]> {
  const rows = await warehouse.query<Row & { person: string; n: number }>(
    sql`select person, count(*) as n from contacts where person is not null group by person
      order by count(*) desc, person limit ${mostPersonsLookedAt}`,
  );
  const last = rows.findLastIndex(({ n }, i) => {
    const next = rows[i + 1];
    return next !== undefined && n > 10 && n >= 5 * next.n;
  });
  return rows.slice(0, last + 1).map(({ person }) => person);
}

/** Records of contacts, each once: of records delivered more than once, the one with most minutes. */
function records(columns: ReadonlySet<string>, { topic, openAction }: ContactRules): Sql {
  const column = (name: string) =>
    columns.has(name)
      ? sql`${identifier(name)} as ${identifier(name)}`
      : sql`cast(null as varchar) as ${identifier(name)}`;
  const named = (name: string | undefined, as: string) =>
    name !== undefined && columns.has(name)
      ? sql`cast(${identifier(name)} as varchar) as ${identifier(as)}`
      : sql`cast(null as varchar) as ${identifier(as)}`;
  return sql`select * from (
  select contact_id, case_id, person, ${at}, at_wall, channel, direction, minutes, team, answered,
    ${column('first_contact')}, ${column('previous_contact')}, ${named(topic, 'topic')}, ${named(openAction, 'open_action')},
    case when contact_id is null then 1 else row_number() over (partition by contact_id order by ${at} desc, minutes desc nulls last, team nulls last, channel nulls last) end as copy,
    row_number() over (order by ${at}, contact_id nulls last, person nulls last, case_id nulls last, team nulls last, minutes nulls last) as number
  from contacts where ${at} is not null) as delivered where copy = 1`;
}

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
  const last = (value: Sql) => valueAtMax(value, sql`case when ${value} is not null then place end`);
  return sql`select root, min(${at}) as ${at}, min(at_wall) as at_wall, count(*) as legs,
  ${valueAtMin(sql`coalesce(lower(trim(direction)), 'in')`, sql`place`)} as direction,
  max(person) as person, max(case_id) as case_id, ${last(sql`topic`)} as topic,
  ${last(sql`case when is_spoken = 1 then team end`)} as team, max(is_spoken) as handled,
  max(case when coalesce(answered, true) then 1 else 0 end) as recorded_answered,
  max(case when lower(trim(open_action)) in ('yes', 'y', 'true', '1', 'open') then 1 else 0 end) as still_open,
  sum(case when is_spoken = 1 then minutes end) as minutes
from (select l.*, case when ${spoken(automated)} then 1 else 0 end as is_spoken,
    row_number() over (partition by root order by ${at}, number) as place
  from contact_legs as l) as placed
group by root`;
}

/**
 * Contacts that people made, with the time since and until the next of the same person on the same topic. One without
 * a topic, such as a call given up, is taken for the person's topic before it, else after it.
 */
function linked({ secondsBetween }: Dialect, nobody: readonly string[], period: Sql): Sql {
  const names = nobody.map((person) => sql`${person}`);
  const isNobody = names.length === 0 ? sql`` : sql` and person not in (${joinSql(names, ', ')})`;
  const on = sql`over (partition by who, about order by ${at}, root)`;
  const gap = (from: Sql, to: Sql) => sql`case when who is not null then ${secondsBetween(from, to)} end`;
  return sql`with placed as (
  select *, case when person is not null${isNobody} then 'person ' || person
    when case_id is not null then 'case ' || case_id end as who
  from contacts_joined where direction like 'in%' or direction like 'transfer%'),
counted as (
  select *, count(topic) over (partition by who order by ${at}, root rows unbounded preceding) as known from placed),
filled as (
  select *, coalesce(max(topic) over (partition by who, known),
    max(case when known = 1 then topic end) over (partition by who), '') as about from counted)
select root, who, ${period} as period, team, legs, handled, recorded_answered, still_open, minutes,
  ${gap(sql`lag(${at}) ${on}`, sql`${at}`)} as since_previous,
  ${gap(sql`${at}`, sql`lead(${at}) ${on}`)} as until_next
from filled`;
}

/** What the charter says of contacts, as far as handled and resolved need it. */
export interface ContactRules {
  /** The column that says what a contact is about. */
  readonly topic: string;
  /** Channels on which nobody is spoken to. */
  readonly automated: readonly string[];
  /** The column that says whether something is still to be done after the contact. */
  readonly openAction: string | undefined;
}

/** Makes `issue_contacts`, a row for each contact that a person made, step by step as the method says. */
export async function prepareIssueContacts(
  workspace: MeasureWorkspace,
  rules: ContactRules,
  grain: Grain,
  log: QueryRecord[],
): Promise<void> {
  const { warehouse } = workspace;
  const { dialect } = warehouse;
  const columns = new Set((await warehouse.columns('contacts')).map(({ name }) => name));
  const nobody = await placeholders(workspace);
  const steps: readonly QueryStep[] = [
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
      sql: joined(dialect, rules.automated),
    },
    {
      name: issueContacts,
      purpose: 'Contacts that people made, linked to the one before and after on the same issue.',
      sql: linked(dialect, nobody, dialect.periodStart(grain, sql`at_wall`)),
    },
  ];
  for (const step of steps) {
    const statement = dialect.createTemporary('table', identifier(step.name), step.sql);
    log.push(warehouse.explain({ ...step, sql: statement }));
    await warehouse.run(statement);
  }
}
