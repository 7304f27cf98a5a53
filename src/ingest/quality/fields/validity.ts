import { meaningInWords } from '../../../core/index.ts';
import { faultyRows, isFaulty } from '../../faulty-rows.ts';
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

/** What could not be read, and what was read with a word, by file: the import counted both. */
export function validity(manifest: Manifest): readonly FieldMeasure[] {
  return manifest.sources.flatMap((source): FieldMeasure[] => {
    const { file, rowsIn, reasons, notices } = source;
    return [
      {
        dimension: 'Valid',
        table: file,
        field: 'all',
        counted: 'rows set aside as unusable',
        count: faultyRows(source),
        of: rowsIn,
        touches: 'every figure from this file',
        cautionFrom: 0.01,
      },
      ...reasons.map(({ reason, rows }) => ({
        dimension: 'Valid',
        table: file,
        field: reason,
        counted: meaningInWords(reason),
        count: rows,
        of: rowsIn,
        touches: 'every figure from this file',
        cautionFrom: isFaulty(reason) ? 0.001 : null,
      })),
      ...notices
        .filter(({ code, count }) => toldOf.includes(code) && count !== undefined)
        .map(({ code, count }) => ({
          dimension: 'Valid',
          table: file,
          field: code,
          counted: meaningInWords(code),
          count: count ?? 0,
          of: rowsIn,
          touches: 'times of these rows',
          cautionFrom: null,
        })),
    ];
  });
}
