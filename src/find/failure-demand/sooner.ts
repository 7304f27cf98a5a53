import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';

/** Contacts that a failure brings in the last days of a wait: what would have had no cause, had the wait ended so much sooner. */
export interface SoonerBy extends Row {
  readonly days: number;
  readonly contacts: number;
  readonly minutes: number | null;
  /** Sum over cases of the square of their contacts, which gives the interval of the count. */
  readonly squared: number;
}

/** How many days sooner are shown: a day, two, a working week, two weeks. */
const soonerDays = [1, 2, 5, 10] as const;

/**
 * Contacts that a failure brings in the last days of waits after a step, by how many days those are. Waits that have not
 * ended are left out, since nobody knows how long they will be. It is a count, not a cause: what comes late in a wait is
 * taken to come of the wait.
 */
export async function contactsInLastDays(
  warehouse: Warehouse,
  step: string,
  log: QueryRecord[],
): Promise<readonly SoonerBy[]> {
  const each = joinSql(
    soonerDays.map(
      (days) => sql`select ${days} as days, case_id, count(*) as contacts, sum(minutes) as minutes
  from ending where until_next <= ${days * 86_400} group by case_id`,
    ),
    ' union all ',
  );
  return runStep<SoonerBy>(
    warehouse,
    {
      name: 'contacts_in_last_days',
      purpose: `Contacts that a failure brings within so many days of the end of the wait after "${step}".`,
      sql: sql`with ending as (select case_id, until_next, minutes from contact_facts
  where waits_in = ${step} and kind not in ('value', 'unknown') and until_next is not null)
select days, sum(contacts) as contacts, sum(minutes) as minutes, sum(contacts * contacts) as squared
from (${each}) as ${identifier('by_case')} group by days order by days`,
    },
    log,
  );
}
