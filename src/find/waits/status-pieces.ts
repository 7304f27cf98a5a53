import type { QueryRecord } from '../../core/index.ts';
import {
  identifier,
  joinSql,
  keyword,
  type QueryStep,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { causeCode, waitCauses } from './causes.ts';
import type { Claims } from './claims.ts';
import { type LogEnabling, loadEnabling } from './enable-log.ts';
import { instancesTable, nameTables } from './instances.ts';
import type { NamedMarks } from './marks.ts';
import { readColumns } from './read-columns.ts';

/** Parts of waits told by the status of their case, by the number of the instance. */
export class StatusPieces {
  readonly #pieces: Readonly<Record<'id' | 'lo' | 'hi' | 'cause', Float64Array>>;

  private constructor(pieces: Readonly<Record<'id' | 'lo' | 'hi' | 'cause', Float64Array>>) {
    this.#pieces = pieces;
  }

  static async from(warehouse: Warehouse, table: string): Promise<StatusPieces> {
    const names = ['id', 'lo', 'hi', 'cause'] as const;
    return new StatusPieces(
      await readColumns(
        warehouse,
        names,
        sql`select id, lo, hi, cause from ${identifier(table)} order by id, lo, hi`,
      ),
    );
  }

  /** Adds the pieces of an instance to its claims. */
  claim(id: number, claims: Claims): void {
    const { id: ids, lo, hi, cause } = this.#pieces;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < ids.length && ids[i] === id; i++) {
      const of = waitCauses[cause[i] as number];
      if (of) claims.add(of, lo[i] as number, hi[i] as number);
    }
  }
}

function statusCode({ applicant, thirdParty }: NamedMarks): Sql {
  const when = (names: readonly string[], cause: 'applicant' | 'third_party') =>
    names.map((name) => sql`when status = ${name} then ${keyword(String(causeCode[cause]))}`);
  return sql`case ${joinSql([...when(applicant.statuses, 'applicant'), ...when(thirdParty.statuses, 'third_party')], ' ')} end`;
}

/**
 * Makes `into(id, lo, hi, cause)`: the parts of waits during which the case stood in a status in which the service
 * waits for somebody else. A status lasts until the next one of its case.
 */
async function prepareStatusPieces(
  warehouse: Warehouse,
  named: NamedMarks,
  enabledTable: string,
  into: string,
  log: QueryRecord[],
): Promise<void> {
  const { dialect } = warehouse;
  const at = identifier('at');
  const epoch = dialect.timestampValue('1970-01-01T00:00:00Z');
  const micros = sql`cast(round(${dialect.secondsBetween(epoch, sql`${at}`)} * 1000000) as bigint)`;
  const step: QueryStep = {
    name: 'wait_statuses',
    purpose:
      'The parts of waits during which the case stood in a status in which the service waits for the applicant (0) or a third party (1).',
    sql: dialect.createTemporary(
      'table',
      identifier(into),
      sql`select id, lo, hi, cause from (
  select i.id, greatest(e.enabled, s.begun) as lo, least(i.started, coalesce(s.ended, i.started)) as hi, s.cause
  from (select case_id, ${statusCode(named)} as cause, begun,
      lead(begun) over (partition by case_id order by begun, seq) as ended
    from (select case_id, step as status, seq, ${micros} as begun from events where kind = 'status' and ${at} is not null) as changes) as s
  join ${identifier(nameTables.case_id)} as c on c.case_id = s.case_id
  join ${instancesTable} as i on i.case_no = c.number
  join ${identifier(enabledTable)} as e on e.id = i.id
  where s.cause is not null and e.source > 0) as parts where hi > lo`,
    ),
  };
  log.push(warehouse.explain(step));
  await warehouse.run(step.sql);
}

/**
 * The parts of waits told by the status of their case, under tables of their own by a suffix; null where the charter
 * names no such status. Loads the enabling as `wait_enabled` with the suffix.
 */
export async function statusPiecesOf(
  warehouse: Warehouse,
  named: NamedMarks,
  enabling: LogEnabling,
  suffix: string,
  log: QueryRecord[],
): Promise<StatusPieces | null> {
  if (named.applicant.statuses.length + named.thirdParty.statuses.length === 0) return null;
  const enabledTable = `wait_enabled${suffix}`;
  if (suffix !== '') await loadEnabling(warehouse, enabling, enabledTable);
  await prepareStatusPieces(warehouse, named, enabledTable, `wait_status_pieces${suffix}`, log);
  return StatusPieces.from(warehouse, `wait_status_pieces${suffix}`);
}
