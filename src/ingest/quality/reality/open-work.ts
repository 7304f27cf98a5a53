import { leastCases, type QueryRecord, type Result } from '../../../core/index.ts';
import { joinSql, type Row, runStep, sql } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';
import { caseTimes, needsCaseTimes } from './case-times.ts';

const bands = [
  { name: 'under 30 days', from: 0 },
  { name: '30 to 89 days', from: 30 },
  { name: '90 to 179 days', from: 90 },
  { name: '180 to 364 days', from: 180 },
  { name: 'a year or more', from: 365 },
] as const;

interface AgeGroup extends Row {
  readonly whole: number;
  readonly open: number;
  readonly band: number | null;
  readonly cases: number;
  readonly median: number;
  readonly p90: number;
}

/** Open cases by age, with small groups hidden so that none can be worked out from the total. */
function ageRows(groups: readonly AgeGroup[], open: number) {
  const counts = bands.map(
    (_, i) => groups.find((row) => row.whole === 0 && row.open === 1 && row.band === i)?.cases ?? 0,
  );
  const small = counts.filter((cases) => cases > 0 && cases < leastCases);
  const next = Math.min(...counts.filter((cases) => cases >= leastCases));
  const hiddenBelow = small.length === 1 ? next + 1 : leastCases;
  return bands.map(({ name }, i) => {
    const cases = counts[i] ?? 0;
    const hidden = cases > 0 && cases < hiddenBelow;
    return { age: name, cases: hidden ? null : cases, share: hidden ? null : cases / open };
  });
}

/** How old the work is that is still open, against how long closed work took. */
export async function openWorkResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
): Promise<Result> {
  const question = 'How old is the work that is still open?';
  const needs = needsCaseTimes(data, shape);
  if (needs !== null) return cannotTell(workspace, 'open-work', question, needs);
  const queries: QueryRecord[] = data.caseTimes ? [data.caseTimes.query] : [];
  const { dialect } = data.warehouse;
  const times = caseTimes(data, shape);
  const end = sql`(select max(greatest(coalesce(ended, began), began)) from (${times}) as e)`;
  const age = sql`${dialect.secondsBetween(sql`began`, sql`coalesce(ended, last_day)`)} / 86400.0`;
  const band = joinSql(bands.map(({ from }, i) => sql`when days >= ${from} then ${i}`).toReversed(), ' ');
  const rows = await runStep<AgeGroup>(
    data.warehouse,
    {
      name: 'age_of_work',
      purpose: 'Age of open cases at the last date of the data, beside the time that closed cases took.',
      sql: sql`select grouping(band) as whole, open, band, count(*) as cases, ${dialect.quantile(sql`days`, 0.5)} as median, ${dialect.quantile(sql`days`, 0.9)} as p90
from (select open, days, case ${band} end as band from (
  select case when ended is null then 1 else 0 end as open, ${age} as days from (${times}) as t cross join (select ${end} as last_day) as d where began is not null) as ages where days >= 0) as banded
group by grouping sets ((open), (open, band)) order by whole desc, open desc, band`,
    },
    queries,
  );
  const open = rows.find((row) => row.whole === 1 && row.open === 1);
  const closed = rows.find((row) => row.whole === 1 && row.open === 0);
  const n = open?.cases ?? 0;
  const enough = n >= leastCases;
  const old =
    closed && enough ? rows.filter((row) => row.whole === 0 && row.open === 1 && (row.band ?? 0) >= 4) : [];
  const oldShare = enough ? old.reduce((sum, { cases }) => sum + cases, 0) / n : null;
  const days = (value: number) =>
    `${Math.round(value).toLocaleString('en-GB')} ${Math.round(value) === 1 ? 'day' : 'days'}`;
  const much =
    enough &&
    closed !== undefined &&
    closed.cases >= leastCases &&
    open !== undefined &&
    open.median > 2 * closed.p90;
  return makeResult(workspace, {
    id: 'open-work',
    question,
    answer: !enough
      ? n === 0
        ? 'No case is open at the end of the data.'
        : `Fewer than ${leastCases} cases are open at the end of the data.`
      : `Half of the ${n.toLocaleString('en-GB')} open cases are older than ${days(open?.median ?? 0)}${closed && closed.cases >= leastCases ? `; half of the closed ones took less than ${days(closed.median)}` : ''}.`,
    status: much ? 'caution' : 'sound',
    figures: [
      figure('open', 'Open cases', enough || n === 0 ? n : null, 'count'),
      figure('median-age', 'Median age of open work', enough ? (open?.median ?? null) : null, 'days'),
      figure('p90-age', 'One in ten is older than', enough ? (open?.p90 ?? null) : null, 'days'),
      figure('over-a-year', 'Open for a year or more', oldShare, 'share'),
      figure(
        'closed-median',
        'Median time of closed cases',
        closed && closed.cases >= leastCases ? closed.median : null,
        'days',
      ),
    ],
    tables: enough
      ? [
          {
            id: 'ages',
            title: 'Open cases by age',
            columns: [
              column('age', 'Age'),
              column('cases', 'Cases', 'count'),
              column('share', 'Share of open cases', 'share'),
            ],
            rows: ageRows(rows, n),
            notes: [
              `Ages with 1 to ${leastCases - 1} cases are not shown, nor the next smallest where one alone could be worked out from the total.`,
            ],
          },
        ]
      : [],
    caveats: much
      ? [
          'Most open cases are older than nearly all closed ones took: they may have ended without anyone saying so.',
        ]
      : [],
    next: much ? ['Ask for a sample of the oldest open cases to be looked at: are they alive?'] : [],
    method: 'Age at the last date of the data; median and nine-tenths point (type 7)',
    parameters: { leastCases },
    queries,
  });
}
