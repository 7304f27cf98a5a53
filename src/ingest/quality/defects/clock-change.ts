import { identifier, sql } from '../../../stores/index.ts';
import { openZone } from '../../time/zone.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';

const day = 86_400;
const quarter = 900;

/** Quarter hours of the clock on the wall that happened twice or never, as seconds since 1970. */
function doubtfulQuarters(data: CheckedData, { first, last }: DataShape): readonly number[] {
  if (first === null || last === null) return [];
  const zone = openZone(data.timezone);
  const found: number[] = [];
  const end = Date.parse(last) / 1000 + day;
  for (let at = Math.floor(Date.parse(first) / 1000 / day) * day - day; at <= end; at += day) {
    if (!zone.changesNear(at)) continue;
    for (let q = at; q < at + day; q += quarter) {
      const reading = zone.read(q);
      if (reading.gap || reading.later !== reading.offset) found.push(q);
    }
  }
  return found;
}

/** Times in the hour that the clocks repeat in autumn or skip in spring. */
export const clockChange: RowDetector = {
  kind: 'rows',
  id: 'clock-change',
  title: 'Times in an hour that the clocks repeat or skip',
  rule: 'Rows without an offset from UTC whose clock on the wall reads an hour that happened twice in autumn, or not at all in spring.',
  distorts: 'Durations that touch them may be wrong by an hour.',
  remedy: 'None needed for figures in days. Ask the source to write times with their offset.',
  touches: ['time-of-day'],
  level: 'alarm',
  counts: 'rows',
  needs: (shape, data) =>
    shape.filled.at === 0
      ? 'events with their times'
      : data.timezone === 'UTC'
        ? 'a time zone whose clocks change'
        : null,
  hits: (data, shape) => {
    const { dialect } = data.warehouse;
    const second = dialect.secondsBetween(dialect.timestampValue('1970-01-01T00:00:00Z'), sql`at_wall`);
    return sql`select ${hit({ seq: sql`seq`, pattern: sql`'clock change'`, step: sql`step`, team: sql`team` })}
from events where ${identifier('source')} in ${listOf(data.naiveSources)} and floor(${second} / ${quarter}) * ${quarter} in ${listOf(doubtfulQuarters(data, shape))}`;
  },
};
