import { identifier, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

/** The steps after which the charter lets a clock stand still. */
export function pausingSteps({ charter }: Pick<CheckedData, 'charter'>): readonly string[] {
  const pauses = (charter?.clocks ?? []).flatMap(({ pause }) => (pause ?? []).map(({ from }) => from));
  return [...new Set([...pauses, ...(charter?.steps?.waiting_for_applicant ?? [])])];
}

/** Time in which a clock stands still by rule. */
export const clockPause: RowDetector = {
  kind: 'rows',
  id: 'clock-pause',
  title: 'Time in which the clock stands still',
  rule: 'Waits after a step at which the charter pauses a clock, or after which it says the service waits for the person.',
  distorts: 'Time as the clock counts it is shorter than time as the person lives it.',
  remedy: 'Show both: with the pauses and without.',
  touches: [],
  level: 'know',
  counts: 'cases',
  needs: (shape, data) =>
    shape.events > 0 && pausingSteps(data).length > 0
      ? null
      : 'the steps that pause a clock, named in the charter',
  hits: (data) =>
    sql`select ${hit({
      seq: sql`seq`,
      pattern: sql`'clock stands still'`,
      step: sql`step`,
      extent: sql`next_wait`,
    })} from events where ${identifier('at')} is not null and next_wait > 0 and step in ${listOf(pausingSteps(data))}`,
};
