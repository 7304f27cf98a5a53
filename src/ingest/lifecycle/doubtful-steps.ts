import { durationInWords } from '../../core/index.ts';
import { quantile } from '../../stats/index.ts';
import { identifier, sql, type Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import type { ManifestSource } from '../store/manifest.ts';

/** A step that takes this many times as long as the middle step may be waiting. */
const timesTheMedian = 20;
const fewestSteps = 3;
const mostFlagged = 10;
/** Fewer steps than this may be statuses. */
export const fewSteps = 8;
/** More steps than this are not compared with one another. */
const mostSteps = 10_000;

/** A step with how long its work takes on average, in seconds. */
export interface StepMean {
  readonly step: string;
  readonly mean: number;
}

/** What the events of one source tell of its steps, wherever the events are. */
export interface StepEvidence {
  /** Steps that take far longer on average than the middle step, the longest first. */
  longSteps(): Promise<readonly StepMean[]>;
  /** True for few steps, one of which follows itself in over half of all cases: statuses, told apart by another column. */
  lookLikeStatuses(): Promise<boolean>;
}

/** The longest of some steps where they take many times as long as the middle one. */
export function longAmong(means: readonly StepMean[]): readonly StepMean[] {
  if (means.length < fewestSteps) return [];
  const median = quantile(
    means.map(({ mean }) => mean),
    0.5,
  );
  if (!(median > 0)) return [];
  return means
    .filter(({ mean }) => mean > timesTheMedian * median)
    .toSorted((a, b) => b.mean - a.mean || (a.step < b.step ? -1 : 1))
    .slice(0, mostFlagged);
}

/** Evidence from events in a table of the engine: those of the source of a number. */
export function evidenceInTable(warehouse: Warehouse, events: string, source: number): StepEvidence {
  const table = identifier(events);
  return {
    async longSteps() {
      const [size] = await warehouse.query<{ n: number }>(
        sql`select count(distinct step) as n from ${table} where source = ${source} and processing is not null`,
      );
      // Steps by the thousand are no steps but free text.
      if ((size?.n ?? 0) > mostSteps) return [];
      return longAmong(
        await warehouse.query<{
          step: string;
          mean: number;
        }>(sql`select step, avg(processing) as mean from ${table}
  where source = ${source} and processing is not null group by step order by step`),
      );
    },
    async lookLikeStatuses() {
      const [size] = await warehouse.query<{ steps: number; cases: number; words: number }>(
        sql`select count(distinct step) as steps, count(distinct case_id) as cases, count(distinct lower(lifecycle)) as words
from ${table} where source = ${source}`,
      );
      if (!size || size.steps >= fewSteps || size.words < 2) return false;
      const [most] = await warehouse.query<{ n: number }>(
        sql`select count(distinct case_id) as n from ${table}
where source = ${source} and prev_step = step group by step order by n desc limit 1`,
      );
      return (most?.n ?? 0) * 2 > size.cases;
    },
  };
}

/** What the events of a source as a whole give reason to doubt about its steps. */
export async function doubtfulSteps(
  evidence: StepEvidence,
  source: ManifestSource,
): Promise<readonly Notice[]> {
  const fields = new Set(source.columns.filter(({ becomes }) => becomes === 'field').map(({ name }) => name));
  const spans = source.pairing !== undefined || (fields.has('started') && fields.has('finished'));
  const notices: Notice[] = (spans ? await evidence.longSteps() : []).map(({ step, mean }) => ({
    code: 'STEP_MAY_BE_WAITING',
    message: `"${step.slice(0, 80)}" takes ${durationInWords(mean)} on average, over ${timesTheMedian} times as long as the middle step: it may be waiting, not work.`,
  }));
  const starts = source.notices.some(({ code }) => code === 'LIFECYCLE_FOUND');
  const open =
    fields.has('lifecycle') && source.lifecycle !== 'pair' && !starts && source.classifier === undefined;
  if (open && (await evidence.lookLikeStatuses()))
    notices.push({
      code: 'STEPS_LOOK_LIKE_STATUSES',
      message: `The steps of ${source.file} look like statuses: few, and repeated directly in over half of all cases. Step and transition together may tell more: classifier "${source.mapping.step}+${source.mapping.lifecycle ?? 'lifecycle:transition'}".`,
    });
  return notices;
}
