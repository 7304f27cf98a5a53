import { identifier, type Row, type Sql, sql, type Warehouse } from '../../stores/index.ts';
import type { Charter } from '../charter/charter.ts';
import type { StepNeeds } from './step-facts.ts';

/**
 * When cases end, by the rule that the checks of the data go by too: at their closing date where the data give any;
 * else when they last went through a step that stops a clock of the charter; else, as nothing says more, at their
 * last step.
 */
export interface CaseEnds {
  readonly rule: 'closing' | 'stop' | 'last-step';
  /** The steps that end a case, where the rule is `stop`. */
  readonly steps: readonly string[];
  /** The instant a case of `case_facts` ended; null while it is open. */
  readonly at: Sql;
  /** The same by the clock on the wall. */
  readonly wall: Sql;
}

/** Works out by which rule cases end, and asks for the steps that it needs. */
export async function caseEnds(
  warehouse: Warehouse,
  charter: Charter,
  columns: ReadonlySet<string>,
  needs: StepNeeds,
): Promise<CaseEnds> {
  const [row] = columns.has('closed')
    ? await warehouse.query<Row & { said: number }>(sql`select count(closed) as said from cases`)
    : [];
  if (Number(row?.said ?? 0) > 0) {
    const wall = columns.has('closed_wall') ? sql`coalesce(closed_wall, closed)` : sql`closed`;
    const at = sql`closed`;
    return { rule: 'closing', steps: [], at, wall: sql`case when closed is not null then ${wall} end` };
  }
  const steps = [...new Set((charter.clocks ?? []).flatMap(({ stop }) => ('step' in stop ? stop.step : [])))];
  if (steps.length === 0) return { rule: 'last-step', steps, at: sql`last_at`, wall: sql`last_at` };
  needs.need(steps, 'last');
  const column = needs.columnOf(steps, 'last') ?? '';
  return {
    rule: 'stop',
    steps,
    at: sql`${identifier(column)}`,
    wall: sql`${identifier(`${column}_wall`)}`,
  };
}
