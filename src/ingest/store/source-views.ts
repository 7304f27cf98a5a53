import { join } from 'node:path';
import type { Warehouse } from '../../stores/index.ts';
import type { ManifestSource } from './manifest.ts';

/** What one source staged, as a view of the warehouse. */
export interface SourceView {
  readonly source: ManifestSource;
  readonly view: string;
  readonly columns: ReadonlySet<string>;
  /** What is added to positions, so that those of a later source follow. */
  readonly seqOffset: number;
  /** Position among the sources, from 1. */
  readonly number: number;
}

/** Makes a view over the parts that a source staged. */
export async function viewsOf(
  warehouse: Warehouse,
  store: string,
  sources: readonly ManifestSource[],
  part: 'main' | 'cases' | 'rejects',
): Promise<readonly SourceView[]> {
  const views: SourceView[] = [];
  let seqOffset = 0;
  for (const [at, source] of sources.entries()) {
    const files = source.staged.filter((staged) => staged.part === part);
    if (files.length > 0) {
      const view = `staged_${part}_${at + 1}`;
      await warehouse.viewParquet(
        view,
        files.map((staged) => join(store, staged.file)),
      );
      const columns = new Set((await warehouse.columns(view)).map((column) => column.name));
      views.push({ source, view, columns, seqOffset, number: at + 1 });
    }
    seqOffset += source.lastSeq;
  }
  return views;
}
