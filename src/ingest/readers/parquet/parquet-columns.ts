import { WellspentError } from '../../../core/index.ts';
import { identifier, type Sql, sql, type Warehouse } from '../../../stores/index.ts';
import { nameColumns } from '../delimited/sniff.ts';
import { tooManyColumns } from '../row-collector.ts';

/** A column of a Parquet file as it is read: its name, and the engine's expression for its value. */
export interface ParquetColumn {
  readonly name: string;
  readonly value: Sql;
  /** True for values that may be long: texts and bytes. */
  readonly isText: boolean;
}

/** The columns that are read, and the names of those that hold lists or more than one level of structure. */
export interface ParquetColumns {
  readonly columns: readonly ParquetColumn[];
  readonly leftOut: readonly string[];
}

interface Described {
  readonly [column: string]: string;
  readonly column_name: string;
  readonly column_type: string;
}

const isStructure = (type: string) => type.startsWith('STRUCT(') && type.endsWith(')');
const isNested = (type: string) => /\]$|^(STRUCT|MAP|UNION|VARIANT)\b/.test(type);
const hasFractions = (type: string) => /^(DOUBLE|FLOAT|DECIMAL)/.test(type);
const isText = (type: string) => type === 'VARCHAR' || type === 'BLOB' || type === 'BIT';

/**
 * A whole number without a fraction, however it is held: whoever writes a column of ids with one missing may hold 1001 as
 * 1001.0, which in any other file is 1001.
 */
function asRead(own: Sql, type: string): Sql {
  if (!hasFractions(type)) return own;
  const whole = sql`cast(cast(${own} as bigint) as varchar)`;
  return sql`case when ${own} = trunc(${own}) and abs(${own}) < 1e15 then ${whole} else cast(${own} as varchar) end`;
}

/** Finds the columns of the view `source`; structures become a column for each of their fields, as `outer.inner`. */
export async function parquetColumns(
  file: string,
  warehouse: Warehouse,
  mostColumns: number,
): Promise<ParquetColumns> {
  const outer = await warehouse.query<Described>(sql`describe select * from source`);
  if (outer.length > mostColumns) throw tooManyColumns(file, mostColumns);
  const found: ParquetColumn[] = [];
  const leftOut: string[] = [];
  for (const { column_name: name, column_type: type } of outer) {
    const own = sql`${identifier(name)}`;
    if (!isNested(type)) found.push({ name, value: asRead(own, type), isText: isText(type) });
    else if (!isStructure(type)) leftOut.push(name);
    else {
      const inner = await warehouse.query<Described>(sql`describe select unnest(${own}) from source`);
      for (const field of inner) {
        const called = `${name}.${field.column_name}`;
        const value = sql`struct_extract(${own}, ${field.column_name})`;
        if (isNested(field.column_type)) leftOut.push(called);
        else
          found.push({
            name: called,
            value: asRead(value, field.column_type),
            isText: isText(field.column_type),
          });
      }
    }
    if (found.length > mostColumns) throw tooManyColumns(file, mostColumns);
  }
  if (found.length === 0)
    throw new WellspentError('NOT_AN_EVENT_LOG', `${file} has no column that holds single values.`, {
      where: { file },
      found: leftOut.slice(0, 10).join(', '),
    });
  const names = nameColumns(found.map(({ name }) => name));
  return { columns: found.map((column, c) => ({ ...column, name: names[c] as string })), leftOut };
}
