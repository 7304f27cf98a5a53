import type { WellspentError } from '../../core/index.ts';
import {
  didYouMean,
  type Extract,
  nearestName,
  type StatedExtract,
  type StatedExtracts,
} from '../../define/index.ts';
import { guessMapping } from '../mapping/guess-mapping.ts';
import { type KeySlip, slipInWords } from '../mapping/key-slips.ts';
import { spreadColumns } from '../shapes/extract-shape.ts';

interface NamedColumn {
  readonly path: readonly (string | number)[];
  readonly column: string;
  /** The field that the column is to fill, for those of `map`. */
  readonly field: string | null;
}

const mostShown = 40;

function namedColumns({ map, drop, steps, dedupe }: Extract): readonly NamedColumn[] {
  const keys = dedupe === undefined || dedupe === 'exact' ? null : dedupe;
  const latest = keys?.keep_latest_by;
  return [
    ...Object.entries(map ?? {}).map(([field, column]) => ({ path: ['map', field], column, field })),
    ...(drop ?? []).map((column, k) => ({ path: ['drop', k], column, field: null })),
    ...Object.entries(steps ?? {}).map(([step, column]) => ({ path: ['steps', step], column, field: null })),
    ...(keys?.key ?? []).map((column, k) => ({ path: ['dedupe', 'key', k], column, field: null })),
    ...(latest === undefined ? [] : [{ path: ['dedupe', 'keep_latest_by'], column: latest, field: null }]),
  ];
}

/** The column meant: the one spelt nearest, else the free one whose name is a usual one for the field. */
function meantColumn({ column, field }: NamedColumn, extract: Extract, columns: readonly string[]) {
  const near = nearestName(column, columns);
  if (near !== undefined || field === null) return near;
  const others = Object.entries(extract.map ?? {}).filter(
    ([key, name]) => key !== field && columns.includes(name),
  );
  const guesses = guessMapping({
    as: extract.as,
    columns,
    sample: { rows: 0, lines: [], columns: [], faults: [] },
    stated: Object.fromEntries(others),
  });
  return guesses.find((guess) => guess.field === field)?.column;
}

/** Columns that an extract of the charter names and its file lacks, each at its line. */
export function missingColumns(
  stated: StatedExtracts,
  { extract, index }: StatedExtract,
  columns: readonly string[],
): readonly WellspentError[] {
  const known = new Set<string>([...columns, ...Object.values(spreadColumns)]);
  return namedColumns(extract)
    .filter(({ column }) => !known.has(column))
    .map((named) => {
      const { path, column, field } = named;
      const meant = meantColumn(named, extract, columns);
      return stated.fault(
        'COLUMN_MISSING',
        ['extracts', index, ...path],
        `${extract.file} has no column "${column}".`,
        {
          found: columns.slice(0, mostShown).join(', '),
          hint: field === null || meant === undefined ? didYouMean(column, columns) : `${field}: ${meant}`,
        },
      );
    });
}

/** The slips as faults, each at its line. */
export function slipFaults(
  stated: StatedExtracts,
  { extract, index }: StatedExtract,
  slips: readonly KeySlip[],
): readonly WellspentError[] {
  return slips.map((slip) => {
    const { message, ...details } = slipInWords(slip, extract);
    return stated.fault('MAPPING_KEY_MISSPELT', ['extracts', index, 'map', slip.key], message, details);
  });
}
