import { type CellValue, leastCases, type Table, wilson } from '../core/index.ts';
import { countGroups, type GroupRow } from './collect-checks.ts';
import type { Study } from './study.ts';

/** What groups under ten cases are called together. */
export const smallGroups = 'small groups together';

/** Groups under ten cases put together, with the next smallest where even together they are too few. */
function mergeSmall(rows: readonly GroupRow[]): readonly GroupRow[] {
  const bySize = rows.toSorted((a, b) => a.cases - b.cases);
  const merged: GroupRow[] = [];
  while (bySize.length > 0) {
    const next = bySize[0];
    const held = merged.reduce((sum, row) => sum + row.cases, 0);
    if (!next || (next.cases >= leastCases && (merged.length === 0 || held >= leastCases))) break;
    merged.push(next);
    bySize.shift();
  }
  if (merged.length === 0) return rows;
  const together: GroupRow = {
    group: smallGroups,
    cases: merged.reduce((sum, row) => sum + row.cases, 0),
    stats: (merged[0]?.stats ?? []).map((_, k) => ({
      n: merged.reduce((sum, row) => sum + (row.stats[k]?.n ?? 0), 0),
      sum: merged.reduce((sum, row) => sum + (row.stats[k]?.sum ?? 0), 0),
    })),
  };
  const kept = rows.filter((row) => !merged.includes(row));
  return together.cases >= leastCases ? [...kept, together] : kept;
}

/** The case-level share measures split by each group of the charter; groups under ten cases are put together. */
export async function groupsTable(
  study: Study,
  starts: readonly string[],
  label: string,
): Promise<Table | null> {
  const { facts, plan } = study;
  if (!facts || starts.length === 0) return null;
  const measures = plan.measures.filter(
    ({ index, measure }) => measure.from === 'cases' && study.data.isShare[index] === true,
  );
  if (measures.length === 0) return null;
  const rows: Readonly<Record<string, CellValue>>[] = [];
  for (const group of plan.charter.groups ?? []) {
    if (!facts.columns.some((column) => column.name === group.column)) continue;
    const counted = mergeSmall(await countGroups(study.workspace, plan, facts, group, starts, study.queries));
    for (const row of counted) {
      for (const { index, measure } of measures) {
        const stat = row.stats[index];
        rows.push({
          split: group.title,
          group: row.group,
          measure: measure.title,
          n: stat && stat.n >= leastCases ? stat.n : null,
          share: stat && stat.n >= leastCases ? stat.sum / stat.n : null,
          low: stat && stat.n >= leastCases ? wilson(stat.sum, stat.n).low : null,
          high: stat && stat.n >= leastCases ? wilson(stat.sum, stat.n).high : null,
        });
      }
    }
  }
  if (rows.length === 0) return null;
  return {
    id: 'groups',
    title: `For whom, in ${label}`,
    columns: [
      { key: 'split', title: 'Split by', type: 'text' },
      { key: 'group', title: 'Group', type: 'text' },
      { key: 'measure', title: 'Measure', type: 'text' },
      { key: 'n', title: 'Cases', type: 'count' },
      { key: 'share', title: 'Share', type: 'share' },
      { key: 'low', title: 'Low', type: 'share' },
      { key: 'high', title: 'High', type: 'share' },
    ],
    rows,
    notes: ['Groups under ten cases are put together; a share of fewer than ten cases is not shown.'],
  };
}

function rangeAt99(row: Readonly<Record<string, CellValue>>) {
  const n = Number(row.n);
  return wilson(Math.min(n, Number(row.share) * n), n, 0.99);
}

/**
 * The split with the widest gap between two groups whose 99% ranges do not meet, for the answer: the wider
 * range allows for having looked at many groups.
 */
export function widestGap(table: Table | null, measureTitle: string) {
  if (!table) return null;
  const own = table.rows.filter((row) => row.measure === measureTitle && typeof row.share === 'number');
  const gaps = [...new Set(own.map((row) => String(row.split)))].flatMap((split) => {
    const members = own
      .filter((row) => row.split === split)
      .toSorted((a, b) => Number(a.share) - Number(b.share));
    const [low, high] = [members[0], members.at(-1)];
    return low && high && rangeAt99(low).high < rangeAt99(high).low
      ? [{ split, low, high, gap: Number(high.share) - Number(low.share) }]
      : [];
  });
  return gaps.toSorted((a, b) => b.gap - a.gap)[0] ?? null;
}
