import type { QueryRecord } from '../../core/index.ts';
import type { Charter } from '../../define/index.ts';
import { contactRules, joinContacts } from '../../measure/index.ts';
import { identifier, joinSql, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Costs } from '../costs.ts';

const at = identifier('at');

/** Why a contact counts as failure demand, or that it does not, or that nobody can tell. */
export type ContactKind =
  | 'value'
  | 'chasing'
  | 'clarifying'
  | 'correcting'
  | 'complaint'
  | 'other'
  | 'repeat'
  | 'unknown';

/** Days within which a contact on the same matter is a repeat, unless the charter says otherwise. */
export const usualRepeatDays = 14;
const clarifyingDays = 10;
const correctingDays = 14;

/** Where contacts stand: in their own table, else as events of kind `contact`; null where there are none. */
async function sourceOf(warehouse: Warehouse, charter: Charter, log: QueryRecord[]): Promise<Sql | null> {
  const [own] = await warehouse.query<Row & { n: number }>(sql`select count(*) as n from contacts`);
  if ((own?.n ?? 0) > 0) {
    await joinContacts(warehouse, contactRules(charter), log);
    return sql`select root as contact_id, case_id, person, ${at}, channel, direction, reason, minutes, team from contacts_joined`;
  }
  const [inEvents] = await warehouse.query<Row & { n: number }>(
    sql`select count(*) as n from events where kind = 'contact'`,
  );
  if ((inEvents?.n ?? 0) === 0) return null;
  return sql`select cast(null as varchar) as contact_id, case_id, cast(null as varchar) as person, ${at}, channel,
  cast(null as varchar) as direction, step as reason, minutes, team from events where kind = 'contact'`;
}

/** Rows of contacts that the person made, in order. */
function inbound(source: Sql): Sql {
  return sql`select contact_id, case_id, person, ${at}, channel, reason, minutes, team, row_number() over (order by ${at}, contact_id, case_id) as number
from (${source}) as c where ${at} is not null and (direction is null or lower(direction) like 'in%')`;
}

/** A person on over ten contacts and five times as many as the next is nobody: a placeholder. */
async function placeholder(warehouse: Warehouse): Promise<string | null> {
  const rows = await warehouse.query<Row & { person: string; n: number }>(
    sql`select person, count(*) as n from inbound_contacts where person is not null group by person order by count(*) desc, person limit 2`,
  );
  const [first, second] = rows;
  return first && first.n > 10 && first.n >= 5 * (second?.n ?? 1) ? first.person : null;
}

function listed(names: readonly string[] | undefined, column: Sql): Sql {
  if (!names || names.length === 0) return sql`false`;
  const values = names.map((name) => sql`lower(trim(${name}))`);
  return sql`${column} in (${joinSql(values, ', ')})`;
}

function kindOf(contacts: Charter['contacts']): Sql {
  const reason = sql`lower(trim(c.reason))`;
  const failure = contacts?.failure ?? {};
  const mapped = (['chasing', 'clarifying', 'correcting', 'complaint', 'other'] as const).map(
    (kind) => sql`when ${listed(failure[kind], reason)} then ${kind}`,
  );
  const days = contacts?.repeat_days ?? usualRepeatDays;
  return sql`case when ${listed(contacts?.value, reason)} then 'value' ${joinSql(mapped, ' ')}
  when c.prev_at is not null and c.is_open and c.advances = 0 then 'chasing'
  when c.since_prev <= cast(${days} as double) * 86400 then 'repeat'
  when c.after_letter then 'clarifying'
  when c.before_rework then 'correcting'
  else 'unknown' end`;
}

/**
 * Makes `contact_facts`: a row for each contact that a person made, with its kind, the step its case waited in and the next, the
 * time until that, the time since the previous contact on the same matter (the case; else the person and the reason), minutes and pounds.
 * False where there are no contacts.
 */
export async function prepareContacts(
  warehouse: Warehouse,
  charter: Charter,
  costs: Costs,
  log: QueryRecord[],
): Promise<boolean> {
  const source = await sourceOf(warehouse, charter, log);
  if (!source) return false;
  const { dialect } = warehouse;
  const make = async (name: string, purpose: string, body: Sql) => {
    const statement = dialect.createTemporary('table', identifier(name), body);
    log.push(warehouse.explain({ name, purpose, sql: statement }));
    await warehouse.run(statement);
  };
  await make('inbound_contacts', 'Contacts that people made, each once.', inbound(source));
  const nobody = await placeholder(warehouse);
  const { advancing, outbound } = charter.contacts ?? {};
  const within = (from: Sql, to: Sql, days: number) =>
    sql`${dialect.secondsBetween(from, to)} between 0 and ${days * 86_400}`;
  const moves = advancing && advancing.length > 0 ? listed(advancing, sql`lower(w.step)`) : sql`true`;
  const byDesign = charter.steps?.legitimate_repeats ?? [];
  await make(
    'contact_steps',
    'For each contact: the steps that moved its case on since the contact before, letters sent shortly before, and steps done again shortly after.',
    sql`with m as (select number, case_id, ${at}, lag(${at}) over (partition by matter order by ${at}, number) as prev_at from (
  select i.*, case when case_id is not null then 'case ' || case_id when person is not null ${nobody === null ? sql`` : sql`and person <> ${nobody}`}
    then 'person ' || person || ' ' || coalesce(reason, '') else 'none ' || cast(number as varchar) end as matter from inbound_contacts as i) as keyed)
select m.number as number, min(m.prev_at) as prev_at,
  sum(case when w.${at} > m.prev_at and w.${at} <= m.${at} and ${moves} then 1 else 0 end) as advances,
  max(case when ${listed(outbound, sql`lower(w.step)`)} and ${within(sql`w.${at}`, sql`m.${at}`, clarifyingDays)} then 1 else 0 end) as letters,
  max(case when ${within(sql`m.${at}`, sql`w.${at}`, correctingDays)} and w.${at} > m.${at} and w.times > 1 ${byDesign.length > 0 ? sql`and not ${listed(byDesign, sql`lower(w.step)`)}` : sql``} then 1 else 0 end) as again,
  max(case when w.${at} <= m.${at} and (w.next_at is null or m.${at} < w.next_at) then w.position end) as waits_at
from m left join (select case_id, step, ${at}, position, lead(${at}) over (partition by case_id order by position) as next_at,
  row_number() over (partition by case_id, step order by position) as times from work_steps) as w on w.case_id = m.case_id
group by m.number, m.${at}`,
  );
  await make(
    'contact_facts',
    'Contacts with their kind, the step that their case was waiting in, and what they cost.',
    sql`select number, case_id, ${at}, kind, is_open, since_prev, waits_in, waits_for, until_next, ${costs.minutes} as minutes, ${costs.pounds} as pounds from (
  select c.*, ${kindOf(charter.contacts)} as kind, cast(null as varchar) as step from (
    select i.*, s.prev_at as prev_at, coalesce(s.advances, 0) as advances, coalesce(s.letters, 0) = 1 as after_letter, coalesce(s.again, 0) = 1 as before_rework,
      ${dialect.secondsBetween(sql`s.prev_at`, sql`i.${at}`)} as since_prev,
      k.case_id is not null and i.${at} >= k.first_at and (k.closed is null or i.${at} < k.closed) as is_open,
      case when k.closed is not null and i.${at} >= k.closed then null else w.step end as waits_in,
      case when k.closed is not null and i.${at} >= k.closed then null else w.next_step end as waits_for,
      case when k.closed is not null and i.${at} >= k.closed then null else w.next_wait - ${dialect.secondsBetween(sql`w.${at}`, sql`i.${at}`)} end as until_next
    from inbound_contacts as i join contact_steps as s on s.number = i.number
    left join cases as k on k.case_id = i.case_id
    left join work_steps as w on w.case_id = i.case_id and w.position = s.waits_at) as c) as each`,
  );
  return true;
}
