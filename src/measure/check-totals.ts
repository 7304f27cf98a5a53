import { countOf, dateLabel, WellspentError, WellspentFaults } from '../core/index.ts';
import { identifier, joinSql, type Row, sql, type Warehouse } from '../stores/index.ts';
import type { MeasureWorkspace } from './workspace.ts';

type TotalsTable = 'volumes' | 'quality' | 'inputs';

/** What tells the rows of each table of totals apart, beside columns that the extract brings of its own. */
const keysOf: Readonly<Record<TotalsTable, readonly string[]>> = {
  volumes: ['period', 'output'],
  quality: ['period', 'measure', 'output'],
  inputs: ['period', 'input'],
};

/** What each table counts, which does not tell rows apart. */
const valuesOf: Readonly<Record<TotalsTable, readonly string[]>> = {
  volumes: ['quantity', 'unit_cost', 'fixed_cost'],
  quality: ['value', 'n'],
  inputs: ['volume', 'cost', 'deflator', 'category'],
};

const words: Readonly<Record<string, string>> = { n: 'number it rests on' };

function inWords(column: string): string {
  return words[column] ?? column.replaceAll('_', ' ');
}

/** The values of a row that are there, as a reader would say them: "quantity 2, unit cost 3". */
function valuesInWords(row: Row, table: TotalsTable): string {
  const said = valuesOf[table].filter((name) => row[name] !== null && row[name] !== undefined);
  return said.map((name) => `${inWords(name)} ${row[name]}`).join(', ') || 'no values';
}

/** What a row speaks of: `output "permits" on 1 April 2026`. */
function subject(row: Row, table: TotalsTable): string {
  const named = keysOf[table]
    .filter((name) => name !== 'period' && row[name] !== null && row[name] !== undefined)
    .map((name) => `${name} "${row[name]}"`);
  const period =
    row.period === null || row.period === undefined ? 'no period' : dateLabel(String(row.period));
  return `${named.join(' of ')} for the period from ${period}`;
}

interface RowPlace {
  readonly file?: string;
  readonly line?: number;
}

function placeOf(row: Row, { sources }: MeasureWorkspace): RowPlace {
  const file = sources[Number(row.source) - 1]?.file;
  if (file === undefined) return {};
  // Tables that were written before rows kept their line have none.
  return row.line === null || row.line === undefined ? { file } : { file, line: Number(row.line) };
}

function doubledRows(
  rows: readonly Row[],
  table: TotalsTable,
  keys: readonly string[],
  workspace: MeasureWorkspace,
) {
  const seen = new Map<string, Row>();
  return rows.flatMap((row) => {
    const key = JSON.stringify(keys.map((name) => String(row[name])));
    const first = seen.get(key);
    if (!first) {
      seen.set(key, row);
      return [];
    }
    const where = placeOf(row, workspace);
    const { line } = placeOf(first, workspace);
    return [
      new WellspentError(
        'MEASURE_DUPLICATE_ROW',
        `${where.file ?? `the table of ${table}`} gives ${subject(row, table)} twice${line === undefined ? '' : `, first on line ${line}`}.`,
        {
          where,
          found: `${valuesInWords(first, table)}; then ${valuesInWords(row, table)}`,
          hint: 'keep one of the two rows, or add the column that tells them apart; then add the file again',
        },
      ),
    ];
  });
}

function impossibleRows(rows: readonly Row[], workspace: MeasureWorkspace): readonly WellspentError[] {
  const below = (value: unknown, least: (n: number) => boolean) =>
    value !== null && value !== undefined && !least(Number(value));
  return rows.flatMap((row) => {
    const isPossible =
      !below(row.quantity, (n) => n >= 0) &&
      !below(row.unit_cost, (n) => n > 0) &&
      !below(row.fixed_cost, (n) => n >= 0);
    if (isPossible) return [];
    const where = placeOf(row, workspace);
    return [
      new WellspentError(
        'VOLUMES_INVALID',
        `${where.file ?? 'the table of volumes'} gives ${subject(row, 'volumes')} a value that cannot be.`,
        {
          where,
          found: valuesInWords(row, 'volumes'),
          hint: 'correct the row, leaving an unknown unit cost empty; then add the file again',
        },
      ),
    ];
  });
}

async function readRows(warehouse: Warehouse, table: TotalsTable, columns: readonly string[]) {
  const list = joinSql(
    columns.map((name) => identifier(name)),
    ', ',
  );
  const place = columns.filter((name) => name === 'source' || name === 'line');
  const order = [...place, ...keysOf[table]].map((name) => sql`${identifier(name)} nulls first`);
  return warehouse.query<Row>(sql`select ${list} from ${identifier(table)} order by ${joinSql(order, ', ')}`);
}

/**
 * Rows of totals that stand twice, with no column telling them apart, and volumes that cannot be: each would make
 * figures wrong, so none are worked out until they are mended. All come together, each with its file and line.
 */
export async function faultsOfTotals(workspace: MeasureWorkspace): Promise<readonly WellspentError[]> {
  const faults: WellspentError[] = [];
  for (const table of ['volumes', 'quality', 'inputs'] as const) {
    if (!workspace.tables.has(table)) continue;
    const columns = (await workspace.warehouse.columns(table)).map(({ name }) => name);
    const known = new Set([...valuesOf[table], 'source', 'line']);
    const rows = await readRows(workspace.warehouse, table, columns);
    faults.push(
      ...doubledRows(
        rows,
        table,
        columns.filter((name) => !known.has(name)),
        workspace,
      ),
      ...(table === 'volumes' ? impossibleRows(rows, workspace) : []),
    );
  }
  return faults;
}

/** Throws what `faultsOfTotals` finds. */
export async function refuseFaultyTotals(workspace: MeasureWorkspace): Promise<void> {
  const faults = await faultsOfTotals(workspace);
  const [first] = faults;
  if (first)
    throw new WellspentFaults(first.code, `The totals have ${countOf(faults.length, 'fault')}.`, faults);
}
