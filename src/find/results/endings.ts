import { formatValue, leastCases, type QueryRecord, type Result, wilson } from '../../core/index.ts';
import type { Facts } from '../../define/index.ts';
import { identifier, type Row, runStep, sql } from '../../stores/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import { makeResult } from './make-result.ts';

interface Ending extends Row {
  readonly ending: string | null;
  readonly cases: number;
  readonly median: number | null;
}

/** How cases end: the charter's endings, or the last step where it names none. */
export async function endingsResult(
  workspace: FindWorkspace,
  facts: Facts,
  before: readonly QueryRecord[],
): Promise<Result> {
  const { charter } = workspace.loaded;
  const queries: QueryRecord[] = [...before];
  const declared = (charter.endings ?? []).length > 0;
  const column = identifier(declared ? 'ending' : 'last_step');
  const rows = await runStep<Ending>(
    workspace.warehouse,
    {
      name: 'endings',
      purpose: declared
        ? 'Cases by the first ending of the charter that holds.'
        : 'Cases by their last step.',
      sql: sql`select ${column} as ending, count(*) as cases,
  ${workspace.warehouse.dialect.quantile(sql`duration_days`, 0.5)} as median
from case_facts group by ${column} order by count(*) desc, ${column} nulls last`,
    },
    queries,
  );
  const total = rows.reduce((sum, { cases }) => sum + cases, 0);
  const titleOf = (ending: string | null) => {
    if (ending === null) return declared ? 'No ending of the charter holds' : 'No step with a time';
    return charter.endings?.find(({ id }) => id === ending)?.title ?? ending;
  };
  const meaning = (ending: string | null) => {
    const where = charter.endings?.find(({ id }) => id === ending)?.where;
    return where ? facts.english(where) : '';
  };
  const shown = rows.filter(({ cases }) => cases >= leastCases);
  const [first, second] = shown;
  const question = 'How do cases end?';
  const method = declared
    ? 'The first ending of the charter whose condition holds'
    : 'The last step of each case';
  if (!first || total < leastCases) {
    return makeResult(workspace, {
      id: 'endings',
      question,
      method,
      queries,
      status: 'cannot-tell',
      answer: 'Cannot tell: there are fewer than ten cases.',
      next: ['Add cases or an event log.'],
    });
  }
  const say = (row: Ending) => `"${titleOf(row.ending)}" (${formatValue(row.cases / total, 'share')})`;
  return makeResult(workspace, {
    id: 'endings',
    question,
    answer: `Most often cases end with ${say(first)}${second ? `, then ${say(second)}` : ''}.`,
    status: declared ? 'sound' : 'caution',
    figures: shown.slice(0, 4).map((row) => ({
      id: `ending-${row.ending ?? 'none'}`,
      name: titleOf(row.ending),
      value: row.cases / total,
      unit: 'share' as const,
      interval: wilson(row.cases, total),
      period: null,
    })),
    tables: [
      {
        id: 'endings',
        title: 'How cases end, most frequent first',
        columns: [
          { key: 'ending', title: 'Ending', type: 'text' },
          ...(declared ? [{ key: 'meaning', title: 'What counts', type: 'text' } as const] : []),
          { key: 'cases', title: 'Cases', type: 'count' },
          { key: 'share', title: 'Share of cases', type: 'share' },
          { key: 'median', title: 'Median days, first to last step', type: 'days' },
        ],
        rows: shown.map((row) => ({
          ending: titleOf(row.ending),
          ...(declared ? { meaning: meaning(row.ending) } : {}),
          cases: row.cases,
          share: row.cases / total,
          median: row.median,
        })),
        notes: [`Endings of fewer than ${leastCases} cases are left out.`],
      },
    ],
    charts:
      shown.length > 1
        ? [
            {
              id: 'endings-bars',
              kind: 'bar' as const,
              title: `${formatValue(first.cases / total, 'share')} of cases end with "${titleOf(first.ending)}"`,
              description: 'Bars of the number of cases by ending.',
              table: 'endings',
              xTitle: 'Cases',
              xUnit: 'count' as const,
              bars: shown
                .slice(0, 8)
                .map((row) => ({ label: titleOf(row.ending), parts: [{ name: 'Cases', value: row.cases }] })),
            },
          ]
        : [],
    caveats: declared
      ? []
      : [
          'The charter names no endings, so the last step stands for them; a case still open counts as ended there.',
        ],
    next: declared ? [] : ['Name the endings in the charter, under "endings".'],
    method,
    queries,
    parameters: { leastCases },
  });
}
