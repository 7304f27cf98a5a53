import type { QueryRecord } from '../../../core/index.ts';
import {
  type CanonicalTable,
  canonicalTables,
  identifier,
  joinSql,
  type Row,
  runStep,
  sql,
} from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { FieldMeasure } from './measure.ts';

const derived = new Set([
  'source',
  'line',
  'seq',
  'position',
  'prev_step',
  'prev_at',
  'prev_team',
  'next_step',
  'next_at',
  'next_wait',
  'processing',
  'enabled',
  'at_wall',
  'started_wall',
  'finished_wall',
  'opened_wall',
  'closed_wall',
  'variant',
  'first_at',
  'last_at',
  'first_step',
  'last_step',
  'events',
]);
const rests: Readonly<Record<string, string>> = {
  at: 'everything in order of time',
  started: 'hours of work; waits apart from work',
  finished: 'waits and time taken',
  logged: 'how late work is written down',
  worker: 'hand-overs; whether work changes hands',
  team: 'figures by team',
  system: 'work entered twice',
  minutes: 'hours and cost of work',
  person: 'repeat contact and repeat demand',
  opened: 'age, time taken, arrivals',
  closed: 'time taken, output, open work',
  outcome: 'what people got',
  type: 'comparing like with like',
  reason: 'why people make contact',
  case_id: 'which case a contact is about',
};

async function tableMeasures(
  table: CanonicalTable,
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly FieldMeasure[]> {
  const columns = (shape.columns[table] ?? []).map(({ name }) => name).filter((name) => !derived.has(name));
  const counts = columns.map((name, i) => sql`count(${identifier(name)}) as ${identifier(`c${i}`)}`);
  const [row] = await runStep<Row & { rows: number }>(
    data.warehouse,
    {
      name: `filled_${table}`,
      purpose: `How many rows of ${table} carry each field.`,
      sql: sql`select count(*) as rows, ${joinSql(counts, ', ')} from ${identifier(table)}`,
    },
    log,
  );
  const known = new Set<string>(canonicalTables[table].map(({ name }) => name));
  return columns.map((name, i) => ({
    dimension: 'Complete',
    table,
    field: name,
    counted: 'rows with a value',
    count: Number(row?.[`c${i}`] ?? 0),
    of: row?.rows ?? 0,
    touches: rests[name] ?? (known.has(name) ? '' : 'figures split by it'),
    cautionFrom: null,
  }));
}

/** How complete each field of each table is. */
export async function completeness(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly FieldMeasure[]> {
  const measures: FieldMeasure[] = [];
  for (const table of data.tables)
    if (table !== 'rejects') measures.push(...(await tableMeasures(table, data, shape, log)));
  return measures;
}
