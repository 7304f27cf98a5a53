import { identifier, joinSql, type Sql, sql } from '../../../stores/index.ts';
import { fixedAttributes, personTable } from '../columns.ts';
import type { DataShape } from '../data-shape.ts';
import type { RowDetector } from '../detector.ts';
import { hit } from '../fragments.ts';

const leastCases = 10;
const timesNext = 5;
const placeholdersAtMost = 10;

const needsPerson = (shape: DataShape) =>
  personTable(shape) === null ? 'the person of each case, as a pseudonym' : null;

/** Two people under one number. */
export const mergedIdentities: RowDetector = {
  kind: 'rows',
  id: 'merged-identities',
  title: 'One number for two people',
  rule: 'A person with two values of something that never changes, such as the year of birth.',
  distorts: 'Repeat contact and repeat demand are too high: two people are taken for one who came back.',
  remedy: 'Do not link cases through these persons. Tell the owner of the source.',
  touches: ['people', 'repeats'],
  level: 'alarm',
  counts: 'people',
  needs: (shape) =>
    needsPerson(shape) ??
    (fixedAttributes(shape).length > 0
      ? null
      : 'something of each person that never changes, such as the year of birth'),
  hits: (_data, shape) => {
    const person = identifier('person');
    const parts = fixedAttributes(shape).map(
      ({ table, column }) =>
        sql`select ${person} as person, min(case_id) as case_id from ${identifier(table)} where ${person} is not null and ${identifier(column)} is not null
    group by ${person} having min(${identifier(column)}) <> max(${identifier(column)})`,
    );
    return sql`select ${hit({ case: sql`min(case_id)`, pattern: sql`'two values'`, subject: sql`person` })}
from (${joinSql(parts, ' union all ')}) as people group by person`;
  },
};

/** The persons with most cases, each beside the next. */
function casesByPerson(shape: DataShape): Sql {
  const person = identifier('person');
  const table = personTable(shape) ?? 'cases';
  const cases = table === 'cases' ? sql`count(*)` : sql`count(distinct case_id)`;
  return sql`select ${person} as person, ${cases} as cases from ${identifier(table)} where ${person} is not null group by ${person}`;
}

/** A number that stands for nobody, such as 999999 or "unknown". */
export const placeholderPersons: RowDetector = {
  kind: 'rows',
  id: 'placeholder-persons',
  title: 'One number for nobody in particular',
  rule: 'A person with over 10 cases and over 5 times the next person.',
  distorts: 'Repeat demand is too high: many people under one number look like one who keeps coming back.',
  remedy: 'Read this number as "person unknown", and leave it out of anything by person.',
  touches: ['people', 'repeats'],
  level: 'alarm',
  counts: 'cases',
  needs: needsPerson,
  hits: (_data, shape) => {
    const person = identifier('person');
    const table = personTable(shape) ?? 'cases';
    return sql`select distinct ${hit({ pattern: sql`'far more cases than the next'`, subject: sql`person` })}
from (select r.case_id, r.${person} as person from ${identifier(table)} as r join (
    select person from (select person, place, max(case when cases > ${leastCases} and cases > ${timesNext} * coalesce(next_cases, 0) then place end) over () as last_place
      from (select person, cases, row_number() over (order by cases desc, person) as place, lead(cases) over (order by cases desc, person) as next_cases
        from (${casesByPerson(shape)}) as counted) as ranked where place <= ${placeholdersAtMost}) as marked
    where place <= last_place) as p on p.person = r.${person}) as placed`;
  },
};
