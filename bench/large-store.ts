import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifest } from '../src/ingest/store/manifest.ts';
import { duckdbDialect, identifier, keyword, openDuckdb, type Sql, sql } from '../src/stores/index.ts';

const at = identifier('at');
/** First letters of the copies' cases, in the order of the alphabet that pseudonyms are written in. */
const letters = '25adgjmpsvy';
const rowsAGroup = 122_880;

/** One file of events with every case under an id of its own; of all copies but the first, one event in ten is left out. */
function copiedEvents(copy: number): Sql {
  const letter = keyword(`'${letters[copy]}'`);
  const offset = keyword(String(copy * 100_000_000));
  const some =
    copy === 0 ? sql`true` : sql`${duckdbDialect.bucket(sql`cast(seq + ${offset} as varchar)`, 10)} > 0`;
  return sql`select * exclude (own) replace (own as case_id, seq + ${offset} as seq,
  row_number() over in_order as position, lag(step) over in_order as prev_step, lag(${at}) over in_order as prev_at,
  lag(team) over in_order as prev_team, lead(step) over in_order as next_step, lead(${at}) over in_order as next_at, lag(${at}) over in_order as enabled,
  ${duckdbDialect.secondsBetween(sql`${at}`, sql`lead(${at}) over in_order`)} as next_wait)
from (select *, ${letter} || substr(case_id, 1, 25) as own from source_events where ${some}) as e
window in_order as (partition by own order by ${at}, seq) order by own, ${at}, seq`;
}

function copiedCases(copy: number): Sql {
  const steps = duckdbDialect.orderedJoin(sql`step`, '\u001f', sql`position`);
  return sql`select c.* exclude (found) from (select c.* replace (found as case_id, h.first_at as first_at, h.last_at as last_at,
  h.first_step as first_step, h.last_step as last_step, h.events as events, h.variant as variant), found
from source_cases as c join (select case_id as found, min(${at}) as first_at, max(${at}) as last_at,
  max(case when position = 1 then step end) as first_step, max(case when next_at is null then step end) as last_step,
  count(*) as events, ${duckdbDialect.md5(steps)} as variant from copied_events group by case_id) as h
on h.found = ${keyword(`'${letters[copy]}'`)} || substr(c.case_id, 1, 25)) as c order by 1`;
}

/** Writes the tables of a store several times over into another: a large log for the analytics, without its import. */
async function enlarge(from: string, into: string, copies: number): Promise<number> {
  const source = readManifest(from);
  const tables: Record<'events' | 'cases', Manifest['tables'][string]> = {
    events: { rows: 0, files: [] },
    cases: { rows: 0, files: [] },
  };
  mkdirSync(join(into, 'tables-1'), { recursive: true });
  const warehouse = await openDuckdb({ folders: [from, into] });
  const write = async (name: 'events' | 'cases', query: Sql, number: number) => {
    const file = `tables-1/${name}-${String(number).padStart(4, '0')}.parquet`;
    await warehouse.writeParquet(query, join(into, file), { rowsAGroup });
    await warehouse.viewParquet(`copied_${name}`, [join(into, file)]);
    const [count] = await warehouse.query<{ n: number }>(
      sql`select count(*) as n from ${identifier(`copied_${name}`)}`,
    );
    const rows = count?.n ?? 0;
    tables[name].rows += rows;
    tables[name].files.push({ file, sha256: '', bytes: 0, rows });
  };
  let number = 0;
  for (let copy = 0; copy < copies; copy++) {
    for (const [i, events] of (source.tables.events?.files ?? []).entries()) {
      await warehouse.viewParquet('source_events', [join(from, events.file)]);
      await warehouse.viewParquet('source_cases', [join(from, source.tables.cases?.files[i]?.file ?? '')]);
      await write('events', copiedEvents(copy), number);
      await write('cases', copiedCases(copy), number);
      number++;
    }
  }
  await warehouse.close();
  writeFileSync(join(into, 'manifest.json'), JSON.stringify({ ...source, tables }));
  return tables.events.rows;
}

const [from = '', into = '', copies = String(letters.length)] = process.argv.slice(2);
rmSync(join(into, 'manifest.json'), { force: true });
const rows = await enlarge(from, into, Math.min(Number(copies), letters.length));
process.stderr.write(`${rows} events in ${into}\n`);
