import { formatValue, type Result } from '../../core/index.ts';
import { identifier, type Row, sql, type Warehouse } from '../../stores/index.ts';
import type { FindWorkspace } from '../workspace.ts';

/** More steps than this without a time leave every figure in doubt: the order of a case's steps is not known. */
const mostUntimed = 0.2;

/** Steps of the work, and those of them that have no time, so that they stand nowhere in the order of their case. */
export interface UntimedSteps {
  readonly untimed: number;
  readonly steps: number;
}

/** Counts the steps of the work that have no time. */
export async function untimedSteps(warehouse: Warehouse): Promise<UntimedSteps> {
  const [row] = await warehouse.query<Row & { untimed: number; steps: number }>(
    sql`select coalesce(sum(case when ${identifier('at')} is null then 1 else 0 end), 0) as untimed, count(*) as steps
from events where kind = 'step'`,
  );
  return { untimed: row?.untimed ?? 0, steps: row?.steps ?? 0 };
}

/** What of the record is missing, where it is more than figures can bear without a caution. */
export function missingCaveats(
  { untimed, steps }: UntimedSteps,
  shortOfRows: NonNullable<FindWorkspace['shortOfRows']>,
): readonly string[] {
  const share = steps === 0 ? 0 : untimed / steps;
  return [
    ...(share > mostUntimed
      ? [
          `${formatValue(share, 'share')} of steps have no time. They are left out of every order, wait and duration here, so that what stands next to one another may not have followed one another.`,
        ]
      : []),
    ...shortOfRows
      .filter(({ as }) => as === 'events' || as === 'cases' || as === 'contacts')
      .map(
        ({ file, share: lost }) =>
          `${formatValue(lost, 'share')} of the rows of ${file} were set aside because they could not be read as given, and are in no figure here.`,
      ),
  ];
}

/**
 * Results that say what of the record is missing and are then at best "caution": where more than one step in five
 * has no time, or more than one row in a hundred of a source of events, cases or contacts was set aside for a fault.
 */
export function heedMissing(results: readonly Result[], caveats: readonly string[]): Result[] {
  if (caveats.length === 0) return [...results];
  return results.map((result) => ({
    ...result,
    status: result.status === 'sound' ? 'caution' : result.status,
    caveats: [...caveats, ...result.caveats],
  }));
}
