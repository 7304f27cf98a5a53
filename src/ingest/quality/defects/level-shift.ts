import { addDays, dateLabel, periodsBetween } from '../../../core/index.ts';
import { type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { FoundPattern, PatternDetector } from '../detector.ts';
import { stepReplaced } from './step-replaced.ts';

const weeks = 8;
const leastEvents = 200;
const leastRatio = 1.5;

interface WeekCount extends Row {
  readonly step: string;
  readonly week: number;
  readonly rows: number;
}

/** 1 April of each year in the extract, and the dates from which the charter's definitions and targets hold. */
function datesToTry({ charter }: CheckedData, { first, last }: DataShape): readonly string[] {
  if (first === null || last === null) return [];
  const april = periodsBetween('financial-year', first, last);
  const declared = [charter?.effective, ...(charter?.targets ?? []).map(({ since }) => since)];
  return [...new Set([...april, ...declared.filter((day) => day !== undefined)])]
    .filter(
      (day) => addDays(day, -7 * weeks) >= first.slice(0, 10) && addDays(day, 7 * weeks) <= last.slice(0, 10),
    )
    .sort();
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A step's weekly share of all events before and after a day; null unless every week after differs the same way from every week before. */
function shiftOf(own: readonly number[], all: readonly number[]): number | null {
  const shares = own.map((rows, i) => rows / Math.max(1, all[i] ?? 0));
  const before = shares.slice(0, weeks);
  const after = shares.slice(weeks);
  const apart = Math.min(...after) > Math.max(...before) || Math.max(...after) < Math.min(...before);
  if (!apart) return null;
  const ratio = mean(after) / Math.max(mean(before), 1e-9);
  return ratio >= leastRatio || ratio <= 1 / leastRatio ? ratio : null;
}

async function shiftsOn(day: string, data: CheckedData, log: Parameters<PatternDetector['find']>[2]) {
  const { dialect } = data.warehouse;
  const days = dialect.daysBetween(dialect.dateValue(addDays(day, -7 * weeks)), dialect.toDate(sql`at_wall`));
  const rows = await runStep<WeekCount>(
    data.warehouse,
    {
      name: `steps_by_week_around_${day}`,
      purpose: `Events of each step in the ${weeks} weeks before and after ${day}.`,
      sql: sql`select step, cast(floor(days / 7.0) as bigint) as week, count(*) as rows
from (select step, ${days} as days from events where at_wall is not null) as dated where days >= 0 and days < ${14 * weeks} group by step, floor(days / 7.0) order by step, week`,
    },
    log,
  );
  const all: number[] = new Array(2 * weeks).fill(0);
  const own = new Map<string, number[]>();
  for (const { step, week, rows: n } of rows) {
    all[week] = (all[week] ?? 0) + n;
    const counts = own.get(step) ?? new Array(2 * weeks).fill(0);
    counts[week] = n;
    own.set(step, counts);
  }
  return [...own].flatMap(([step, counts]): FoundPattern[] => {
    const total = counts.reduce((sum, n) => sum + n, 0);
    const ratio = total > leastEvents ? shiftOf(counts, all) : null;
    if (ratio === null) return [];
    const times = ratio >= 1 ? ratio : 1 / ratio;
    return [
      {
        says:
          mean(counts.slice(0, weeks)) === 0 || mean(counts.slice(weeks)) === 0
            ? `"${step}" ${ratio > 1 ? 'begins' : 'ends'} on ${dateLabel(day)}.`
            : `"${step}" is ${times.toFixed(1)} times as ${ratio > 1 ? 'frequent' : 'rare'} from ${dateLabel(day)}, against all other steps.`,
        step,
        team: null,
        on: day,
        hits: total,
        facts: { ratio: Math.min(ratio, 1000) },
      },
    ];
  });
}

/** A step whose share of all events jumps on 1 April or on a date of the charter. */
export const levelShift: PatternDetector = {
  kind: 'patterns',
  id: 'level-shift',
  title: 'A step becomes more or less frequent from a day on',
  rule: 'On 1 April, or a date from which a definition or target of the charter holds: a step with over 200 events in the 8 weeks before and after, whose share of all events differs by 1.5 times or more, every week after from every week before. A step that takes the place of another is told as that.',
  distorts: 'A change of rules or of counting looks like a change of the service.',
  remedy: 'Mark the date on charts, and compare like with like on each side.',
  touches: ['trend', 'volume'],
  level: 'alarm',
  needs: (shape, data) =>
    datesToTry(data, shape).length > 0
      ? null
      : '8 weeks of events on each side of a 1 April or of a date of the charter',
  find: async (data, shape, log) => {
    const replaced = await stepReplaced.find(data, shape, log);
    const told = new Set(replaced.flatMap(({ facts }) => [facts.was, facts.became]));
    const found: FoundPattern[] = [];
    for (const day of datesToTry(data, shape)) found.push(...(await shiftsOn(day, data, log)));
    return found.filter(({ step }) => step === null || !told.has(step));
  },
};
