import type { QueryRecord } from '../../core/index.ts';
import type { Zone } from '../../ingest/index.ts';
import { type QueryStep, type Row, runStep, sql, type Warehouse } from '../../stores/index.ts';
import type { KnownHours } from './hours-rule.ts';
import { finishedTable } from './instances.ts';
import { type OffDuty, offDuty, type WeeklySlot, type WorkHours } from './work-hours.ts';

/** Hours that are to be read off the log itself, in a zone. They are always said to be inferred. */
export interface InferHours {
  readonly inferIn: Zone;
}

/** An hour of the week counts as worked where somebody was seen at work in it in at least this share of their weeks. */
export const usualConfidence = 0.1;
/** Other shares, which show how unsure inferred hours are. */
export const otherConfidences = [0.05, 0.2];
/** With fewer hours seen than this, a worker is taken to work when everybody does. */
const leastSeen = 50;

interface SeenHour extends Row {
  readonly worker: number;
  /** Hours since 1970. */
  readonly hour: number;
}

const seenStep: QueryStep = {
  name: 'wait_hours_seen',
  purpose: 'The hours in which each worker was seen to start or finish a piece of work.',
  sql: sql`select worker_no as worker, floor(moment / 3600000000.0) as hour from (
  select worker_no, finished as moment from ${finishedTable} union all select worker_no, started from ${finishedTable}) as seen
where worker_no > 0 and moment is not null group by 1, 2 order by 1, 2`,
};

/** In how many weeks each hour of the week was seen, of how many weeks with anything seen. */
class SeenWeeks {
  readonly hours = new Float64Array(168);
  weeks = 0;
  seen = 0;
  #lastWeek = Number.NaN;

  /** Takes one hour, counted on the wall; hours come in order. */
  add(hour: number): void {
    // 1970 began on a Thursday: three days after a Monday.
    const week = Math.floor((hour + 72) / 168);
    const slot = (((hour + 72) % 168) + 168) % 168;
    if (week !== this.#lastWeek) this.weeks += 1;
    this.#lastWeek = week;
    this.hours[slot] = (this.hours[slot] as number) + 1;
    this.seen += 1;
  }

  addAll(other: SeenWeeks): void {
    other.hours.forEach((count, slot) => {
      this.hours[slot] = (this.hours[slot] as number) + count;
    });
    this.weeks += other.weeks;
    this.seen += other.seen;
  }

  isWorked(slot: number, confidence: number): boolean {
    return this.weeks > 0 && (this.hours[slot] as number) / this.weeks >= confidence;
  }

  worked(confidence: number): WorkHours {
    const weekly: WeeklySlot[] = [];
    for (let slot = 0; slot < 168; slot++) {
      if (!this.isWorked(slot, confidence)) continue;
      const from = (slot % 24) * 3600;
      weekly.push({ weekday: Math.floor(slot / 24), from, until: from + 3600 });
    }
    return { weekly, holidays: 'none', absences: [] };
  }
}

async function seenByWorker(warehouse: Warehouse, zone: Zone, log: QueryRecord[]) {
  const byWorker = new Map<number, SeenWeeks>();
  for (const { worker, hour } of await runStep<SeenHour>(warehouse, seenStep, log)) {
    const wall = hour + Math.round(zone.read(hour * 3600).offset / 3600);
    const seen = byWorker.get(worker) ?? new SeenWeeks();
    byWorker.set(worker, seen);
    seen.add(wall);
  }
  return byWorker;
}

/**
 * Reads working hours off a log: an hour of the week counts as worked where the worker was seen to start or finish
 * something in it in at least a share of the weeks in which they were seen at all, in the manner of the calendar
 * discovery of Lopez-Pintado and Dumas (2022). Workers seldom seen work when everybody does. Bank holidays, leave and
 * changes over time are not inferred. Gives hours for the usual share and for others.
 */
export async function inferHours(
  warehouse: Warehouse,
  { inferIn: zone }: InferHours,
  first: number,
  last: number,
  log: QueryRecord[],
): Promise<KnownHours> {
  const byWorker = await seenByWorker(warehouse, zone, log);
  const everybody = new SeenWeeks();
  for (const seen of byWorker.values()) everybody.addAll(seen);
  const ownOf = (worker: number) => {
    const seen = byWorker.get(worker);
    return seen && seen.seen >= leastSeen ? seen : everybody;
  };
  const withConfidence = (confidence: number) => {
    const made = new Map<SeenWeeks, OffDuty>();
    return (worker: number) => {
      if (worker === 0) return null;
      const seen = ownOf(worker);
      const known = made.get(seen) ?? offDuty(seen.worked(confidence), zone, first, last);
      made.set(seen, known);
      return known;
    };
  };
  let inside = 0;
  for (const [worker, seen] of byWorker) {
    const own = ownOf(worker);
    seen.hours.forEach((count, slot) => {
      if (own.isWorked(slot, usualConfidence)) inside += count;
    });
  }
  return {
    kind: 'inferred',
    offDuty: withConfidence(usualConfidence),
    namesMet: byWorker.size,
    insideShare: everybody.seen === 0 ? 0 : inside / everybody.seen,
    otherwise: otherConfidences.map((confidence) => ({ confidence, offDuty: withConfidence(confidence) })),
  };
}
