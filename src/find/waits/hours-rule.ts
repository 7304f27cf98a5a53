import type { Zone } from '../../ingest/index.ts';
import { identifier, type Row, sql, type Warehouse } from '../../stores/index.ts';
import { nameTables } from './instances.ts';
import { type OffDuty, offDuty, type WorkHours } from './work-hours.ts';

/** Whose hours are which: a worker's own come before those of the team, and those before everyone else's. */
export interface HoursRule {
  readonly zone: Zone;
  readonly forWorkers: ReadonlyMap<string, WorkHours>;
  readonly forTeams: ReadonlyMap<string, WorkHours>;
  readonly forOthers: WorkHours | null;
  /** True where the hours were read off the log itself. */
  readonly inferred: boolean;
  /** Where the hours come from and how far they can be trusted, in a sentence. */
  readonly said: string;
}

async function numbersOf(
  warehouse: Warehouse,
  column: 'worker' | 'team',
  rules: ReadonlyMap<string, WorkHours>,
): Promise<ReadonlyMap<number, WorkHours>> {
  if (rules.size === 0) return new Map();
  const rows = await warehouse.query<Row & { name: string; number: number }>(
    sql`select ${identifier(column)} as name, number from ${identifier(nameTables[column])}`,
  );
  return new Map(
    rows.flatMap(({ name, number }) => {
      const hours = rules.get(name);
      return hours ? [[number, hours] as const] : [];
    }),
  );
}

/** The hours of a log's workers by their numbers, as stretches off duty from its first to its last moment. */
export interface KnownHours {
  /** Null where nothing is said of the worker or the team. */
  readonly offDuty: (worker: number, team: number) => OffDuty | null;
  /** How many of the names that the rule speaks of occur in the log. */
  readonly namesMet: number;
}

/** Lays a rule over a log. */
export async function hoursOfLog(
  warehouse: Warehouse,
  rule: HoursRule,
  first: number,
  last: number,
): Promise<KnownHours> {
  const workers = await numbersOf(warehouse, 'worker', rule.forWorkers);
  const teams = await numbersOf(warehouse, 'team', rule.forTeams);
  const made = new Map<WorkHours, OffDuty>();
  const stretches = (hours: WorkHours) => {
    const known = made.get(hours) ?? offDuty(hours, rule.zone, first, last);
    made.set(hours, known);
    return known;
  };
  return {
    offDuty: (worker, team) => {
      const hours = workers.get(worker) ?? teams.get(team) ?? (worker === 0 ? null : rule.forOthers);
      return hours ? stretches(hours) : null;
    },
    namesMet: workers.size + teams.size,
  };
}
