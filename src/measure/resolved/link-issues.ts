import type { Grain, QueryRecord } from '../../core/index.ts';
import { type Dialect, identifier, joinSql, type Row, type Sql, sql } from '../../stores/index.ts';
import type { MeasureWorkspace } from '../workspace.ts';
import { contactRules, joinContacts, makeTables } from './join-contacts.ts';

/** The table that `prepareIssueContacts` makes: one row for each contact that a person made. */
export const issueContacts = 'issue_contacts';

const at = identifier('at');

/** How many of the persons with most contacts are looked at for placeholders. */
const mostPersonsLookedAt = 20;

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
  from contacts_joined where direction like 'in%'),
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

/** Makes `issue_contacts`, a row for each contact that a person made, step by step as the method says. */
export async function prepareIssueContacts(
  workspace: MeasureWorkspace,
  grain: Grain,
  log: QueryRecord[],
): Promise<void> {
  const { warehouse, loaded } = workspace;
  const nobody = await placeholders(workspace);
  await joinContacts(warehouse, contactRules(loaded.charter), log);
  await makeTables(
    warehouse,
    [
      {
        name: issueContacts,
        purpose: 'Contacts that people made, linked to the one before and after on the same issue.',
        sql: linked(warehouse.dialect, nobody, warehouse.dialect.periodStart(grain, sql`at_wall`)),
      },
    ],
    log,
  );
}
