import type { Figure, Result } from '../../src/core/index.ts';
import { type MeasureWorkspace, traceMeasure } from '../../src/measure/index.ts';
import {
  countClasses,
  identifier,
  type RowTrail,
  readingOf,
  sql,
  type Warehouse,
} from '../../src/stores/index.ts';

/** What is wrong with one table behind a figure: rows missing or doubled, or another value than the figure's. */
async function faultsOf(warehouse: Warehouse, figure: Figure, trail: RowTrail): Promise<readonly string[]> {
  const classes = await countClasses(warehouse, trail, []);
  const counted = classes.reduce((sum, { rows }) => sum + rows, 0);
  const [whole] = await warehouse.query<{ n: number }>(
    sql`select count(*) as n from ${identifier(trail.table)}`,
  );
  const reading = readingOf(trail, classes);
  const isSame =
    reading === null ||
    figure.value === null ||
    Math.abs(reading - figure.value) <= 1e-9 * Math.max(1, Math.abs(figure.value));
  return [
    ...(counted === whole?.n ? [] : [`${counted} of ${whole?.n} rows of ${trail.table} have a class`]),
    ...(isSame ? [] : [`its rows give ${reading}, and it says ${figure.value}`]),
    ...(new Set(classes.map(({ id }) => id)).size === classes.length ? [] : ['two classes have one id']),
    ...(classes.at(-1)?.where === null ? [] : ['no class takes the rest']),
  ];
}

/**
 * What keeps figures of Results from leading to their rows. None, where every row of each table behind a figure is in one
 * class, used or left out for a reason, and they give the figure again; or where the figure says why it has no rows.
 */
export async function faultsOfRowsBehind(
  workspace: MeasureWorkspace,
  results: { readonly measured: readonly Result[] },
): Promise<readonly string[]> {
  const { warehouse } = workspace;
  const ofMeasure = await traceMeasure(workspace);
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const result of results.measured)
    for (const figure of result.figures) {
      const rows = figure.ofNobody ? { noRows: 'tells of nobody' } : await ofMeasure(result.id, figure);
      const name = `${result.id}/${figure.id}`;
      if (!rows) faults.push(`${name}: leads to no rows and does not say why`);
      if (!rows || 'noRows' in rows) continue;
      for (const trail of rows.trails) {
        // Several figures rest on the same rows: those are looked at once.
        const same = JSON.stringify([trail, trail.gives ? figure.value : null]);
        if (seen.has(same)) continue;
        seen.add(same);
        for (const fault of await faultsOf(warehouse, figure, trail))
          faults.push(`${name}, ${trail.id}: ${fault}`);
      }
    }
  return seen.size > 0 ? faults : ['no figure leads to any row'];
}
