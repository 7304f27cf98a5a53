import { normalize } from 'node:path/posix';
import type { Extract } from './charter/extract.ts';

/** Which part of a file is read: a sheet of a workbook, or the objects of one type of a log. */
export interface FilePart {
  readonly sheet?: string | undefined;
  readonly objectType?: string | undefined;
}

/** What the name of a file gets where a part of it is read: ", sheet Jan"; nothing where all of it is. */
export function partWords({ sheet, objectType }: FilePart): string {
  const words = sheet === undefined ? '' : `, sheet ${sheet}`;
  return objectType === undefined ? words : `${words}, object type ${objectType}`;
}

/** The path of an extract from the folder of its charter, in its shortest form: "./x.csv" is "x.csv". */
export function extractPath({ file }: Pick<Extract, 'file'>): string {
  return normalize(file);
}

/** The name that the source of an extract has: its path, and its sheet or type of object where one is stated. */
export function extractName(extract: Pick<Extract, 'file' | 'sheet' | 'object_type'>): string {
  return extractPath(extract) + partWords({ sheet: extract.sheet, objectType: extract.object_type });
}

/** True where a source is what a charter's extract asks for; one that states no part of its file is any of them. */
export function isOfExtract(
  extract: Extract,
  source: { readonly file: string; readonly as: string },
): boolean {
  if (source.as !== extract.as) return false;
  if (source.file === extractName(extract)) return true;
  const isWhole = extract.sheet === undefined && extract.object_type === undefined;
  const path = extractPath(extract);
  return (
    isWhole && [`${path}, sheet `, `${path}, object type `].some((words) => source.file.startsWith(words))
  );
}
