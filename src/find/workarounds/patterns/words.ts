import { holdsKindsOfWords } from '../../../define/index.ts';
import { type ColumnSpec, identifier, joinSql, type Sql, sql } from '../../../stores/index.ts';
import type { PatternTest } from '../alert.ts';

/** Kinds that speak of work outside the system wherever they stand. */
const elsewhere = ['spreadsheet', 'own list', 'placeholder'] as const;
/** Kinds that may well belong to a step: only a team that stands out with them is told. */
const channels = ['email', 'phone'] as const;

const lift = 3;
const leastRows = 30;
const leastUses = 5;

/** Rows at each step with their team and, of some kinds of words in notes, those that they speak of. */
function spoken(columns: readonly ColumnSpec[], kinds: readonly string[]): Sql {
  const each = columns.flatMap((column) =>
    kinds.map(
      (
        kind,
      ) => sql`select c.number as case_no, s.number as step, t.number as team, t.name as name, ${kind} as word
from pattern_events as e join pattern_cases as c on c.case_id = e.case_id join pattern_step_names as s on s.name = e.step
left join pattern_team_names as t on t.name = e.team
where e.kind = 'step' and c.peer is not null and e.${identifier(column.name)} like ${`%${kind}%`}`,
    ),
  );
  return joinSql(each, ' union all ');
}

/** Notes that speak of a spreadsheet, of an own list, or that only fill the field (pattern 11). */
function outside(columns: readonly ColumnSpec[]): PatternTest {
  return {
    pattern: 'words-in-text',
    purpose: 'Notes that speak of a spreadsheet or an own list, or that only fill the field.',
    sql: sql`select distinct case_no, step, cast(null as bigint) as other, team, word as attribute, 'more' as direction, false as tied, cast(null as double) as z
from (${spoken(columns, elsewhere)}) as r`,
  };
}

/**
 * Notes of one team that speak of e-mail or the telephone three times as often as those of two or more other teams at
 * the same step. The score is that of two proportions, pooled; chance findings are taken out over all teams and steps.
 */
function ofOneTeam(columns: readonly ColumnSpec[]): PatternTest {
  const counted = sql`with r as (select distinct case_no, step, team, name, word from (${spoken(columns, channels)}) as each_row where team is not null),
f as (select step, team, word, count(*) as x from r group by step, team, word),
n as (select step, team, count(distinct case_no) as n from pattern_steps where peer is not null and team is not null group by step, team),
a as (select step, word, sum(x) as x from f group by step, word),
whole as (select step, sum(n) as n, count(*) as teams from n group by step),
c as (select f.step as step, f.team as team, f.word as word, f.x as x1, n.n as n1, a.x - f.x as x0, whole.n - n.n as n0
  from f join n on n.step = f.step and n.team = f.team join a on a.step = f.step and a.word = f.word join whole on whole.step = f.step
  where n.n >= ${leastRows} and whole.n - n.n >= ${leastRows} and whole.teams >= 3)`;
  const pooled = sql`((x1 + x0) * 1.0 / (n1 + n0))`;
  return {
    pattern: 'words-in-text',
    purpose: `Notes that speak of e-mail or the telephone ${lift} times as often in one team as in others at the same step.`,
    tested: sql`${counted} select coalesce(sum(x1), 0) as n from c`,
    sql: sql`${counted}, hit as (select step, team, word, (x1 * 1.0 / n1 - x0 * 1.0 / n0) / sqrt(${pooled} * (1 - ${pooled}) * (1.0 / n1 + 1.0 / n0)) as z from c
  where x1 >= ${leastUses} and x1 * 1.0 / n1 >= ${lift} * x0 / n0)
select r.case_no, r.step, cast(null as bigint) as other, r.team, r.word || ' in ' || r.name as attribute, 'more' as direction, false as tied, hit.z
from r join hit on hit.step = r.step and hit.team = r.team and hit.word = r.word`,
  };
}

/** Columns that hold kinds of words, and the others. */
export function splitWords(attributes: readonly ColumnSpec[]): {
  readonly words: readonly ColumnSpec[];
  readonly others: readonly ColumnSpec[];
} {
  const words = attributes.filter(({ name, kind }) => kind === 'text' && holdsKindsOfWords(name));
  return { words, others: attributes.filter((column) => !words.includes(column)) };
}

/**
 * Both tests over every column of kinds of words; none where there is no such column. The one with a score comes first:
 * it takes chance out of all that the pattern has raised so far.
 */
export function wordsInText(columns: readonly ColumnSpec[]): readonly PatternTest[] {
  return columns.length === 0 ? [] : [ofOneTeam(columns), outside(columns)];
}
