import { countOf, dateLabel, type QueryRecord } from '../../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql } from '../../../stores/index.ts';
import type { BroughtIn } from '../../known-until.ts';
import type { CheckedData } from '../checked-data.ts';
import type { FoundPattern, PatternDetector } from '../detector.ts';

/** One time of one table, of the files that fill it. */
interface TimeField {
  readonly table: 'events' | 'cases' | 'contacts';
  readonly time: Sql;
  readonly wall: Sql;
  /** What the time is called where the import of a file staged its rows. */
  readonly staged: readonly string[];
  /** One and several of what carries the time. */
  readonly words: readonly [one: string, several: string];
}

const at = identifier('at');
const fields: readonly TimeField[] = [
  {
    table: 'events',
    time: sql`${at}`,
    wall: sql`coalesce(at_wall, ${at})`,
    staged: ['finished', 'started'],
    words: ['event', 'events'],
  },
  {
    table: 'cases',
    time: sql`opened`,
    wall: sql`coalesce(opened_wall, opened)`,
    staged: ['opened'],
    words: ['opening date', 'opening dates'],
  },
  {
    table: 'cases',
    time: sql`closed`,
    wall: sql`coalesce(closed_wall, closed)`,
    staged: ['closed'],
    words: ['closing date', 'closing dates'],
  },
  {
    table: 'contacts',
    time: sql`${at}`,
    wall: sql`coalesce(at_wall, ${at})`,
    staged: ['at'],
    words: ['contact', 'contacts'],
  },
];

/** The file that a row came from, or what may be said of it, and the instant at which its day ended. */
interface Origin {
  readonly source: number;
  readonly file: string;
  readonly day: string;
  readonly until: string;
}

/** Milliseconds by which the clock on a wall may be ahead of UTC. */
const mostOffset = 14 * 3_600_000;

/** The files behind a table. Rows of cases do not say which file they came from: the last of those that speak of cases counts. */
function originsOf(table: TimeField['table'], broughtIn: readonly BroughtIn[]): readonly Origin[] {
  const own = broughtIn.filter(({ as }) => as === table);
  if (table !== 'cases') return own;
  const speaking = own.length > 0 ? own : broughtIn.filter(({ as }) => as === 'events');
  const last = speaking.toSorted((a, b) => (a.day < b.day ? 1 : -1))[0];
  if (!last) return [];
  return [{ ...last, source: 0, file: speaking.length === 1 ? last.file : 'the files of cases' }];
}

interface Later extends Row {
  readonly field: number;
  readonly source: number;
  readonly n: number;
  readonly first: string;
  readonly last: string;
  /** The pseudonym of the case that shows it first; null for a contact of no case. */
  readonly example: string | null;
}

async function laterTimes(data: CheckedData, log: QueryRecord[]): Promise<readonly Later[]> {
  const { dialect } = data.warehouse;
  const day = (wall: Sql) => dialect.toText(dialect.toDate(wall));
  const queries = fields.flatMap(({ table, time, wall }, field) =>
    data.tables.has(table)
      ? originsOf(table, data.broughtIn).map(({ source, until }) => {
          const ofSource = source === 0 ? sql`` : sql` and source = ${source}`;
          return sql`select ${field} as field, ${source} as source, count(*) as n, ${day(sql`min(${wall})`)} as first, ${day(sql`max(${wall})`)} as last,
  ${dialect.valueAtMin(sql`case_id`, time)} as example from ${identifier(table)} where ${time} >= ${dialect.timestampValue(until)}${ofSource} having count(*) > 0`;
        })
      : [],
  );
  if (queries.length === 0) return [];
  return runStep<Later>(
    data.warehouse,
    {
      name: 'times_after_import',
      purpose: 'Events, opening and closing dates and contacts later than the day their file was brought in.',
      sql: sql`select * from (${joinSql(queries, ' union all ')}) as later order by field, source`,
    },
    log,
  );
}

/** The line at which the first of them stands; of cases only where one file holds them all. */
async function lineOf(
  data: CheckedData,
  field: TimeField,
  later: Later,
  origin: Origin,
): Promise<number | null> {
  const own = data.broughtIn.filter(({ as }) => as === field.table);
  const source = later.source === 0 && own.length === 1 ? (own[0]?.source ?? 0) : later.source;
  if (source === 0 || !data.findLine) return null;
  // Rows that gave way are staged too: none long before the first that counts is meant.
  const near = new Date(Date.parse(`${later.first}T00:00:00Z`) - mostOffset).toISOString();
  const from = [near, origin.until].toSorted()[1] as string;
  return data.findLine({ source, times: field.staged, from, caseId: later.example });
}

/** Where to look: the line of the file, else the case by its pseudonym, which is said to be one. */
function placeInWords({ n, example }: Later, line: number | null): string {
  const first = n === 1 ? '' : 'the first ';
  if (line !== null) return ` (${first}in line ${line.toLocaleString('en-GB')} of the file)`;
  return example === null ? '' : ` (${first}in the case of pseudonym ${example})`;
}

async function patternOf(data: CheckedData, later: Later): Promise<FoundPattern | null> {
  const field = fields[later.field];
  const origin =
    field && originsOf(field.table, data.broughtIn).find(({ source }) => source === later.source);
  if (!field || !origin) return null;
  const { n, first, last, example } = later;
  const [one] = field.words;
  const when = n === 1 || first === last ? dateLabel(first) : `${dateLabel(first)} to ${dateLabel(last)}`;
  const line = await lineOf(data, field, later, origin);
  return {
    says: `${countOf(n, one)} of ${origin.file} ${n === 1 ? 'is' : 'are'} dated ${when}${placeInWords(later, line)}, after the day the file was brought in (${dateLabel(origin.day)}).`,
    step: null,
    team: null,
    on: first,
    hits: n,
    facts: {
      of: one,
      file: origin.file,
      first,
      last,
      day: origin.day,
      ...(example ? { case: example } : {}),
      ...(line === null ? {} : { line }),
    },
  };
}

/** Times later than the day on which their file was brought in: nothing can have been recorded before it happened. */
export const futureTimes: PatternDetector = {
  kind: 'patterns',
  id: 'future-times',
  title: 'Dates later than the day the file was brought in',
  rule: 'Events, opening and closing dates of cases, and contacts dated later than the day (UTC) on which their file was brought in. One is enough.',
  distorts:
    'Such a date would stretch the data to its own day, and with it figures a year, the age of open cases and the days without an event. These leave it out; how long its case takes, and which month it counts in, remain wrong.',
  remedy:
    'Correct the year in the file and bring it in again. A date that is only planned is no event yet: leave it out until it has happened.',
  touches: ['volume', 'waits', 'age', 'order', 'repeats', 'effort', 'trend'],
  level: 'alarm',
  saidFirst: true,
  needs: (_shape, data) =>
    data.broughtIn.length > 0 ? null : 'the day on which the file was brought in, which a workspace keeps',
  find: async (data, _shape, log) => {
    const found: FoundPattern[] = [];
    for (const later of await laterTimes(data, log)) {
      const pattern = await patternOf(data, later);
      if (pattern) found.push(pattern);
    }
    return found;
  },
};
