import type { Result, TableCell } from '../../core/index.ts';
import type { NamedFigure } from '../../measure/index.ts';
import type { FigureRows } from '../../stores/index.ts';
import type { FindWorkspace } from '../workspace.ts';
import {
  compareRows,
  endingRows,
  frontBackRows,
  targetRows,
  throughputRows,
  variantRows,
} from './case-rows.ts';
import { failureDemandRows, waitingContactRows } from './contact-rows.ts';
import { handoverRows, reworkRows, timeRows, waitsRows } from './event-rows.ts';
import { findCellRows } from './find-cells.ts';
import { type FindingTracer, findingTracer } from './finding-rows.ts';
import { restartRows } from './restart-rows.ts';
import { once, prepareTracing, type Tracing } from './tracing.ts';
import { shareOf } from './trails.ts';
import { turnedRows } from './turned-rows.ts';

type Planner = (
  tracing: Tracing,
  figure: NamedFigure,
  result: Result,
  findings: FindingTracer,
) => FigureRows | Promise<FigureRows | null>;

/** The first finding of the list, which its figures speak of. */
async function firstFinding(figure: NamedFigure, result: Result, findings: FindingTracer) {
  const first = result.tables.find(({ id }) => id === 'findings')?.rows[0]?.id;
  const rows = typeof first === 'string' ? await findings(first) : null;
  if (!rows || 'noRows' in rows || figure.id !== 'first-share') return rows;
  // A finding is counted as a count; its share is of all that its trail could have counted.
  return { trails: [shareOf(rows.trails[0])] as const };
}

const called = (...ids: readonly string[]) => new RegExp(`^(${ids.join('|')})$`);

/** The planners of a Result's figures, by its id, and the figures that each knows; a figure it does not know has no rows. */
const planners: Readonly<Record<string, readonly (readonly [figures: RegExp, planner: Planner])[]>> = {
  findings: [
    [
      called('first-cases', 'first-share'),
      (_, figure, result, findings) => firstFinding(figure, result, findings),
    ],
  ],
  time: [
    [
      called('largest-share', 'total-days', 'elapsed-days', 'applicant-share'),
      (tracing, { id }) => timeRows(tracing, id),
    ],
  ],
  waits: [
    [called('contact-cost'), (tracing) => waitingContactRows(tracing)],
    [
      called('waiting', 'processing', 'cycle-time-efficiency', 'staff-cost', 'delay-cost'),
      (tracing, { id }) => waitsRows(tracing, id),
    ],
  ],
  rework: [
    [called('cases-with-rework', 'repeats', 'rework-pounds'), (tracing, { id }) => reworkRows(tracing, id)],
    [
      called('loop-(cases|returned|hours|pounds|days|delay)', '(checked-in-vain|order)-(hours|pounds)'),
      (tracing, { id }) => turnedRows(tracing, id),
    ],
  ],
  'failure-demand': [
    [
      called(
        'failure-(share|at-least|at-most|hours|pounds)',
        'unknown-share',
        'contacts',
        'repeats',
        'spared-five-days',
      ),
      (tracing, { id }) => failureDemandRows(tracing, id),
    ],
  ],
  'front-back': [
    [
      called('front-days', 'hidden-days', 'gap', 'channel-shift', 'two-systems'),
      (tracing, { id }) => frontBackRows(tracing, id),
    ],
  ],
  'clock-restarts': [
    [
      called('(restart|effort|missed|preceded|others-preceded)-share', 'understated-days'),
      (tracing, { id }) => restartRows(tracing, id),
    ],
  ],
  targets: [
    [called('target-share', 'everyone-share', 'covered'), (tracing, { id }) => targetRows(tracing, id)],
  ],
  throughput: [
    [called('(median|p90)-days', '(closed|open)-cases'), (tracing, { id }) => throughputRows(tracing, id)],
  ],
  variants: [[called('top-ten-share', 'single'), (tracing, { id }) => variantRows(tracing, id)]],
  endings: [[/^ending-/, (tracing, figure) => endingRows(tracing, figure)]],
  handovers: [[called('handovers', 'returns'), (tracing, { id }) => handoverRows(tracing, id)]],
  compare: [
    [
      called('(first|second)-(cases|median|p90)'),
      (tracing, { id }, result) => compareRows(tracing, result, id),
    ],
  ],
};

/** Traces figures of what `find` gives, its findings by their ids, and cells of its tables, to their rows. */
export type FindTracer = (
  result: Result,
  figure: NamedFigure,
  cell?: TableCell | null,
) => Promise<FigureRows | null>;

/** Ids of the findings that a Result lists. */
function listsFinding({ tables }: Result, id: string): boolean {
  return tables.some(
    (table) =>
      ['findings', 'parts', 'workarounds'].includes(table.id) && table.rows.some((row) => row.id === id),
  );
}

/**
 * Gives what traces any figure of `find`, or any finding by its id, to the rows behind it and those left out; null for
 * what no Result of `find` holds. What it needs is worked out when first asked for; what it gives are plans, which hold
 * while the workspace is open.
 */
export function traceFind(workspace: FindWorkspace): FindTracer {
  const prepared = once(async () => {
    const tracing = await prepareTracing(workspace);
    return { tracing, findings: findingTracer(tracing) };
  });
  return async (result, figure, cell) => {
    if (cell) {
      const traced = workspace.tables.has('events') ? await prepared() : null;
      return traced && findCellRows(traced.tracing, result, cell);
    }
    const planner = planners[result.id]?.find(([figures]) => figures.test(figure.id))?.[1];
    if (!workspace.tables.has('events')) return null;
    const isFinding = listsFinding(result, figure.id);
    if (!isFinding && !planner) return null;
    const { tracing, findings } = await prepared();
    if (isFinding) return findings(figure.id);
    return (await planner?.(tracing, figure, result, findings)) ?? null;
  };
}
