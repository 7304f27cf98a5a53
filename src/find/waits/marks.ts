import type { QueryRecord } from '../../core/index.ts';
import {
  identifier,
  joinSql,
  keyword,
  type QueryStep,
  type Row,
  type Sql,
  sql,
  type Warehouse,
} from '../../stores/index.ts';
import { causeCode } from './causes.ts';
import { instancesTable, nameTables } from './instances.ts';

/** By what a wait is known to be on somebody who is not staff. */
export interface OthersWaits {
  /** Steps after which the service waits for them. */
  readonly after: readonly string[];
  /** Teams that stand for them: what comes before such a team's step waits on them. */
  readonly teams: readonly string[];
  /** Statuses of the case during which the service waits for them. */
  readonly statuses: readonly string[];
}

/** What the charter says of waits, in the log's own names. */
export interface NamedMarks {
  readonly applicant: OthersWaits;
  readonly thirdParty: OthersWaits;
  /** Steps whose own duration is waiting. */
  readonly declaredWaits: readonly string[];
  /** Teams that are systems, not people. */
  readonly systems: readonly string[];
}

const nobody: OthersWaits = { after: [], teams: [], statuses: [] };

/** Where nothing is said of waits, every wait is the staff's. */
export const noMarks: NamedMarks = {
  applicant: nobody,
  thirdParty: nobody,
  declaredWaits: [],
  systems: [],
};

/** The same in the numbers of `wait_instances`. */
export interface WaitMarks {
  readonly waitsOn: (sourceStep: number, team: number) => 'applicant' | 'third_party' | null;
  readonly isDeclaredWait: (step: number) => boolean;
  readonly declaredSteps: readonly number[];
  readonly isSystem: (team: number) => boolean;
}

async function numbersOf(
  warehouse: Warehouse,
  column: 'step' | 'team',
  wanted: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (wanted.length === 0) return new Map();
  const names = joinSql(
    wanted.map((name) => sql`${name}`),
    ', ',
  );
  const rows = await warehouse.query<Row & { name: string; number: number }>(
    sql`select ${identifier(column)} as name, number from ${identifier(nameTables[column])} where ${identifier(column)} in (${names})`,
  );
  return new Map(rows.map(({ name, number }) => [name, number]));
}

/** Looks the names up in a log; names that do not occur mark nothing. */
export async function marksOfLog(warehouse: Warehouse, named: NamedMarks): Promise<WaitMarks> {
  const { applicant, thirdParty, declaredWaits, systems } = named;
  const steps = await numbersOf(warehouse, 'step', [
    ...applicant.after,
    ...thirdParty.after,
    ...declaredWaits,
  ]);
  const teams = await numbersOf(warehouse, 'team', [...applicant.teams, ...thirdParty.teams, ...systems]);
  const among = (known: ReadonlyMap<string, number>, names: readonly string[]) => {
    const numbers = new Set(names.flatMap((name) => known.get(name) ?? []));
    return (number: number) => numbers.has(number);
  };
  const afterApplicant = among(steps, applicant.after);
  const afterThird = among(steps, thirdParty.after);
  const ofApplicant = among(teams, applicant.teams);
  const ofThird = among(teams, thirdParty.teams);
  return {
    waitsOn: (step, team) => {
      if (afterApplicant(step) || ofApplicant(team)) return 'applicant';
      return afterThird(step) || ofThird(team) ? 'third_party' : null;
    },
    isDeclaredWait: among(steps, declaredWaits),
    declaredSteps: declaredWaits.flatMap((name) => steps.get(name) ?? []),
    isSystem: among(teams, systems),
  };
}

function statusCode({ applicant, thirdParty }: NamedMarks): Sql {
  const when = (names: readonly string[], cause: 'applicant' | 'third_party') =>
    names.map((name) => sql`when status = ${name} then ${keyword(String(causeCode[cause]))}`);
  return sql`case ${joinSql([...when(applicant.statuses, 'applicant'), ...when(thirdParty.statuses, 'third_party')], ' ')} end`;
}

/** Whether any wait is told by the status of its case. */
export function hasStatuses({ applicant, thirdParty }: NamedMarks): boolean {
  return applicant.statuses.length + thirdParty.statuses.length > 0;
}

/**
 * Makes `into(id, lo, hi, cause)`: the parts of waits during which the case stood in a status in which the service
 * waits for somebody else. A status lasts until the next one of its case.
 */
export async function prepareStatusPieces(
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
