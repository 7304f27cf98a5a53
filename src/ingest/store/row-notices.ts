import type { Sql, Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import { changedCases } from './changed-cases.ts';
import { repeatedCases } from './repeated-cases.ts';
import type { SourceView } from './source-views.ts';
import { totalsBeside } from './totals-beside.ts';

/**
 * What the rows that are used give reason to say of the extracts they come from, by number of the source. Only cases
 * and totals are looked at, whose rows are few beside those of events. `staged` are all rows, `kept` those without
 * the ones that gave way; `ranges` part the cases.
 */
export async function noticesOfRows(
  all: { readonly staged: readonly SourceView[]; readonly kept: readonly SourceView[] },
  ranges: readonly Sql[],
  warehouse: Warehouse,
): Promise<ReadonlyMap<number, readonly Notice[]>> {
  const cases = all.kept.filter(({ source }) => source.as === 'cases');
  const notices = new Map<number, readonly Notice[]>();
  const changed = await changedCases(cases, ranges, warehouse);
  for (const view of cases)
    notices.set(view.number, [
      ...(await repeatedCases(view, ranges, warehouse)),
      ...(changed.get(view.number) ?? []),
    ]);
  for (const table of ['volumes', 'inputs', 'quality'] as const)
    for (const [number, said] of await totalsBeside(table, all, warehouse)) notices.set(number, said);
  return notices;
}
