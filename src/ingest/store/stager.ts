import { join } from 'node:path';
import { type ColumnSpec, identifier, joinSql, sql, type Warehouse } from '../../stores/index.ts';
import type { StagedRows } from '../cast/cast-batch.ts';
import type { StagedFile } from './manifest.ts';

/** Values held before they are sorted and written: memory goes by values, not by rows. */
const valuesAPart = 1_500_000;
/** Characters of text held likewise: few values can be long ones. */
const charactersAPart = 16_000_000;
/** Tables are made from the parts by range of cases: a range should not have to read much of its neighbours. */
const rowsAGroup = 8_192;

/** Writes cast rows to Parquet parts of bounded size. */
export interface Stager {
  add(rows: StagedRows): Promise<void>;
  /** Writes what is left and tells all parts, with file names relative to the store. */
  end(): Promise<readonly StagedFile[]>;
}

function charactersIn(values: StagedRows['values']): number {
  let characters = 0;
  for (const column of values)
    if (!(column instanceof Float64Array))
      for (const value of column) if (typeof value === 'string') characters += value.length;
  return characters;
}

/** Makes a stager for one part of one source; `folder` is relative to the store. */
export function stagerFor(
  warehouse: Warehouse,
  store: string,
  folder: string,
  part: StagedFile['part'],
  signal?: AbortSignal,
): Stager {
  const table = `staging_${part}`;
  const files: StagedFile[] = [];
  let columns: readonly ColumnSpec[] = [];
  let rows = 0;
  let characters = 0;

  const flush = async () => {
    if (rows === 0) return;
    const file = join(folder, `${part}-${String(files.length).padStart(4, '0')}.parquet`);
    const names = joinSql(
      columns.map((column) => identifier(column.name)),
      ', ',
    );
    const hasCases = part === 'main' && columns.some((column) => column.name === 'case_id');
    const order = hasCases ? sql` order by case_id, seq` : sql``;
    await warehouse.writeParquet(sql`select ${names} from ${identifier(table)}${order}`, join(store, file), {
      rowsAGroup,
      ...(signal ? { signal } : {}),
    });
    files.push({ part, file, rows, characters });
    rows = 0;
    characters = 0;
    await warehouse.createTable(table, columns);
  };

  return {
    async add(staged) {
      if (staged.rows === 0) return;
      const same =
        columns.length === staged.columns.length &&
        columns.every((column, c) => column.name === staged.columns[c]?.name);
      if (!same) {
        await flush();
        columns = staged.columns;
        await warehouse.createTable(table, columns);
      }
      await warehouse.append(table, columns, staged.values);
      rows += staged.rows;
      characters += charactersIn(staged.values);
      if (rows * columns.length >= valuesAPart || characters >= charactersAPart) await flush();
    },
    async end() {
      await flush();
      if (columns.length > 0) await warehouse.run(sql`drop table ${identifier(table)}`);
      return files;
    },
  };
}
