import { countOf } from '../../core/index.ts';
import { identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Notice } from '../readers/raw-table.ts';
import type { PairingRecord } from '../store/manifest.ts';
import type { PairedCounts } from './pair-range.ts';

const stepsKept = 50;

type Work = PairingRecord['total'];

interface WorkRow extends Row {
  readonly source: number;
  readonly step: string;
  readonly pairs: number;
  readonly open: number;
  readonly instants: number;
  readonly changed_hands: number;
  readonly ended: number;
  readonly n: number;
}

function workOf({ pairs, open, instants, changed_hands, ended }: WorkRow): Work {
  return { pairs, open, instants, changedHands: changed_hands, ended };
}

function counted(names: ReadonlyMap<string, string>): Sql {
  const state = identifier(names.get('instance_state') ?? 'instance_state');
  const startedBy = identifier(names.get('started_by') ?? 'started_by');
  const count = (condition: Sql) => sql`count(case when ${condition} then 1 end)`;
  return sql`${count(sql`${state} = 'complete'`)} as pairs, ${count(sql`${state} = 'open'`)} as ${identifier('open')},
  ${count(sql`${state} = 'instant'`)} as instants, ${count(sql`${startedBy} is not null and worker is not null`)} as changed_hands,
  ${count(sql`${state} in ('withdrawn', 'aborted', 'skipped')`)} as ended, count(*) as n`;
}

/** What pairing made of each source's rows, counted in the new table of events. */
export async function describePairs(
  warehouse: Warehouse,
  events: string,
  names: ReadonlyMap<string, string>,
  counts: ReadonlyMap<number, PairedCounts>,
): Promise<ReadonlyMap<number, PairingRecord>> {
  const totals = await warehouse.query<WorkRow>(
    sql`select source, '' as step, ${counted(names)} from ${identifier(events)} group by source`,
  );
  const steps = await warehouse.query<WorkRow>(sql`select * from (
  select *, row_number() over (partition by source order by n desc, step) as place
  from (select source, step, ${counted(names)} from ${identifier(events)} group by source, step) as by_step) as placed
where place <= ${stepsKept} order by source, place`);
  const records = [...counts].map(([source, { merged, setAside }]): [number, PairingRecord] => {
    const total = totals.find((row) => row.source === source);
    return [
      source,
      {
        merged,
        setAside,
        rowsInEvents: total?.n ?? 0,
        steps: steps
          .filter((row) => row.source === source)
          .map((row) => ({ step: row.step, ...workOf(row) })),
        total: total ? workOf(total) : { pairs: 0, open: 0, instants: 0, changedHands: 0, ended: 0 },
      },
    ];
  });
  return new Map(records);
}

/** The counts of pairing in a sentence. */
export function pairingNotice({ merged, total }: PairingRecord): Notice {
  const parts = [
    `${countOf(total.pairs, 'piece of work', 'pieces of work')} with a start and a finish`,
    ...(total.changedHands > 0
      ? [`${total.changedHands.toLocaleString('en-GB')} of them finished by another person`]
      : []),
    `${total.open.toLocaleString('en-GB')} open`,
    `${total.instants.toLocaleString('en-GB')} without a start`,
    ...(total.ended > 0 ? [`${total.ended.toLocaleString('en-GB')} withdrawn, aborted or skipped`] : []),
  ];
  return {
    code: 'LIFECYCLE_PAIRED',
    message: `${countOf(merged, 'row')} became part of another row: ${parts.join(', ')}.`,
    count: merged,
  };
}
