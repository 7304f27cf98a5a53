import { canonicalJson } from '../../core/index.ts';
import { identifier, keyword, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import { keyRangesOf } from './case-ranges.ts';
import { fillGaps } from './filled-gaps.ts';
import type { SourceView } from './source-views.ts';
import { type StagedView, supersededTable } from './staged-rows.ts';
import { findSuperseded, linesGone, rowsListed, type Superseded } from './superseded.ts';

const exactly = canonicalJson('exact');

/** What makes rows of a source the same row, beside the rule of its table. */
export function asStaged({ source, view, columns, number }: SourceView): StagedView {
  const { shape, dedupe } = source;
  const steps = shape?.shape === 'wide' ? canonicalJson(Object.keys(shape.steps ?? {}).toSorted()) : null;
  const attributes = source.columns.filter(({ becomes }) => becomes === 'attribute');
  const isKeyed = dedupe !== undefined && dedupe !== exactly;
  return {
    ...{ as: source.as, view, columns, number },
    attributes: new Map(attributes.map(({ name, staged }) => [name ?? '', staged])),
    split: attributes.flatMap(({ name, kind }) => (kind === 'text' ? (name ?? []) : [])),
    dedupe: dedupe ?? null,
    group: isKeyed ? `key ${dedupe}` : steps === null ? null : `wide ${steps}`,
    isSpread: steps !== null || source.format === 'ocel',
  };
}

function listSuperseded(
  views: readonly SourceView[],
  cases: readonly Sql[],
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
): Promise<readonly Superseded[]> {
  return findSuperseded(warehouse, views.map(asStaged), { cases, rowKeys: keyRangesOf(views) }, signal);
}

/**
 * The same sources without the rows that a later extract holds again, and which those are. What is left has what those
 * rows say in columns that its own extract does not have.
 */
export async function withoutSuperseded(
  views: readonly SourceView[],
  ranges: readonly Sql[],
  { warehouse, signal }: { readonly warehouse: Warehouse; readonly signal?: AbortSignal },
): Promise<{ readonly views: readonly SourceView[]; readonly superseded: readonly Superseded[] }> {
  const superseded = await listSuperseded(views, ranges, warehouse, signal);
  const filled = superseded.length > 0 ? await fillGaps(views, warehouse) : views;
  return { views: await keptViews(filled, warehouse), superseded };
}

/** What rows of wide extracts say of cases, without those that gave way as a whole and not in one of their steps alone. */
export function keptCases(
  views: readonly SourceView[],
  warehouse: Warehouse,
): Promise<readonly SourceView[]> {
  return keptViews(views, warehouse, sql` and newer.by_seq is null`);
}

/** The same views without the rows that are listed as giving way. */
async function keptViews(
  views: readonly SourceView[],
  warehouse: Warehouse,
  only = sql``,
): Promise<readonly SourceView[]> {
  const gone = await rowsListed(warehouse);
  const kept: SourceView[] = [];
  for (const staged of views) {
    if (!gone.has(staged.number)) {
      kept.push(staged);
      continue;
    }
    const view = `${staged.view}_kept`;
    await warehouse.run(
      warehouse.dialect.createTemporary(
        'view',
        identifier(view),
        sql`select * from ${identifier(staged.view)} as all_rows where not exists (
  select 1 from ${identifier(supersededTable)} as newer where newer.source = ${keyword(String(staged.number))} and newer.seq = all_rows.seq${only})`,
      ),
    );
    kept.push({ ...staged, view });
  }
  return kept;
}

/** Rows that gave way, as rejects of their source. */
export function supersededRejects(
  views: readonly SourceView[],
  superseded: readonly Superseded[],
): readonly Sql[] {
  return views
    .filter((view) => superseded.some(({ number }) => number === view.number))
    .map(
      (view) =>
        sql`select source, line, cast(null as varchar) as ${identifier('column')}, cast(null as varchar) as value, reason from (${linesGone(asStaged(view))}) as gone`,
    );
}
