import type { QueryRecord, Table } from '../../../core/index.ts';
import { identifier, type Row, runStep, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import { column } from '../make-result.ts';

const leastChange = 0.1;

interface Month extends Row {
  readonly month: string;
  readonly rows: number;
}

/** The trend of what is filled, tied and late, month by month. */
export async function months(data: CheckedData, shape: DataShape, log: QueryRecord[]): Promise<Table> {
  const at = identifier('at');
  const share = (condition: ReturnType<typeof sql>) => sql`avg(case when ${condition} then 1.0 else 0.0 end)`;
  const rows = await runStep<Month>(
    data.warehouse,
    {
      name: 'quality_by_month',
      purpose:
        'By month: rows, and the share with a start, a finish, a team, a time equal to the one before, and logged over a day late.',
      sql: sql`select month, count(*) as rows, ${share(sql`started is not null`)} as started, ${share(sql`finished is not null`)} as finished,
  ${share(sql`team is not null`)} as team, ${share(sql`prev_at = ${at}`)} as tied, avg(case when logged is null then null when late > 86400 then 1.0 else 0.0 end) as late
from (select ${data.warehouse.dialect.periodStart('month', sql`at_wall`)} as month, started, finished, team, prev_at, ${at}, logged,
    ${data.warehouse.dialect.secondsBetween(sql`${at}`, sql`logged`)} as late from events where at_wall is not null) as dated group by month order by month`,
    },
    log,
  );
  return {
    id: 'months',
    title: 'The same, month by month',
    columns: [
      column('month', 'Month', 'date'),
      column('rows', 'Rows', 'count'),
      ...(shape.filled.started > 0 ? [column('started', 'With a start', 'share')] : []),
      ...(shape.filled.finished > 0 ? [column('finished', 'With a finish', 'share')] : []),
      ...(shape.filled.team > 0 ? [column('team', 'With a team', 'share')] : []),
      column('tied', 'At the same time as the one before', 'share'),
      ...(shape.filled.logged > 0 ? [column('late', 'Logged over a day late', 'share')] : []),
    ],
    rows,
  };
}

interface Value extends Row {
  readonly field: string;
  readonly value: string;
  readonly month: string;
  readonly rows: number;
}

/** Categories that come, go, or change their share by more than ten points from one month to the next. */
export async function changesOfShare(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<Table> {
  const fields = (['team', 'system', 'channel'] as const).filter(
    (name) => name === 'channel' || shape.filled[name] > 0,
  );
  const month = data.warehouse.dialect.periodStart('month', sql`at_wall`);
  const found: Value[] = [];
  for (const field of fields)
    found.push(
      ...(await runStep<Value>(
        data.warehouse,
        {
          name: `${field}_by_month`,
          purpose: `Rows of each ${field} by month.`,
          sql: sql`select cast(${field} as varchar) as field, ${identifier(field)} as value, ${month} as month, count(*) as rows from events
where at_wall is not null and ${identifier(field)} is not null group by ${identifier(field)}, ${month} order by value, month`,
        },
        log,
      )),
    );
  const totals = new Map<string, number>();
  for (const { field, month: m, rows } of found)
    totals.set(`${field} ${m}`, (totals.get(`${field} ${m}`) ?? 0) + rows);
  const own = new Map(found.map((row) => [`${row.field} ${row.month} ${row.value}`, row.rows]));
  const monthsOf = Map.groupBy([...totals.keys()], (key) => key.split(' ')[0] ?? '');
  const rows = [...monthsOf].flatMap(([field, keys]) => {
    const all = keys.map((key) => key.slice(field.length + 1)).sort();
    const values = [...new Set(found.filter((row) => row.field === field).map(({ value }) => value))];
    return values.flatMap((value) =>
      all.slice(1).flatMap((m, i) => {
        const before = all[i] ?? '';
        const shareIn = (at: string) =>
          (own.get(`${field} ${at} ${value}`) ?? 0) / (totals.get(`${field} ${at}`) ?? 1);
        const change = shareIn(m) - shareIn(before);
        return Math.abs(change) > leastChange
          ? [{ field, value, month: m, before: shareIn(before), after: shareIn(m), change }]
          : [];
      }),
    );
  });
  return {
    id: 'stability',
    title: 'Shares that change by more than 10 points from one month to the next',
    columns: [
      column('field', 'Field'),
      column('value', 'Value'),
      column('month', 'Month', 'date'),
      column('before', 'Share in the month before', 'share'),
      column('after', 'Share', 'share'),
      column('change', 'Change', 'percentage-points'),
    ],
    rows,
  };
}
