import { identifier, joinSql, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { nameTables } from './instances.ts';

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
