import type { QueryRecord } from '../../core/index.ts';
import type { Warehouse } from '../../stores/index.ts';
import { directlyFollows } from '../queries/edges.ts';
import { caseEnds, type StepCases } from '../queries/ends.ts';
import { logSize } from '../queries/log-size.ts';
import { throughput } from '../queries/throughput.ts';
import { topVariants, type Variant, variantCounts, waysOfEvents } from '../queries/variants.ts';

/** An opened log: views `events` and `cases`, and the rows set aside by reason. */
export interface DescribableLog {
  readonly warehouse: Warehouse;
  readonly rejects: readonly { readonly reason: string; readonly rows: number }[];
}

/** What an event log holds, counted as it was read: rows paired only if asked, steps as mapped, instants in UTC. */
export interface LogDescription {
  readonly cases: number;
  readonly events: number;
  readonly steps: number;
  readonly variants: number;
  /** Different directly-follows relations, and how often any occurs. */
  readonly edges: number;
  readonly edgeTotal: number;
  readonly startSteps: readonly StepCases[];
  readonly endSteps: readonly StepCases[];
  readonly topEdges: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** First to last event in days; quantiles by linear interpolation between order statistics (type 7). */
  readonly throughputDays: {
    readonly mean: number | null;
    readonly median: number | null;
    readonly p90: number | null;
  };
  readonly rejects: readonly { readonly reason: string; readonly rows: number }[];
  readonly eventsWithoutTime: number;
  readonly singleEventCases: number;
  /** Events at the same instant as the one before in their case: their order is the file's. */
  readonly tiedEvents: number;
  readonly firstEvent: string | null;
  readonly lastEvent: string | null;
  readonly topVariants: readonly Variant[];
}

const daySeconds = 86_400;

function inDays(seconds: number | null): number | null {
  return seconds === null ? null : seconds / daySeconds;
}

/** Describes an event log without a charter; `log` collects the queries that were run. */
export async function describeLog(handle: DescribableLog, log: QueryRecord[] = []): Promise<LogDescription> {
  const { warehouse } = handle;
  const size = await logSize(warehouse, log);
  const variants = await variantCounts(warehouse, waysOfEvents, log);
  const edges = await directlyFollows(warehouse, log);
  const times = await throughput(warehouse, log);
  return {
    cases: size.cases,
    events: size.events,
    steps: size.steps,
    variants: variants.variants,
    edges: edges.length,
    edgeTotal: edges.reduce((sum, edge) => sum + edge.count, 0),
    startSteps: await caseEnds(warehouse, 'first', log),
    endSteps: await caseEnds(warehouse, 'last', log),
    topEdges: edges.slice(0, 20).map(({ from, to, count }) => ({ from, to, count })),
    throughputDays: { mean: inDays(times.mean), median: inDays(times.median), p90: inDays(times.p90) },
    rejects: handle.rejects,
    eventsWithoutTime: size.events - size.timed,
    singleEventCases: size.singleEventCases,
    tiedEvents: size.ties,
    firstEvent: size.first,
    lastEvent: size.last,
    topVariants: await topVariants(warehouse, waysOfEvents, 10, log),
  };
}
