import { errorCatalogue, isErrorCode } from '../../../core/index.ts';
import type { Manifest } from '../../store/manifest.ts';
import type { FieldMeasure } from './measure.ts';

/** Values that could be read but need a word. */
const toldOf = [
  'SENTINEL',
  'TIME_OFFSETS_MIXED',
  'CLOCK_GAP',
  'CLOCK_AMBIGUOUS',
  'TIME_24',
  'EXCEL_SERIAL',
  'DATE_ORDER_MIXED',
  'EVENTS_WITHOUT_TIME',
];

function meaning(code: string): string {
  return isErrorCode(code) ? errorCatalogue[code].meaning : code;
}

/** What could not be read, and what was read with a word, by file: the import counted both. */
export function validity(manifest: Manifest): readonly FieldMeasure[] {
  return manifest.sources.flatMap(({ file, rowsIn, rowsSetAside, reasons, notices }): FieldMeasure[] => [
    {
      dimension: 'Valid',
      table: file,
      field: 'all',
      counted: 'rows set aside',
      count: rowsSetAside,
      of: rowsIn,
      touches: 'every figure from this file',
      cautionFrom: 0.01,
    },
    ...reasons.map(({ reason, rows }) => ({
      dimension: 'Valid',
      table: file,
      field: reason,
      counted: meaning(reason),
      count: rows,
      of: rowsIn,
      touches: 'every figure from this file',
      cautionFrom: 0.001,
    })),
    ...notices
      .filter(({ code, count }) => toldOf.includes(code) && count !== undefined)
      .map(({ code, count }) => ({
        dimension: 'Valid',
        table: file,
        field: code,
        counted: meaning(code),
        count: count ?? 0,
        of: rowsIn,
        touches: 'times of these rows',
        cautionFrom: null,
      })),
  ]);
}
