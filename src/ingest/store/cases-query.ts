import {
  canonicalTables,
  identifier,
  joinSql,
  keyword,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { attributeName } from '../mapping/names.ts';
import type { ManifestSource } from './manifest.ts';
import { type Attribute, unionAll } from './staged-select.ts';
import { typeNames } from './type-names.ts';

/** Columns of cases that their events tell. */
export const derivedCaseColumns = new Set([
  'first_at',
  'last_at',
  'first_step',
  'last_step',
  'events',
  'variant',
]);

/** What a case was first in: the value that its first event carries. */
export interface FirstValue {
  /** The event's attribute. */
  readonly from: string;
  readonly name: string;
}

/** The states that histories of changed fields began with, as far as no column of the cases has the name. */
export function firstValues(
  sources: readonly ManifestSource[],
  taken: ReadonlySet<string>,
): readonly FirstValue[] {
  const found = new Map<string, FirstValue>();
  for (const { shape, columns } of sources) {
    const { field } = shape ?? {};
    if (field === undefined) continue;
    const from = attributeName(`${field} before`, new Set());
    const name = attributeName(`first ${field}`, taken);
    if (columns.some((column) => column.name === from && column.kind === 'text'))
      found.set(from, { from, name });
  }
  return [...found.values()];
}

/** What the events of a view tell about each case, and the states that its history began with. */
export function toldByEvents(view: string, firsts: readonly FirstValue[], { dialect }: Warehouse): Sql {
  const at = sql`${identifier('at')}`;
  const steps = dialect.orderedJoin(
    sql`case when ${at} is null then null else step end`,
    '\u001f',
    sql`position`,
  );
  const began = firsts.map(
    ({ from, name }) =>
      sql`, max(case when position = 1 then ${identifier(from)} end) as ${identifier(name)}`,
  );
  return sql`select case_id, min(${at}) as first_at, max(${at}) as last_at,
  max(case when position = 1 then step end) as first_step,
  max(case when ${at} is not null and next_at is null then step end) as last_step,
  count(*) as events, ${dialect.md5(steps)} as variant${joinSql(began, '')}
from ${identifier(view)} group by case_id`;
}

const noEvents = sql`select cast(null as varchar) as case_id, cast(null as timestamp) as first_at, cast(null as timestamp) as last_at, cast(null as varchar) as first_step, cast(null as varchar) as last_step, cast(null as bigint) as events, cast(null as varchar) as variant where false`;

/** The cases: what extracts say of them beside what their events tell, where there are events. */
export function casesQuery(
  stagedCases: readonly Sql[],
  told: Sql | null,
  attributes: readonly Attribute[],
  firsts: readonly FirstValue[],
  warehouse: Warehouse,
): Sql {
  const { dialect } = warehouse;
  const stored = canonicalTables.cases.filter(
    ({ name }) => !derivedCaseColumns.has(name) && name !== 'case_id',
  );
  const all = [...stored, ...attributes];
  const latest = all.map(({ name }) => {
    const value = sql`${identifier(name)}`;
    return sql`${dialect.valueAtMax(value, sql`case when ${value} is null then null else seq end`)} as ${value}`;
  });
  const nulls = all.map(
    ({ name, kind }) => sql`cast(null as ${keyword(typeNames[kind])}) as ${identifier(name)}`,
  );
  const given =
    stagedCases.length > 0
      ? sql`select case_id, ${joinSql(latest, ', ')} from (${unionAll(stagedCases)}) as said group by case_id`
      : sql`select cast(null as varchar) as case_id, ${joinSql(nulls, ', ')} where false`;
  const columns = [...canonicalTables.cases, ...attributes].map(({ name }) => {
    if (name === 'case_id') return sql`coalesce(happened.case_id, given.case_id) as case_id`;
    if (name === 'events') return sql`coalesce(happened.events, 0) as events`;
    return derivedCaseColumns.has(name)
      ? sql`happened.${identifier(name)} as ${identifier(name)}`
      : sql`given.${identifier(name)} as ${identifier(name)}`;
  });
  // Without events there is nothing that a case began with.
  if (told)
    columns.push(...firsts.map(({ name }) => sql`happened.${identifier(name)} as ${identifier(name)}`));
  return sql`with given as (${given}), happened as (${told ?? noEvents})
select ${joinSql(columns, ', ')} from happened full outer join given on happened.case_id = given.case_id order by 1`;
}
