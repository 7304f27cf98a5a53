import { WellspentError } from '../../core/index.ts';
import { openDelimited } from './delimited/read-delimited.ts';
import { openJson } from './json/read-json.ts';
import { openOcelCsv } from './ocel/ocel-csv.ts';
import { openOcelSqlite } from './ocel/ocel-sqlite.ts';
import { openOcelXml } from './ocel/ocel-xml.ts';
import { openParquet } from './parquet/read-parquet.ts';
import { columnsComeLate, defaultLimits, type RawTable, type ReadOptions } from './raw-table.ts';
import { type Recognised, type RecognisedFormat, recognise } from './recognise.ts';
import { openXes } from './xes/read-xes.ts';
import { openXlsx } from './xlsx/read-xlsx.ts';

type Reader = (file: string, found: Recognised, options: ReadOptions) => RawTable | Promise<RawTable>;

const readers: Readonly<Record<RecognisedFormat, Reader>> = {
  delimited: openDelimited,
  json: openJson,
  'ocel-csv': openOcelCsv,
  'ocel-xml': openOcelXml,
  parquet: openParquet,
  sqlite: (file, { bytes }, options) => openOcelSqlite(file, bytes, options),
  xes: openXes,
  zip: openXlsx,
};

/** What is asked of a format that it does not have is a mistake to be told, not to be passed over. */
function refuseStrayOptions(
  file: string,
  table: RawTable,
  { sheet, objectType, delimiter }: ReadOptions,
): void {
  if (delimiter !== undefined && table.format !== 'delimited')
    throw new WellspentError(
      'DELIMITER_WRONG',
      `${file} is no delimited text, so nothing separates its values.`,
      { where: { file }, found: table.format },
    );
  if (sheet !== undefined && table.format !== 'xlsx')
    throw new WellspentError('SHEET_NOT_FOUND', `${file} is no workbook, so it has no sheet "${sheet}".`, {
      where: { file },
    });
  if (objectType !== undefined && table.format !== 'ocel')
    throw new WellspentError(
      'OBJECT_TYPE_NOT_FOUND',
      `${file} is no object-centric log (OCEL), so it has no object type "${objectType}".`,
      { where: { file } },
    );
}

function refuseTooManyColumns(file: string, { columns }: RawTable, { limits }: ReadOptions): void {
  const most = limits?.columns ?? defaultLimits.columns;
  if (columns.length > most)
    throw new WellspentError('TOO_MANY_COLUMNS', `${file} has ${columns.length} columns.`, {
      where: { file },
      found: columns.slice(0, 10).join(', '),
    });
}

/** Recognises a file by its content and opens it with the reader of its format. */
export async function openTable(
  file: string,
  options: ReadOptions,
): Promise<{ table: RawTable; bytes: number }> {
  const found = await recognise(file);
  const table = await readers[found.format](file, found, options);
  refuseTooManyColumns(file, table, options);
  refuseStrayOptions(file, table, options);
  if (table.columns.length === 0 && !columnsComeLate(table.format))
    throw new WellspentError('FILE_EMPTY', `${file} holds nothing but blank lines.`, { where: { file } });
  return { table, bytes: found.bytes };
}
