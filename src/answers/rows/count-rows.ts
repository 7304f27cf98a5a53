import type { Workspace } from '../../ingest/index.ts';
import { type CanonicalTable, countClasses } from '../../stores/index.ts';
import type { Answers } from '../answers.ts';
import { tracedVerbs, traceRows } from './trace-rows.ts';

/** Rows of one table that a figure uses, and those it leaves out: together all rows of the table. */
export interface TableRows {
  readonly table: CanonicalTable;
  readonly used: number;
  readonly leftOut: number;
}

/** The rows behind one figure by table, or why there are none. */
export type FigureRowCounts = { readonly tables: readonly TableRows[] } | { readonly noRows: string };

/**
 * Counts the rows behind every figure of some pages, such as `measure/output`; the key is the page, a slash and the
 * figure's id. A table that stands behind a figure in several ways counts where it is used most.
 */
export async function countFigureRows(
  workspace: Workspace,
  answers: Answers,
  pages: readonly string[],
): Promise<ReadonlyMap<string, FigureRowCounts>> {
  const trace = traceRows(workspace);
  const counts = new Map<string, FigureRowCounts>();
  const known = new Map<string, TableRows>();
  for (const verb of tracedVerbs)
    for (const result of answers[verb]) {
      const page = `${verb}/${result.id}`;
      if (!pages.includes(page)) continue;
      for (const figure of result.figures) {
        const key = `${page}/${figure.id}`;
        const rows = await trace(verb, result, figure);
        if ('noRows' in rows) {
          counts.set(key, rows);
          continue;
        }
        const tables = new Map<CanonicalTable, TableRows>();
        for (const trail of rows.trails) {
          // Several figures rest on the same rows: those are counted once.
          const same = JSON.stringify([trail.from, trail.classes]);
          const found = known.get(same) ?? (await countTable(workspace, trail));
          known.set(same, found);
          if (found.used >= (tables.get(trail.table)?.used ?? 0)) tables.set(trail.table, found);
        }
        counts.set(key, { tables: [...tables.values()] });
      }
    }
  return counts;
}

async function countTable(
  { warehouse }: Workspace,
  trail: Parameters<typeof countClasses>[1],
): Promise<TableRows> {
  const classes = await countClasses(warehouse, trail, []);
  const sum = (isUsed: boolean) =>
    classes.reduce((all, { used, rows }) => all + (used === isUsed ? rows : 0), 0);
  return { table: trail.table, used: sum(true), leftOut: sum(false) };
}
