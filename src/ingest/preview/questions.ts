import type { ExtractKind } from '../../define/index.ts';
import type { MinutesIn } from '../import-rules.ts';
import { fieldsOf } from '../mapping/fields.ts';
import { unitInName } from '../mapping/work-unit.ts';
import type { DateReadings } from './date-readings.ts';
import type { ExtractPreview } from './preview-extract.ts';

/** What must be asked about a file, because its bytes cannot tell; empty parts need not be asked. */
export interface OpenQuestions {
  /** Columns whose dates read both ways. */
  readonly dateOrder: readonly DateReadings[];
  /** Columns with times of day that carry no offset from UTC. */
  readonly timeZone: readonly string[];
  /** The column of work, with its smallest and largest value and the unit that its name says. */
  readonly minutes: {
    readonly column: string;
    readonly range: readonly [number, number] | null;
    readonly named: MinutesIn | null;
  } | null;
}

/** The questions that a mapping (field: column) leaves open. */
export function openQuestions(
  preview: ExtractPreview,
  as: ExtractKind,
  mapping: Readonly<Record<string, string>>,
): OpenQuestions {
  const columnsOf = (readings: readonly string[]) =>
    new Set(
      fieldsOf[as].flatMap(({ name, reading }) => (readings.includes(reading) ? (mapping[name] ?? []) : [])),
    );
  const dated = columnsOf(['time', 'period']);
  const timed = columnsOf(['time']);
  const work = preview.columns.find(({ column }) => column === mapping.minutes);
  return {
    dateOrder: preview.ambiguousDates.filter(
      ({ column, heldIn }) => dated.has(column) || (heldIn !== undefined && dated.has(heldIn)),
    ),
    timeZone: preview.columns
      .filter(({ column, naive }) => naive && timed.has(column))
      .map(({ column }) => column),
    minutes: work ? { column: work.column, range: work.range, named: unitInName(work.column) } : null,
  };
}
