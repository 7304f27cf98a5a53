import { WellspentError } from '../../core/index.ts';
import type { ImportRules } from '../import-rules.ts';
import { openTable } from '../readers/open-table.ts';
import type { ReadLimits } from '../readers/raw-table.ts';
import { sameColumns, savedMappings } from './saved-mapping.ts';

/**
 * What separates the values of a file: as stated, else as was stated for an earlier file whose columns it has when it
 * is split so. Undefined where it is to be found.
 */
export async function savedDelimiter(
  store: string,
  file: string,
  { as, map, delimiter, encoding, sheet, objectType }: ImportRules,
  limits?: Partial<ReadLimits>,
): Promise<string | undefined> {
  if (delimiter !== undefined || sheet !== undefined || objectType !== undefined) return delimiter;
  if (Object.keys(map).length > 0) return undefined;
  for (const saved of savedMappings(store, as)) {
    if (saved.delimiter === undefined) continue;
    try {
      const { table } = await openTable(file, {
        ...(encoding ? { encoding } : {}),
        ...(limits ? { limits } : {}),
        delimiter: saved.delimiter,
      });
      if (sameColumns(saved.columns, table.columns)) return saved.delimiter;
    } catch (error) {
      // It is not such a file; what is wrong with it is said when it is read.
      if (!(error instanceof WellspentError)) throw error;
    }
  }
  return undefined;
}
