import type { QueryRecord } from '../../core/index.ts';
import {
  identifier,
  joinSql,
  type QueryStep,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';

/** Events of a part, so that telling its cases apart stays near the processor, and parts at most: each opens all files. */
const eventsAPart = 1_250_000;
const mostParts = 40;
const stride = 2;
const longest = 64;

/** A log in parts by range of cases. Every case lies in one part, so that counts of cases add up over the parts. */
export interface CaseParts {
  readonly events: number;
  /** Conditions on `case_id`, one a part. */
  readonly conditions: readonly Sql[];
}

interface Group extends Row {
  readonly prefix: string;
  readonly events: number;
}

/** Events by the first characters of the case, in all cases or in those that begin with one of some texts. */
function eventsByPrefix(
  warehouse: Warehouse,
  length: number,
  among: readonly Group[] | null,
): Promise<readonly Group[]> {
  const begin = joinSql(
    (among ?? []).map(({ prefix }) => sql`${prefix}`),
    ', ',
  );
  const within = among ? sql` where substr(case_id, 1, ${length - stride}) in (${begin})` : sql``;
  return warehouse.query<Group>(
    sql`select substr(case_id, 1, ${length}) as prefix, sum(events) as events from cases${within} group by 1`,
  );
}

function within(from: string | undefined, to: string | undefined): Sql {
  const bounds = [
    ...(from === undefined ? [] : [sql`case_id >= ${from}`]),
    ...(to === undefined ? [] : [sql`case_id < ${to}`]),
  ];
  return bounds.length === 0 ? sql`true` : joinSql(bounds, ' and ');
}

/** Parts a log by range of cases, whatever the cases are called: where many begin alike, more characters are looked at. */
export async function caseParts(warehouse: Warehouse, atMost?: number): Promise<CaseParts> {
  let groups = await eventsByPrefix(warehouse, stride, null);
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  const most = atMost ?? Math.max(eventsAPart, Math.ceil(events / mostParts));
  for (let length = 2 * stride; length <= longest; length += stride) {
    const large = groups.filter(
      (group) => group.events > most && [...group.prefix].length === length - stride,
    );
    if (large.length === 0) break;
    const finer = await eventsByPrefix(warehouse, length, large);
    groups = [...groups.filter((group) => !large.includes(group)), ...finer];
  }
  // The engine compares texts by their bytes in UTF-8, which is not how JavaScript does.
  const inOrder = groups.toSorted((a, b) => Buffer.compare(Buffer.from(a.prefix), Buffer.from(b.prefix)));
  const bounds: string[] = [];
  let held = 0;
  for (const group of inOrder) {
    if (held > 0 && held + group.events > most) {
      bounds.push(group.prefix);
      held = 0;
    }
    held += group.events;
  }
  return {
    events,
    conditions: [...bounds, undefined].map((to, i) => within(bounds[i - 1], to)),
  };
}

/** Runs a step for one part after another and gives all rows; noted once, as it ran for the first. */
export async function runInParts<R extends Row>(
  warehouse: Warehouse,
  { conditions }: CaseParts,
  stepOf: (part: Sql) => QueryStep,
  log: QueryRecord[],
): Promise<readonly R[]> {
  const rows: R[] = [];
  for (const [i, part] of conditions.entries()) {
    const step = stepOf(part);
    const times =
      conditions.length === 1 ? '' : ` Run for ${conditions.length} ranges of cases and added up.`;
    if (i === 0) log.push(warehouse.explain({ ...step, purpose: `${step.purpose}${times}` }));
    rows.push(...(await warehouse.query<R>(step.sql)));
  }
  return rows;
}

/** Makes a temporary table of the rows that a query gives for each part, one part after another. */
export async function tableInParts(
  warehouse: Warehouse,
  parts: CaseParts,
  { name, purpose, rowsOf }: Omit<QueryStep, 'sql'> & { readonly rowsOf: (part: Sql) => Sql },
  log: QueryRecord[],
): Promise<void> {
  const table = identifier(name);
  let isMade = false;
  const stepOf = (part: Sql): QueryStep => {
    const rows = rowsOf(part);
    const made = isMade
      ? sql`insert into ${table} ${rows}`
      : warehouse.dialect.createTemporary('table', table, rows);
    isMade = true;
    return { name, purpose, sql: made };
  };
  await runInParts(warehouse, parts, stepOf, log);
}

/** Adds up the rows of all parts that have the same keys: numbers are summed, and what is known of nulls stays. */
export function addUp<R extends Row>(rows: readonly R[], keys: readonly (keyof R & string)[]): readonly R[] {
  const sums = new Map<string, Record<string, Row[string]>>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((name) => row[name]));
    const sum = sums.get(key);
    if (!sum) {
      sums.set(key, { ...row });
      continue;
    }
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number' || keys.includes(name)) continue;
      sum[name] = value + Number(sum[name] ?? 0);
    }
  }
  return [...sums.values()] as unknown as readonly R[];
}
