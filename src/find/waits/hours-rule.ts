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

/** When a worker is off duty; null where nothing is said of the worker or the team. Numbers as in `wait_instances`. */
export type OffDutyOf = (worker: number, team: number) => OffDuty | null;

/** The hours of a log's workers, as stretches off duty from its first to its last moment. */
export interface KnownHours {
  readonly kind: 'given' | 'inferred' | 'none';
  readonly offDuty: OffDutyOf;
  /** How many of the names that a rule speaks of occur in the log. */
  readonly namesMet: number;
  /** Of inferred hours: the share of what was seen that lies inside them, and the hours under other assumptions. */
  readonly insideShare?: number;
  readonly otherwise?: readonly { readonly confidence: number; readonly offDuty: OffDutyOf }[];
}

/** Where nobody said who works when. */
export const noHours: KnownHours = { kind: 'none', offDuty: () => null, namesMet: 0 };

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
    kind: 'given',
    offDuty: (worker, team) => {
      const hours = workers.get(worker) ?? teams.get(team) ?? (worker === 0 ? null : rule.forOthers);
      return hours ? stretches(hours) : null;
    },
    namesMet: workers.size + teams.size,
  };
}
