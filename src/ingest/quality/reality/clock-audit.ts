import {
  durationInWords,
  formatValue,
  leastCases,
  type QueryRecord,
  type Result,
} from '../../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { Workspace } from '../../workspace.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { pausingSteps } from '../defects/clock-pause.ts';
import { type Detection, isMaterial } from '../detect.ts';
import { listOf } from '../fragments.ts';
import { column, figure, makeResult } from '../make-result.ts';
import { cannotTell } from './cannot-tell.ts';

/** A share of time below this reads as nothing. */
const toldFrom = 0.005;

interface Stand extends Row {
  readonly cases: number;
  readonly paused: number | null;
  readonly elapsed: number | null;
}

/** Time in which clocks stand still by the charter's rule, beside all elapsed time of the same cases. */
async function standing(data: CheckedData, log: QueryRecord[]): Promise<Stand | null> {
  const steps = pausingSteps(data);
  if (steps.length === 0) return null;
  const [row] = await runStep<Stand>(
    data.warehouse,
    {
      name: 'time_standing_still',
      purpose: 'Waits after steps at which a clock stands still, and all time between first and last event.',
      sql: sql`select count(distinct case when p > 0 then case_id end) as cases, sum(p) as paused, sum(w) as elapsed
from (select case_id, coalesce(next_wait, 0) as w, case when step in ${listOf(steps)} then coalesce(next_wait, 0) else 0 end as p from events where ${identifier('at')} is not null) as waits`,
    },
    log,
  );
  return row ?? null;
}

/** Cases that pass a step at which the charter lets a clock start again. */
async function declaredRestarts(data: CheckedData, log: QueryRecord[]) {
  const clocks = (data.charter?.clocks ?? []).filter(({ restart }) => (restart ?? []).length > 0);
  const found: { readonly title: string; readonly cases: number; readonly seconds: number | null }[] = [];
  for (const { id, title, restart } of clocks) {
    const [row] = await runStep<Row & { cases: number; seconds: number | null }>(
      data.warehouse,
      {
        name: `restarts_of_${id.replaceAll('-', '_')}`,
        purpose: `Cases in which the clock "${title}" starts again, and how old they were by then.`,
        sql: sql`select count(*) as cases, ${data.warehouse.dialect.quantile(sql`lost`, 0.5)} as seconds from (
  select c.case_id, max(${data.warehouse.dialect.secondsBetween(sql`c.first_at`, sql`e.${identifier('at')}`)}) as lost
  from events as e join cases as c on c.case_id = e.case_id where e.step in ${listOf(restart ?? [])} and e.${identifier('at')} is not null group by c.case_id) as restarts`,
      },
      log,
    );
    if (row) found.push({ title, cases: row.cases, seconds: row.seconds });
  }
  return found;
}

/** Where clocks start again or stand still, and by how much that shortens the time that is counted. */
export async function clockAuditResult(
  workspace: Workspace,
  data: CheckedData,
  shape: DataShape,
  detections: readonly Detection[],
): Promise<Result> {
  const question = 'Does the clock count the time that people really wait?';
  const queries: QueryRecord[] = [];
  const reset = detections.find(({ detector }) => detector.id === 'clock-reset');
  const restarts = shape.events > 0 ? await declaredRestarts(data, queries) : [];
  const stand = shape.events > 0 ? await standing(data, queries) : null;
  const seen = reset !== undefined && reset.outcome !== 'not-checked';
  if (!seen && restarts.length === 0 && stand === null)
    return cannotTell(
      workspace,
      'clock-audit',
      question,
      'the date each case was opened beside its events, or clocks named in the charter',
    );
  const shown = [
    ...(reset?.groups ?? []).map(({ pattern, step, cases, extent }) => ({
      sign: step === null ? pattern : `${pattern}, at "${step}"`,
      cases,
      seconds: extent,
    })),
    ...restarts.map(({ title, cases, seconds }) => ({
      sign: `"${title}" starts again by its rule`,
      cases,
      seconds,
    })),
  ]
    .filter(({ cases }) => cases >= leastCases)
    .toSorted((a, b) => b.cases - a.cases);
  const [first] = shown;
  const pausedShare = stand?.elapsed ? (stand.paused ?? 0) / stand.elapsed : null;
  const restartShare = first ? first.cases / Math.max(1, shape.cases) : 0;
  const doubtful = (reset !== undefined && isMaterial(reset)) || restartShare >= 0.01;
  const parts = [
    ...(first
      ? [
          `it starts again in ${first.cases.toLocaleString('en-GB')} cases (${formatValue(restartShare, 'share')}), which were ${first.seconds === null ? 'some time' : durationInWords(first.seconds)} old by then`,
        ]
      : []),
    ...(pausedShare !== null && pausedShare >= toldFrom
      ? [`it stands still for ${formatValue(pausedShare, 'share')} of all elapsed time`]
      : []),
  ];
  return makeResult(workspace, {
    id: 'clock-audit',
    question,
    answer:
      parts.length === 0
        ? 'No sign that a clock starts again or stands still.'
        : `Not all of it: ${parts.join(', and ')}.`,
    status: doubtful || (pausedShare ?? 0) >= 0.05 ? 'caution' : 'sound',
    figures: [
      figure('restart-share', 'Cases whose clock starts again', first ? restartShare : 0, 'share'),
      figure(
        'understated',
        'Median days lost when it starts again',
        first?.seconds == null ? null : first.seconds / 86_400,
        'days',
      ),
      figure('paused-share', 'Share of elapsed time in which it stands still', pausedShare, 'share'),
    ],
    tables: [
      {
        id: 'restarts',
        title: 'Where the clock starts again',
        columns: [
          column('sign', 'Sign'),
          column('cases', 'Cases', 'count'),
          column('share', 'Share of cases', 'share'),
          column('days', 'Median days lost', 'days'),
        ],
        rows: shown.map(({ sign, cases, seconds }) => ({
          sign,
          cases,
          share: cases / Math.max(1, shape.cases),
          days: seconds === null ? null : seconds / 86_400,
        })),
      },
    ].filter(({ rows }) => rows.length > 0),
    caveats: seen
      ? []
      : ['No opening date or second system is in the data, so only what the charter declares was looked at.'],
    next: doubtful
      ? ['Report age from the first event beside the official age, and ask why the clock starts again.']
      : [],
    method: 'Opening dates later than the first event, restarts and pauses that the charter declares',
    parameters: { leastCases },
    queries,
  });
}
