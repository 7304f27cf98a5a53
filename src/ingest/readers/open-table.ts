import { openDelimited } from './delimited/read-delimited.ts';
import type { RawTable, ReadOptions, SourceFormat } from './raw-table.ts';
import { openParquet } from './read-parquet.ts';
import { type Recognised, recognise } from './recognise.ts';
import { openXes } from './xes/read-xes.ts';

type Reader = (file: string, found: Recognised, options: ReadOptions) => RawTable | Promise<RawTable>;

const readers: Readonly<Record<SourceFormat, Reader>> = {
  delimited: openDelimited,
  parquet: openParquet,
  xes: openXes,
};

/** Recognises a file by its content and opens it with the reader of its format. */
export async function openTable(
  file: string,
  options: ReadOptions,
): Promise<{ table: RawTable; bytes: number }> {
  const found = await recognise(file);
  return { table: await readers[found.format](file, found, options), bytes: found.bytes };
}
