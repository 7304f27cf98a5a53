import {
  completeResult,
  type Interval,
  type QueryRecord,
  type Result,
  type SourceRecord,
  WellspentError,
} from '../../core/index.ts';
import { interruptible, type Warehouse } from '../../stores/index.ts';
import { waitsParts } from '../results/waits.ts';
import { waitCaveats } from '../results/waits-caveats.ts';
import { cycleTimeEfficiency, efficiencyWithout, waitIntervals, waitingOf } from './efficiency.ts';
import { gatherWaits, mostSeveral, type WaitEvidence } from './evidence.ts';
import { usualGapSeconds, usualThreshold } from './explain-waits.ts';
import type { HoursRule } from './hours-rule.ts';
import type { InferHours } from './infer-hours.ts';
import { noMarks } from './marks.ts';
import { inSeconds, type ReportedWaits, reportedWaits } from './reported-waits.ts';
import { shownCauses } from './shown-causes.ts';
import { type Transition, transitionsStep } from './transitions.ts';

/** An event log opened on its own. */
export interface WaitingLog {
  readonly warehouse: Warehouse;
  readonly sources: readonly SourceRecord[];
}

/** How to work out the waits of a log. */
export interface LogWaitsOptions {
  /** Who works when; without it, time off duty and reasons outside the log are one figure. */
  readonly hours?: HoursRule | InferHours;
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops the work within a moment, with `WAREHOUSE_CANCELLED`. */
  readonly signal?: AbortSignal;
}

/** Waits from one step and worker to another, in seconds: for whoever holds the log, since it tells of persons. */
export interface ReportedTransition extends ReportedWaits {
  readonly from: string | null;
  readonly to: string | null;
  readonly fromResource: string | null;
  readonly toResource: string | null;
  readonly count: number;
  readonly cases: number;
}

/** All but the transitions, in seconds. */
export interface WaitsReport {
  readonly totals: ReportedWaits;
  /** What the figures rest on. */
  readonly basis: {
    readonly cases: number;
    readonly steps: number;
    readonly waits: number;
    readonly starts: 'recorded' | 'estimated' | 'partly estimated';
    readonly estimatedShare: number;
    readonly hours: 'given' | 'inferred' | 'none';
  };
  readonly efficiency: {
    readonly processing: number;
    readonly waiting: number;
    readonly cycleTimeEfficiency: number | null;
    readonly without: Readonly<Record<string, number | null>>;
  };
  /** 95% intervals by resampling cases, low and high; null for fewer than ten cases. */
  readonly intervals: {
    readonly cycleTimeEfficiency: readonly [number, number] | null;
    readonly shares: Readonly<Record<string, readonly [number, number] | null>>;
  };
  /** The split under other settings, in seconds over the cases taken: one in `oneIn`. */
  readonly sensitivity: {
    readonly oneIn: number;
    readonly rows: readonly (ReportedWaits & {
      readonly gapMinutes: number;
      readonly threshold: number;
      readonly confidence?: number;
    })[];
  };
  readonly notes: readonly string[];
}

/** Why the cases of a log wait. */
export interface LogWaits {
  /** For people: by step and team, and nothing of fewer than ten cases. */
  readonly result: Result;
  /** For machines: everything. */
  readonly report: WaitsReport;
  transitions(): AsyncIterable<readonly ReportedTransition[]>;
}

const micros = 1_000_000;

function reportOf(evidence: WaitEvidence): WaitsReport {
  const { explained, detail, estimatedShare, sensitivity } = evidence;
  const { counts, sums } = explained;
  const shown = shownCauses(detail, sums);
  const { efficiency, shares } = waitIntervals(explained, shown);
  const ends = (interval: Interval | null) =>
    interval === null ? null : ([interval.low, interval.high] as const);
  return {
    totals: reportedWaits(detail, inSeconds(sums), (waitingOf(sums) - sums.declared) / micros),
    basis: {
      cases: counts.cases,
      steps: counts.instances,
      waits: explained.transitions,
      starts: estimatedShare === 0 ? 'recorded' : estimatedShare === 1 ? 'estimated' : 'partly estimated',
      estimatedShare,
      hours: explained.hours.kind,
    },
    efficiency: {
      processing: sums.processing / micros,
      waiting: waitingOf(sums) / micros,
      cycleTimeEfficiency: cycleTimeEfficiency(sums),
      without: Object.fromEntries(shown.map((cause) => [cause.key, efficiencyWithout(sums, cause)])),
    },
    intervals: {
      cycleTimeEfficiency: ends(efficiency),
      shares: Object.fromEntries(shown.map(({ key }, i) => [key, ends(shares[i] ?? null)])),
    },
    sensitivity: {
      oneIn: sensitivity.oneIn,
      rows: sensitivity.rows.map(({ sums: split, ...setting }) => ({
        ...setting,
        ...reportedWaits(
          detail,
          inSeconds(split),
          waitingOf({ ...split, processing: 0, declared: 0 }) / micros,
        ),
      })),
    },
    notes: waitCaveats(evidence).caveats,
  };
}

function refuse({ severalShare }: WaitEvidence): void {
  if (severalShare <= mostSeveral) return;
  throw new WellspentError(
    'WAITS_SEVERAL_AT_ONCE',
    `${Math.round(100 * severalShare)}% of the work stands under names that do several pieces at once.`,
    {
      found:
        'names with over a fifth of their pieces of work overlapping another of theirs: teams or systems',
      hint: '--map "worker=the column that names the person", or for hours alone wellspent calc multitasking',
    },
  );
}

function checkNames({ explained }: WaitEvidence, hours: LogWaitsOptions['hours']): void {
  if (!hours || 'inferIn' in hours || hours.forOthers !== null || explained.hours.namesMet > 0) return;
  throw new WellspentError('CALENDAR_NAMES_UNKNOWN', 'No name of the calendar occurs in the log.', {
    found: [...hours.forWorkers.keys(), ...hours.forTeams.keys()].slice(0, 6).join(', '),
    hint: 'write workers as the log does, or "*" for everyone',
  });
}

/**
 * Why the cases of a log wait, and where. Throws `WAITS_NOTHING_FINISHED` for a log without finished steps,
 * `WAITS_SEVERAL_AT_ONCE` where workers are no persons, `CALENDAR_NAMES_UNKNOWN` for hours of nobody in the log.
 */
export async function waitsOfLog(log: WaitingLog, options: LogWaitsOptions = {}): Promise<LogWaits> {
  const { sources } = log;
  const { hours, onProgress, signal } = options;
  const warehouse = signal ? interruptible(log.warehouse, signal) : log.warehouse;
  const queries: QueryRecord[] = [];
  const evidence = await gatherWaits(
    warehouse,
    {
      hours: hours ?? null,
      marks: noMarks,
      gapSeconds: usualGapSeconds,
      threshold: usualThreshold,
      ...(onProgress ? { onProgress } : {}),
      ...(signal ? { signal } : {}),
    },
    queries,
  );
  if (!evidence)
    throw new WellspentError('WAITS_NOTHING_FINISHED', 'The log holds no finished step.', {
      hint: '--map "finished=name of the column"',
    });
  refuse(evidence);
  checkNames(evidence, hours);
  const result = completeResult(waitsParts(evidence, queries), { charter: null, sources }, []);
  return {
    result,
    report: reportOf(evidence),
    async *transitions() {
      const step = transitionsStep(warehouse, 'worker', 'names');
      for await (const rows of warehouse.stream<Transition>(step.sql))
        yield rows.map((row) => ({
          from: row.from,
          to: row.to,
          fromResource: row.fromActor,
          toResource: row.toActor,
          count: row.count,
          cases: row.cases,
          ...reportedWaits(evidence.detail, row, row.total),
        }));
    },
  };
}
