import { type CodedTexts, handBack } from '../../stores/index.ts';
import { type Numbers, plainNumbers } from '../cast/coded-numbers.ts';
import { byCase, type CaseOrder, sortByTime } from './case-order.ts';
import { GroupRoom, gathered } from './group-room.ts';
import type { HeldRows } from './held-rows.ts';

/** Events in their order with what is worked out from it. */
export interface OrderedEvents {
  readonly order: CaseOrder;
  /** The case of each row, as the rows came. */
  readonly ids: CodedTexts;
  /** Of each row in order: its time, NaN where it has none, and its step. */
  readonly at: Float64Array;
  /** The same times, coded where they are held so. */
  readonly times: Numbers;
  readonly steps: Int32Array;
  readonly stepNames: readonly string[];
  /** Of each row in order: its team; null where the rows have none. */
  readonly teams: Int32Array | null;
  readonly teamNames: readonly string[];
}

/** Fills gaps among numbers with those of another column. */
function fillGaps(numbers: Float64Array, others: Float64Array): void {
  for (let row = 0, end = numbers.length; row < end; row++)
    if (Number.isNaN(numbers[row])) numbers[row] = others[row] as number;
}

/** The first time that is there of some columns, as `coalesce`. */
export function timesOf(rows: HeldRows, columns: readonly string[]): Numbers {
  const known = columns.flatMap((name) => rows.numbers(name) ?? []);
  const [first = new Float64Array(rows.rows).fill(Number.NaN), ...others] = known;
  if (others.length === 0) return first;
  const out = plainNumbers(first).slice();
  for (const other of others) fillGaps(out, plainNumbers(other));
  return out;
}

/** Puts rows of events in order of case, time and place in the source. */
export function orderEvents(rows: HeldRows, times: Numbers): OrderedEvents {
  const ids = rows.texts('case_id');
  if (!ids) throw new Error('rows of events have no case');
  const order = byCase(ids);
  const asTheyCame = plainNumbers(times);
  sortByTime(order, asTheyCame);
  // Coded times were written out for this alone.
  if (asTheyCame !== times) handBack(asTheyCame);
  const timesInOrder = gathered(times, order.rows) as Numbers;
  const textsInOrder = (name: string) =>
    rows.gathered(name, order.rows, new GroupRoom()) as CodedTexts | undefined;
  const steps = textsInOrder('step');
  if (!steps) throw new Error('rows of events have no step');
  const teams = textsInOrder('team');
  return {
    order,
    ids,
    at: plainNumbers(timesInOrder),
    times: timesInOrder,
    steps: steps.codes,
    stepNames: steps.words,
    teams: teams?.codes ?? null,
    teamNames: teams?.words ?? [],
  };
}
