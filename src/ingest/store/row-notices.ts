import type { Sql, Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import { changedCases } from './changed-cases.ts';
import { repeatedCases } from './repeated-cases.ts';
import type { SourceView } from './source-views.ts';

/**
 * What the rows that are used give reason to say of the extracts they come from, by number of the source. Only tables
 * of cases are looked at, whose rows are few beside those of events. `ranges` part the cases.
 */
export async function noticesOfRows(
  views: readonly SourceView[],
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<ReadonlyMap<number, readonly Notice[]>> {
  const notices = new Map<number, readonly Notice[]>();
  const cases = views.filter(({ source }) => source.as === 'cases');
  const changed = await changedCases(cases, ranges, warehouse);
  for (const view of cases)
    notices.set(view.number, [
      ...(await repeatedCases(view, ranges, warehouse)),
      ...(changed.get(view.number) ?? []),
    ]);
  return notices;
}
