import { type CellPlace, type Figure, type Result, type TableCell, tableCell } from '../../core/index.ts';
import { traceQuality, type Workspace } from '../../ingest/index.ts';
import { measureCells, traceMeasure } from '../../measure/index.ts';
import {
  countClasses,
  identifier,
  type RowTrail,
  readingOf,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { findCells } from './find-cells.ts';
import { traceFind } from './find-rows.ts';

type Traced = Pick<Figure, 'id' | 'name' | 'value'>;

/** What is wrong with one table behind a figure: rows missing or doubled, or another value than the figure's. */
async function faultsOf(warehouse: Warehouse, figure: Traced, trail: RowTrail): Promise<readonly string[]> {
  const classes = await countClasses(warehouse, trail, []);
  const counted = classes.reduce((sum, { rows }) => sum + rows, 0);
  const [whole] = await warehouse.query<{ n: number }>(
    sql`select count(*) as n from ${identifier(trail.table)}`,
  );
  const reading = await readingOf(warehouse, trail, classes);
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

/** The findings that a Result lists, each as a count of its cases. */
function findingsOf({ tables }: Result): readonly Traced[] {
  return tables
    .filter(({ id }) => ['findings', 'parts', 'workarounds'].includes(id))
    .flatMap(({ rows }) =>
      rows.map((row) => ({ id: String(row.id), name: String(row.title), value: Number(row.cases) })),
    );
}

/** The first and the last cell of each column that leads to rows. */
function cellsOf({ id, tables }: Result, places: Readonly<Record<string, readonly CellPlace[]>>) {
  return (places[id] ?? []).flatMap((place) => {
    const table = tables.find((one) => one.id === place.table);
    const all = (table?.rows ?? []).flatMap((row): readonly TableCell[] => {
      const cell = table ? tableCell(table, place, row) : null;
      return cell ? [cell] : [];
    });
    const ids = new Set(all.map(({ figure }) => figure.id));
    if (ids.size < all.length) throw new Error(`${id}/${place.table}: two rows have the same keys`);
    return all.filter((_, i) => i === 0 || i === all.length - 1);
  });
}

/**
 * What keeps figures of Results, and findings, from leading to their rows. None, where every row of each table behind one
 * is in one class, used or left out for a reason, and they give it again; or where it says why it has no rows.
 */
export async function faultsOfRowsBehind(
  workspace: Workspace,
  results: Partial<Readonly<Record<'measured' | 'found' | 'checked', readonly Result[]>>>,
): Promise<readonly string[]> {
  const { warehouse } = workspace;
  const faults: string[] = [];
  const seen = new Set<string>();
  const look = async (result: Result, figure: Traced, traced: ReturnType<ReturnType<typeof traceFind>>) => {
    const rows = await traced;
    const name = `${result.id}/${figure.id}`;
    if (!rows) faults.push(`${name}: leads to no rows and does not say why`);
    if (!rows || 'noRows' in rows) return;
    for (const trail of rows.trails) {
      // Several figures rest on the same rows: those are looked at once.
      const same = JSON.stringify([trail, trail.gives ? figure.value : null]);
      if (seen.has(same)) continue;
      seen.add(same);
      for (const fault of await faultsOf(warehouse, figure, trail))
        faults.push(`${name}, ${trail.id}: ${fault}`);
    }
  };
  const figuresOf = ({ figures }: Result) => figures.filter(({ ofNobody }) => !ofNobody);
  const ofMeasure = results.measured ? await traceMeasure(workspace) : null;
  for (const result of results.measured ?? [])
    for (const figure of figuresOf(result))
      if (ofMeasure) await look(result, figure, ofMeasure(result.id, figure));
  for (const result of results.measured ?? [])
    for (const cell of cellsOf(result, measureCells))
      if (ofMeasure) await look(result, cell.figure, ofMeasure(result.id, cell.figure, cell));
  const ofFind = traceFind(workspace);
  for (const result of results.found ?? [])
    for (const figure of [...figuresOf(result), ...findingsOf(result)])
      await look(result, figure, ofFind(result, figure));
  for (const result of results.found ?? [])
    for (const cell of cellsOf(result, findCells))
      await look(result, cell.figure, ofFind(result, cell.figure, cell));
  const ofChecks = traceQuality(workspace);
  for (const result of results.checked ?? [])
    for (const figure of figuresOf(result)) await look(result, figure, ofChecks(result, figure));
  return seen.size > 0 ? faults : ['nothing leads to any row'];
}
