import { durationInWords } from '../../core/index.ts';
import { identifier, sql, type Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import type { ManifestSource } from '../store/manifest.ts';

/** A step that takes this many times as long as the middle step may be waiting. */
const timesTheMedian = 20;
const fewestSteps = 3;
const mostFlagged = 10;
const fewSteps = 8;

/** Steps of a source that take so long, beside the others, that they may hold waiting and not work. */
async function longSteps(warehouse: Warehouse, events: string, source: number): Promise<readonly Notice[]> {
  const found = await warehouse.query<{ step: string; mean: number }>(sql`
with means as (select step, avg(processing) as mean from ${identifier(events)}
  where source = ${source} and processing is not null group by step),
middle as (select ${warehouse.dialect.quantile(sql`mean`, 0.5)} as median, count(*) as steps from means)
select step, mean from means, middle
where steps >= ${fewestSteps} and median > 0 and mean > ${timesTheMedian} * median
order by mean desc, step limit ${mostFlagged}`);
  return found.map(({ step, mean }) => ({
    code: 'STEP_MAY_BE_WAITING',
    message: `"${step.slice(0, 80)}" takes ${durationInWords(mean)} on average, over ${timesTheMedian} times as long as the middle step: it may be waiting, not work.`,
  }));
}

/** True for few steps, one of which follows itself in over half of all cases: statuses, told apart by another column. */
async function lookLikeStatuses(warehouse: Warehouse, events: string, source: number): Promise<boolean> {
  const [size] = await warehouse.query<{ steps: number; cases: number; words: number }>(
    sql`select count(distinct step) as steps, count(distinct case_id) as cases, count(distinct lower(lifecycle)) as words
from ${identifier(events)} where source = ${source}`,
  );
  if (!size || size.steps >= fewSteps || size.words < 2) return false;
  const [most] = await warehouse.query<{ n: number }>(
    sql`select count(distinct case_id) as n from ${identifier(events)}
where source = ${source} and prev_step = step group by step order by n desc limit 1`,
  );
  return (most?.n ?? 0) * 2 > size.cases;
}

/** What the events of a source as a whole give reason to doubt about its steps. */
export async function doubtfulSteps(
  warehouse: Warehouse,
  events: string,
  source: ManifestSource,
  number: number,
): Promise<readonly Notice[]> {
  const fields = new Set(source.columns.filter(({ becomes }) => becomes === 'field').map(({ name }) => name));
  const spans = source.pairing !== undefined || (fields.has('started') && fields.has('finished'));
  const notices = spans ? [...(await longSteps(warehouse, events, number))] : [];
  const starts = source.notices.some(({ code }) => code === 'LIFECYCLE_FOUND');
  const open =
    fields.has('lifecycle') && source.lifecycle !== 'pair' && !starts && source.classifier === undefined;
  if (open && (await lookLikeStatuses(warehouse, events, number)))
    notices.push({
      code: 'STEPS_LOOK_LIKE_STATUSES',
      message: `The steps of ${source.file} look like statuses: few, and repeated directly in over half of all cases. Step and transition together may tell more: classifier "${source.mapping.step}+${source.mapping.lifecycle ?? 'lifecycle:transition'}".`,
    });
  return notices;
}
