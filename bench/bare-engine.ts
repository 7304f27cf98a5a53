/**
 * What the engine alone takes for the bare work of an import, to judge Wellspent's by: `bare-engine.ts LOG.csv FOLDER`
 * reads a log of the shape "work" as text, casts its times, hashes its identifiers without a key, puts cases in order
 * with their neighbours, and writes events and cases. No column is recognised, no row is checked, no wall clock kept.
 */
import { join } from 'node:path';
import { openDuckdb, type Sql, sql } from '../src/stores/index.ts';

const [log = '', folder = ''] = process.argv.slice(2);
const warehouse = await openDuckdb({ folders: [folder] });

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return (userCPUTime + systemCPUTime) / 1e6;
}

async function timed(work: string, run: () => Promise<void>): Promise<void> {
  const cpu = cpuSeconds();
  const from = performance.now();
  await run();
  const wall = (performance.now() - from) / 1000;
  process.stdout.write(`${JSON.stringify({ work, cpu: cpuSeconds() - cpu, wall })}\n`);
}

const inOrder: Sql = sql`
select *, row_number() over w as position, lag(step) over w as prev_step, lag(moment) over w as prev_at,
  lead(step) over w as next_step, lead(moment) over w as next_at
from told window w as (partition by case_id order by moment, seq) order by case_id, moment, seq`;
const cases: Sql = sql`
select case_id, min(moment) as first_at, max(moment) as last_at, count(*) as events,
  md5(array_to_string(list_transform(list_sort(list({'o': position, 'v': step})), lambda each: each.v), '|')) as variant
from events group by 1 order by 1`;

await timed('read as text', () =>
  warehouse.run(
    sql`create table read as select row_number() over () as seq, * from read_csv(${log}, all_varchar = true, header = true, delim = ',', quote = '"', strict_mode = true)`,
  ),
);
await timed('cast and hash', () =>
  warehouse.run(
    sql`create table told as select md5(case_id) as case_id, seq, activity as step, try_cast(timestamp as timestamp) as moment, team, md5(resource) as worker from read`,
  ),
);
const events = join(folder, 'bare-events.parquet');
await timed('order and write events', () => warehouse.writeParquet(inOrder, events));
await warehouse.viewParquet('events', [events]);
await timed('write cases', () => warehouse.writeParquet(cases, join(folder, 'bare-cases.parquet')));
await warehouse.close();
