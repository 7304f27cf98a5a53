import { type InstanceState, transitionOf } from './transitions.ts';

/** One event of a case. Times are microseconds since 1970; NaN is missing. */
export interface LifecycleRow {
  readonly at: number;
  readonly step: string;
  readonly worker: string | null;
  readonly instance: string | null;
  readonly transition: string | null;
  /** The row carries a start and a finish of its own, so it needs no other. */
  readonly isWhole: boolean;
}

/** What pairing makes of a row: `stands` leaves its times alone, `made` gives it those of its piece of work. */
export type Fate = 'stands' | 'made' | 'merged' | 'set-aside';

/** What becomes of one row. Places are positions in the case's rows; -1 is none. */
export interface PairedRow {
  fate: Fate;
  /** Null for a status, which is no piece of work. */
  state: InstanceState | null;
  start: number;
  finish: number;
  scheduled: number;
  assigned: number;
  pausedSeconds: number;
}

/** One piece of work while its case is read. */
interface Instance {
  readonly start: number;
  scheduled: number;
  assigned: number;
  /** Rows that tell more about it and become part of it. */
  readonly parts: number[];
  paused: number;
  suspendedAt: number;
  isClosed: boolean;
}

/** Work that was planned and has not begun. */
interface Plan {
  scheduled: number;
  assigned: number;
  readonly parts: number[];
  isTaken: boolean;
}

interface Queue<T> {
  readonly items: T[];
  head: number;
}

function add<T>(queues: Map<string, Queue<T>>, key: string, item: T): void {
  const known = queues.get(key);
  if (known) known.items.push(item);
  else queues.set(key, { items: [item], head: 0 });
}

/** The oldest member that is still there; members that went are passed over once. */
function oldest<T>(queues: Map<string, Queue<T>>, key: string, isGone: (item: T) => boolean): T | undefined {
  const queue = queues.get(key);
  if (!queue) return undefined;
  while (queue.head < queue.items.length && isGone(queue.items[queue.head] as T)) queue.head += 1;
  return queue.items[queue.head];
}

const isClosed = (instance: Instance) => instance.isClosed;
const isTaken = (plan: Plan) => plan.isTaken;
const separator = '\u001f';

function ownKey({ step, instance, worker }: LifecycleRow): string {
  return instance === null ? `${step}${separator}w${worker ?? ''}` : `${step}${separator}i${instance}`;
}

function planKey({ step, instance }: LifecycleRow): string {
  return instance === null ? step : `${step}${separator}i${instance}`;
}

function standing(state: InstanceState | null): PairedRow {
  return {
    fate: 'stands',
    state,
    start: -1,
    finish: -1,
    scheduled: Number.NaN,
    assigned: Number.NaN,
    pausedSeconds: Number.NaN,
  };
}

/**
 * Joins the rows of one case that belong to one piece of work (IEEE 1849, lifecycle extension). Rows come in order
 * of time and then of the file; those without a time pair with nothing. A completion takes the oldest open start of
 * its step and instance, or of its step and worker where no instance is named; then, without instances, the oldest
 * start of its step that is left over and not later. Every row keeps, joins another, or is set aside.
 */
export function pairCase(rows: readonly LifecycleRow[]): readonly PairedRow[] {
  const out: PairedRow[] = [];
  const open = new Map<string, Queue<Instance>>();
  const openOfStep = new Map<string, Queue<Instance>>();
  const plans = new Map<string, Queue<Plan>>();
  const begun: Instance[] = [];
  const leftOver: number[] = [];
  const rowAt = (place: number) => rows[place] as LifecycleRow;
  const set = (place: number, found: Partial<PairedRow>) => {
    out[place] = { ...(out[place] ?? standing(null)), ...found };
  };

  const merge = (parts: readonly number[]) => {
    for (const part of parts) set(part, { fate: 'merged', state: null });
  };
  const instanceOf = (row: LifecycleRow): Instance | undefined =>
    oldest(open, ownKey(row), isClosed) ??
    (row.instance === null ? oldest(openOfStep, row.step, isClosed) : undefined);
  const planOf = (row: LifecycleRow): Plan | undefined => oldest(plans, planKey(row), isTaken);
  const stopPause = (instance: Instance, at: number) => {
    if (!Number.isNaN(instance.suspendedAt)) instance.paused += (at - instance.suspendedAt) / 1e6;
    instance.suspendedAt = Number.NaN;
  };
  const close = (instance: Instance, place: number, state: InstanceState) => {
    instance.isClosed = true;
    stopPause(instance, rowAt(place).at);
    merge([instance.start, ...instance.parts]);
    set(place, {
      fate: 'made',
      state,
      start: instance.start,
      finish: state === 'complete' ? place : -1,
      scheduled: instance.scheduled,
      assigned: instance.assigned,
      pausedSeconds: instance.paused > 0 ? instance.paused : Number.NaN,
    });
  };
  /** Ends planned work that never began, or makes a row on its own. */
  const alone = (place: number, plan: Plan | undefined, state: InstanceState) => {
    if (plan) {
      plan.isTaken = true;
      merge(plan.parts);
    }
    set(place, {
      fate: 'made',
      state,
      finish: state === 'instant' ? place : -1,
      scheduled: plan?.scheduled ?? Number.NaN,
      assigned: plan?.assigned ?? Number.NaN,
    });
  };

  const start = (row: LifecycleRow, place: number) => {
    const plan = planOf(row);
    if (plan) plan.isTaken = true;
    const instance: Instance = {
      start: place,
      scheduled: plan?.scheduled ?? Number.NaN,
      assigned: plan?.assigned ?? Number.NaN,
      parts: plan ? [...plan.parts] : [],
      paused: 0,
      suspendedAt: Number.NaN,
      isClosed: false,
    };
    begun.push(instance);
    add(open, ownKey(row), instance);
    if (row.instance === null) add(openOfStep, row.step, instance);
  };
  const assign = (row: LifecycleRow, place: number) => {
    const planned = planOf(row) ?? instanceOf(row);
    if (!planned) {
      add(plans, planKey(row), { scheduled: Number.NaN, assigned: row.at, parts: [place], isTaken: false });
      return;
    }
    planned.assigned = row.at;
    planned.parts.push(place);
  };
  const pause = (row: LifecycleRow, place: number, resumes: boolean) => {
    const instance = instanceOf(row);
    if (!instance) return;
    instance.parts.push(place);
    if (resumes) stopPause(instance, row.at);
    else if (Number.isNaN(instance.suspendedAt)) instance.suspendedAt = row.at;
  };
  const end = (row: LifecycleRow, place: number, state: 'withdrawn' | 'aborted' | 'skipped') => {
    // What is withdrawn or skipped had as a rule not begun; what is aborted had.
    const plan = planOf(row);
    if (plan && state !== 'aborted') return alone(place, plan, state);
    const instance = instanceOf(row);
    if (instance) close(instance, place, state);
    else alone(place, plan, state);
  };

  const read = (row: LifecycleRow, place: number) => {
    const transition = transitionOf(row.transition);
    if (transition === 'status') return set(place, standing(null));
    if (Number.isNaN(row.at)) return set(place, standing('no time'));
    if (row.isWhole && (transition === 'complete' || transition === 'start'))
      return set(place, standing('complete'));
    set(place, standing(null));
    switch (transition) {
      case 'start':
        return start(row, place);
      case 'complete': {
        const instance = oldest(open, ownKey(row), isClosed);
        if (instance) close(instance, place, 'complete');
        else leftOver.push(place);
        return;
      }
      case 'schedule':
        return add(plans, planKey(row), {
          scheduled: row.at,
          assigned: Number.NaN,
          parts: [place],
          isTaken: false,
        });
      case 'assign':
        return assign(row, place);
      case 'suspend':
      case 'resume':
        return pause(row, place, transition === 'resume');
      case 'withdrawn':
      case 'aborted':
      case 'skipped':
        return end(row, place, transition);
    }
  };
  for (const [place, row] of rows.entries()) read(row, place);

  const unfinished = begun.filter((instance) => !instance.isClosed);
  /** A start left over for a left-over completion of the same instance, where neither has another. */
  const sameInstance = (key: string): Instance | undefined => {
    const only = open.get(key)?.items;
    return only?.length === 1 && endsOf.get(key) === 1 && !only[0]?.isClosed ? only[0] : undefined;
  };
  const endsOf = new Map<string, number>();
  for (const place of leftOver) {
    const key = ownKey(rowAt(place));
    endsOf.set(key, (endsOf.get(key) ?? 0) + 1);
  }
  for (const place of leftOver) {
    const row = rowAt(place);
    const other = row.instance === null ? oldest(openOfStep, row.step, isClosed) : sameInstance(ownKey(row));
    if (other && rowAt(other.start).at <= row.at) close(other, place, 'complete');
    else if (other && row.instance !== null) {
      other.isClosed = true;
      set(place, { fate: 'set-aside' });
      set(other.start, { fate: 'set-aside' });
    } else {
      const plan = planOf(row);
      alone(place, plan && rowAt(plan.parts[0] as number).at <= row.at ? plan : undefined, 'instant');
    }
  }
  for (const instance of unfinished) {
    if (instance.isClosed) continue;
    merge(instance.parts);
    set(instance.start, {
      fate: 'made',
      state: 'open',
      start: instance.start,
      scheduled: instance.scheduled,
      assigned: instance.assigned,
      pausedSeconds: instance.paused > 0 ? instance.paused : Number.NaN,
    });
  }
  return out;
}
