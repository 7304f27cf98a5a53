import type { QueryRecord } from '../../core/index.ts';
import { identifier, joinSql, type Row, runStep, type Sql, sql, type Warehouse } from '../../stores/index.ts';

const at = identifier('at');
const leastContacts = 10;

/** Contacts that a failure brings and days of waiting after one step, while cases are of an age: days since their first step. */
export interface AgeBand {
  readonly step: string;
  /** Days of age, from and below; the last band has no end. */
  readonly from: number;
  readonly to: number | null;
  readonly days: number;
  readonly failure: number;
}

/** Days that a band may be wide: the narrowest of which eight reach the age that nine in ten cases do not pass. */
const widths = [1, 7, 28, 91] as const;
const bandsOfWidth = 8;

const daysBetween = ({ dialect }: Warehouse, from: Sql, to: Sql) =>
  sql`${dialect.secondsBetween(from, to)} / 86400.0`;

async function widthFor(warehouse: Warehouse, log: QueryRecord[]): Promise<number> {
  const [row] = await runStep<Row & { p90: number | null }>(
    warehouse,
    {
      name: 'ages_of_cases',
      purpose: 'The days from first to last step that nine in ten cases do not pass.',
      sql: sql`select ${warehouse.dialect.quantile(daysBetween(warehouse, sql`first_at`, sql`last_at`), 0.9)} as p90 from work_ways`,
    },
    log,
  );
  const p90 = row?.p90 ?? 0;
  return widths.find((width) => p90 <= bandsOfWidth * width) ?? (widths.at(-1) as number);
}

/** Bands of fewer than ten contacts joined to the next, so that a rate is never told of so few. */
function joined(bands: readonly AgeBand[]): readonly AgeBand[] {
  const found: AgeBand[] = [];
  for (const band of bands) {
    const last = found.at(-1);
    if (last && last.failure < leastContacts)
      found[found.length - 1] = {
        ...last,
        to: band.to,
        days: last.days + band.days,
        failure: last.failure + band.failure,
      };
    else found.push(band);
  }
  const [before, last] = [found.at(-2), found.at(-1)];
  if (!before || !last || last.failure >= leastContacts) return found;
  const both = {
    ...before,
    to: last.to,
    days: before.days + last.days,
    failure: before.failure + last.failure,
  };
  return [...found.slice(0, -2), both];
}

/**
 * For some steps, the contacts that a failure brings and the days that cases waited after the step, by the age of the
 * case. Needs `contact_facts`, `work_steps` and `work_ways`.
 */
export async function contactsByAge(
  warehouse: Warehouse,
  steps: readonly string[],
  log: QueryRecord[],
): Promise<readonly AgeBand[]> {
  if (steps.length === 0) return [];
  const width = await widthFor(warehouse, log);
  const bands = Array.from({ length: bandsOfWidth + 1 }, (_, i) => ({
    from: i * width,
    to: i < bandsOfWidth ? (i + 1) * width : null,
  }));
  const those = joinSql(
    steps.map((step) => sql`${step}`),
    ', ',
  );
  const within = bands.map(
    ({ from, to }, i) =>
      sql`sum(greatest(0, ${to === null ? sql`until` : sql`least(until, ${to})`} - greatest(since, ${from}))) as ${identifier(`d${i}`)}`,
  );
  const came = bands.map(
    ({ from, to }, i) =>
      sql`sum(case when age >= ${from}${to === null ? sql`` : sql` and age < ${to}`} then 1 else 0 end) as ${identifier(`n${i}`)}`,
  );
  const rows = await runStep<Row & { step: string } & Record<string, number | string>>(
    warehouse,
    {
      name: 'contacts_by_age',
      purpose: `Days that cases waited after each step, and contacts that a failure brings meanwhile, by the days since the first step of the case, in bands of ${width}.`,
      sql: sql`with last as (select max(${at}) as t from work_steps),
w as (select s.step as step, ${daysBetween(warehouse, sql`f.first_at`, sql`s.${at}`)} as since, ${daysBetween(warehouse, sql`f.first_at`, sql`s.${at}`)}
    + case when s.next_wait is not null then s.next_wait when k.closed is null then ${warehouse.dialect.secondsBetween(sql`s.${at}`, sql`last.t`)} else 0 end / 86400.0 as until
  from work_steps as s join work_ways as f on f.case_id = s.case_id join cases as k on k.case_id = s.case_id cross join last where s.step in (${those})),
d as (select step, ${joinSql(within, ', ')} from w group by step),
c as (select c.waits_in as step, ${daysBetween(warehouse, sql`f.first_at`, sql`c.${at}`)} as age
  from contact_facts as c join work_ways as f on f.case_id = c.case_id where c.kind not in ('value', 'unknown') and c.waits_in in (${those})),
n as (select step, ${joinSql(came, ', ')} from c group by step)
select d.*, ${joinSql(
        bands.map((_, i) => sql`coalesce(n.${identifier(`n${i}`)}, 0) as ${identifier(`n${i}`)}`),
        ', ',
      )} from d left join n on n.step = d.step order by d.step`,
    },
    log,
  );
  return rows.flatMap((row) =>
    joined(
      bands
        .map(({ from, to }, i) => ({
          ...{ step: row.step, from, to },
          ...{ days: Number(row[`d${i}`] ?? 0), failure: Number(row[`n${i}`] ?? 0) },
        }))
        .filter(({ days }) => days > 0),
    ),
  );
}

/** From which age on a wait brings contacts, and hardly any before. */
export interface Onset {
  readonly age: number;
  /** Share of the contacts that come from then on. */
  readonly share: number;
  /** Contacts brought by a hundred cases that wait a week, before that age and from then on. */
  readonly before: number;
  readonly after: number;
}

const mostBefore = 0.1;
const leastTimes = 3;

/** The age from which nine in ten contacts come, at three times the rate before or more (product rule); null where there is none. */
export function onsetOf(bands: readonly AgeBand[]): Onset | null {
  const sum = (some: readonly AgeBand[], of: 'days' | 'failure') =>
    some.reduce((all, band) => all + band[of], 0);
  const rate = (some: readonly AgeBand[]) => {
    const days = sum(some, 'days');
    return days > 0 ? (700 * sum(some, 'failure')) / days : 0;
  };
  const whole = sum(bands, 'failure');
  const found = bands.flatMap((band, i): readonly Onset[] => {
    const [early, late] = [bands.slice(0, i), bands.slice(i)];
    if (i === 0 || sum(early, 'failure') > mostBefore * whole || rate(late) < leastTimes * rate(early))
      return [];
    return [{ age: band.from, share: sum(late, 'failure') / whole, before: rate(early), after: rate(late) }];
  });
  return found.at(-1) ?? null;
}
