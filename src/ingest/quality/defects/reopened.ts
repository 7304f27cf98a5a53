import { identifier, keyword, sql } from '../../../stores/index.ts';
import { personTable } from '../columns.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';
import { isRefused, isWithdrawn } from '../outcome-words.ts';

const withinDays = 14;
/** A person with more cases than this is taken for a placeholder. */
const mostCases = 10;

/** A case that comes back under a new number after it was refused or withdrawn. */
export const reopened: RowDetector = {
  kind: 'rows',
  id: 'reopened',
  title: 'Cases that come back under a new number',
  rule: 'A case of the same person and type, opened within 14 days after another was refused or withdrawn. Persons with over 10 cases are left out.',
  distorts: 'One matter counts as two: volume is too high and time taken too short.',
  remedy: 'Link the two and count the second as repeat demand.',
  touches: ['volume', 'repeats', 'age'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) =>
    personTable(shape) === null
      ? 'the person of each case, as a pseudonym'
      : shape.filledCases.outcome === 0
        ? 'the outcome of each case'
        : null,
  hits: ({ warehouse: { dialect } }, shape) => {
    const person = identifier('person');
    const own =
      personTable(shape) === 'cases'
        ? sql`select case_id, ${person} as person, type, opened, first_at, closed, last_at, outcome from cases where ${person} is not null`
        : sql`select c.case_id, p.person, c.type, c.opened, c.first_at, c.closed, c.last_at, c.outcome from cases as c
    join (select case_id, min(${person}) as person from events where ${person} is not null group by case_id) as p on p.case_id = c.case_id`;
    const seconds = dialect.secondsBetween(sql`a.ended`, sql`b.began`);
    return sql`select ${hit({ pattern: sql`'same person again'`, extent: sql`later`, subject: sql`earlier_case` })}
from (select b.case_id, a.case_id as earlier_case, ${seconds} as later, row_number() over (partition by b.case_id order by a.ended desc, a.case_id) as nearest
  from (select case_id, person, type, coalesce(closed, last_at) as ended from (${own}) as first_cases where ${isRefused} or ${isWithdrawn}) as a
  join (select case_id, person, type, coalesce(opened, first_at) as began from (${own}) as next_cases) as b
    on b.person = a.person and b.case_id <> a.case_id and coalesce(b.type, '') = coalesce(a.type, '')
  where a.person not in (select person from (${own}) as all_cases group by person having count(*) > ${keyword(String(mostCases))})) as pairs
where nearest = 1 and later >= 0 and later <= ${withinDays * 86_400}`;
  },
};
