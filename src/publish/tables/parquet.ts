import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CellValue, type Column, type Table, temporaryFolder } from '../../core/index.ts';
import {
  type ColumnKind,
  type ColumnSpec,
  type ColumnValues,
  identifier,
  openDuckdb,
  sql,
} from '../../stores/index.ts';

interface ParquetColumn extends ColumnSpec {
  readonly values: ColumnValues;
}

const isMark = (value: CellValue) => typeof value === 'string' && value !== '';

function kindOf({ type }: Column): ColumnKind {
  if (type === 'text' || type === 'period' || type === 'time') return 'text';
  return type === 'date' ? 'date' : 'number';
}

const words = (value: CellValue) => (value === null ? null : String(value));
const number = (value: CellValue) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const day = (value: CellValue) => (/^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? String(value) : null);

/** A column of a table; where numbers give way to symbols, a second column `<key>_mark` holds these. */
function columnsOf(column: Column, table: Table): readonly ParquetColumn[] {
  const { key } = column;
  const cells = table.rows.map((row) => row[key] ?? null);
  const kind = kindOf(column);
  if (kind === 'text') return [{ name: key, kind, values: cells.map(words) }];
  if (kind === 'date') return [{ name: key, kind, values: cells.map(day) }];
  const marks = cells.map((cell) => (isMark(cell) ? String(cell) : null));
  return [
    { name: key, kind, values: cells.map(number) },
    ...(marks.some((mark) => mark !== null)
      ? [{ name: `${key}_mark`, kind: 'text' as const, values: marks }]
      : []),
  ];
}

/** Tables as Parquet files, in their order. Needs a folder of the system's for a moment. */
export async function tablesToParquet(tables: readonly Table[]): Promise<readonly Uint8Array[]> {
  const folder = temporaryFolder('parquet');
  const warehouse = await openDuckdb({ folders: [folder] });
  try {
    const written: Uint8Array[] = [];
    for (const [i, table] of tables.entries()) {
      const columns = table.columns.flatMap((column) => columnsOf(column, table));
      const name = `table_${i}`;
      await warehouse.createTable(name, columns);
      if (table.rows.length > 0)
        await warehouse.append(
          name,
          columns,
          columns.map(({ values }) => values),
        );
      const file = join(folder, `${name}.parquet`);
      await warehouse.writeParquet(sql`select * from ${identifier(name)}`, file);
      written.push(readFileSync(file));
    }
    return written;
  } finally {
    await warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
