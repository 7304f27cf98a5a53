import { addDays, nextPeriod, periodStart } from '../../core/index.ts';
import type { WeekShare } from '../../stats/index.ts';
import { countCheck } from '../collect-checks.ts';
import type { PlannedMeasure } from '../plan.ts';
import type { Study } from '../study.ts';

/** A share by week, in time order; only whole weeks, those without a case among them. */
export interface Week extends WeekShare {
  /** Its Monday. */
  readonly start: string;
}

/** The share of a quality measure by whole week, over the cases of its outputs; null where it is no share of cases. */
export async function weekShares(
  study: Study,
  { measure, outputs }: PlannedMeasure,
): Promise<readonly Week[] | null> {
  const { facts, plan, workspace, queries } = study;
  if (!facts || measure.from !== 'cases' || measure.share === undefined) return null;
  const { id, title, share, of } = measure;
  const rows = await countCheck(
    workspace,
    { ...plan, grain: 'week' },
    facts,
    { id: `${id}-by-week`, title, share, of },
    outputs,
    queries,
  );
  const [first, end] = [study.complete[0], study.complete.at(-1)];
  if (first === undefined || end === undefined) return null;
  const last = addDays(nextPeriod(plan.grain, end), -1);
  const monday = periodStart('week', first);
  const weeks: Week[] = [];
  for (
    let start = monday < first ? addDays(monday, 7) : monday;
    addDays(start, 6) <= last;
    start = addDays(start, 7)
  ) {
    const row = rows.find(({ period }) => period === start);
    weeks.push({ start, n: row?.covered ?? 0, has: row?.has ?? 0 });
  }
  return weeks;
}

/** The weeks before a day, a year of them at most and none before another day, and those from it on, up to the next. */
export function around(
  weeks: readonly Week[],
  on: string,
  earlier: string | undefined,
  later: string | undefined,
): { readonly before: readonly Week[]; readonly after: readonly Week[] } {
  const isBefore = ({ start }: Week) => addDays(start, 6) < on && (earlier === undefined || start >= earlier);
  const isAfter = ({ start }: Week) => start >= on && (later === undefined || addDays(start, 6) < later);
  return { before: weeks.filter(isBefore).slice(-52), after: weeks.filter(isAfter) };
}
