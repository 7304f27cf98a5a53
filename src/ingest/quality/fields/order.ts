import type { QueryRecord } from '../../../core/index.ts';
import { identifier, type Row, runStep, type Sql, sql } from '../../../stores/index.ts';
import type { CheckedData } from '../checked-data.ts';
import type { DataShape } from '../data-shape.ts';
import type { FieldMeasure } from './measure.ts';

const tiesCautionFrom = 0.05;

interface OrderOfRows extends Row {
  readonly ties: number;
  readonly back: number;
  /** Rows whose neighbour in the table is not the event before. */
  readonly astray: number;
}

/**
 * Events tied with the one before in their case, and events that the file gives before an earlier one. The table is
 * stored by case and time, so that each row's neighbour is the row before; where it is not, it is put in order, which
 * takes far longer.
 */
async function tiesAndBack(data: CheckedData, log: QueryRecord[]) {
  const at = identifier('at');
  const { dialect } = data.warehouse;
  const asStored = dialect.storedOrder(sql`case_id`, sql`position`);
  const step = (neighbours: Sql) => ({
    name: 'order_of_events',
    purpose:
      'Events at the same time as the one before in their case, and events that the file gives before an earlier one.',
    sql: sql`select sum(case when prev_at = ${at} then 1 else 0 end) as ties, sum(case when seq < before then 1 else 0 end) as back,
  sum(case when position > 1 and (place is null or place <> position - 1) then 1 else 0 end) as astray
from (${neighbours}) as ordered`,
  });
  const stored =
    step(sql`select ${at}, prev_at, seq, position, case when of_case = case_id then before end as before, case when of_case = case_id then place end as place
from (select case_id, ${at}, prev_at, seq, position, lag(case_id) over ${asStored} as of_case, lag(seq) over ${asStored} as before, lag(position) over ${asStored} as place
  from events where ${at} is not null) as rows_before`);
  const found: QueryRecord[] = [];
  const [row] = await runStep<OrderOfRows>(data.warehouse, stored, found);
  if (row?.astray === 0) {
    log.push(...found);
    return row;
  }
  const sorted =
    step(sql`select ${at}, prev_at, seq, position, lag(seq) over in_order as before, position - 1 as place from events where ${at} is not null
window in_order as (partition by case_id order by ${at}, seq)`);
  const [again] = await runStep<OrderOfRows>(data.warehouse, sorted, log);
  return again;
}

/** Whether the times put the rows in an order: ties, rows out of the file's order, events outside their case. */
export async function order(
  data: CheckedData,
  shape: DataShape,
  log: QueryRecord[],
): Promise<readonly FieldMeasure[]> {
  if (shape.filled.at === 0) return [];
  const row = await tiesAndBack(data, log);
  const [span] = await runStep<Row & { early: number; late: number; backwards: number }>(
    data.warehouse,
    {
      name: 'events_outside_their_case',
      purpose:
        'Cases with an event before they were opened or after they were closed, and cases closed before they were opened.',
      sql: sql`select sum(case when first_at < opened then 1 else 0 end) as early, sum(case when last_at > closed then 1 else 0 end) as late,
  sum(case when closed < opened then 1 else 0 end) as backwards from cases`,
    },
    log,
  );
  const measure = (
    table: string,
    counted: string,
    count: number | null | undefined,
    of: number,
    touches: string,
    cautionFrom: number | null,
  ): FieldMeasure => ({
    dimension: 'In order',
    table,
    field: 'time',
    counted,
    count: count ?? 0,
    of,
    touches,
    cautionFrom,
  });
  const { opened, closed } = shape.filledCases;
  return [
    measure(
      'events',
      'at the same time as the event before in its case',
      row?.ties,
      shape.filled.at,
      'order of steps, maps, routes',
      tiesCautionFrom,
    ),
    measure(
      'events',
      'given in the file before an event that happened earlier',
      row?.back,
      shape.filled.at,
      'nothing: order is by time',
      null,
    ),
    ...(opened > 0
      ? [
          measure(
            'cases',
            'with an event before they were opened',
            span?.early,
            opened,
            'age and time taken',
            0.01,
          ),
        ]
      : []),
    ...(closed > 0
      ? [
          measure(
            'cases',
            'with an event after they were closed',
            span?.late,
            closed,
            'time taken, output by period',
            0.01,
          ),
        ]
      : []),
    ...(opened > 0 && closed > 0
      ? [
          measure(
            'cases',
            'closed before they were opened',
            span?.backwards,
            closed,
            'time taken, open work',
            0.001,
          ),
        ]
      : []),
  ];
}
