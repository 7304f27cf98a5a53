import type { QueryRecord } from '../../core/index.ts';
import { type FigureRows, leftOutRows, type Sql, sql, usedRows } from '../../stores/index.ts';
import { failureFigures } from '../failure-demand/index.ts';
import { failureDemandFindings } from '../findings/failure-demand.ts';
import type { Finding } from '../findings/finding.ts';
import { repeatFindings, repeatsThatMayBeRework } from '../findings/repeats.ts';
import { conditionsOfTarget, targetGaps } from '../findings/target-covers-part.ts';
import { turnedBackFindings } from '../findings/turned-back.ts';
import { longestWaits } from '../findings/waits.ts';
import { workaroundFindings } from '../findings/workarounds.ts';
import { restartRows } from './restart-rows.ts';
import { once, type Tracing } from './tracing.ts';
import { affectedTrail, casesTrail, only } from './trails.ts';

/** Traces a finding, by its id, to its cases; null where there is no such finding. */
export type FindingTracer = (id: string) => Promise<FigureRows | null>;

/** Cases that a target leaves out, or all that are served where it leaves out none. */
async function targetFindingRows(tracing: Tracing, target: string): Promise<FigureRows | null> {
  const { workspace, facts } = tracing;
  const found = conditionsOfTarget(workspace, facts, target);
  const gap = (await targetGaps(workspace, facts, [])).find(({ id }) => id === target);
  if (!found || !gap) return null;
  const nobody = leftOutRows(
    'not-served',
    'No output that the measure speaks for, or not known',
    sql`not (${found.everyone})`,
  );
  const leavesNoneOut = gap.everyone === gap.covered;
  return only(
    casesTrail(
      tracing,
      [
        nobody,
        ...(leavesNoneOut ? [] : [leftOutRows('covered', 'Counted by the target', found.covers)]),
        usedRows('these', leavesNoneOut ? 'Served' : 'Left out by the target', null),
      ],
      { gives: { kind: 'count', of: ['these'] } },
    ),
  );
}

/** The finders of findings whose cases a query names, each run at most once and without looking at outcomes. */
function finders(tracing: Tracing): Readonly<Record<string, () => Promise<readonly Finding[]>>> {
  const { workspace, costs, cases } = tracing;
  const { warehouse } = workspace;
  const log: QueryRecord[] = [];
  const turned = once(async () =>
    turnedBackFindings(workspace, await tracing.turned(), cases, costs, null, log),
  );
  return {
    'rework-': once(async () => {
      const rows = await repeatsThatMayBeRework(workspace, await tracing.repeated(), costs, log);
      return repeatFindings(workspace, rows, cases, null, log);
    }),
    'rejection-loop-': turned,
    'overprocessing-': turned,
    'workaround-': once(async () => {
      const sample = await tracing.sample();
      return (await workaroundFindings(workspace, cases, costs, null, log, sample)).findings;
    }),
    'failure-demand-': once(async () =>
      (await tracing.contacts())
        ? failureDemandFindings(workspace, await failureFigures(warehouse, log), cases, null, log)
        : [],
    ),
  };
}

async function waitingCases(tracing: Tracing, id: string): Promise<Sql | null> {
  const edge = longestWaits(await tracing.waits())[Number(id.slice('wait-'.length)) - 1];
  return edge
    ? sql`select case_id from work_steps where step = ${edge.from} and next_step = ${edge.to}`
    : null;
}

/** Gives what traces findings. */
export function findingTracer(tracing: Tracing): FindingTracer {
  const byPrefix = finders(tracing);
  const named = 'Cases of the finding';
  return async (id) => {
    if (id.startsWith('target-')) return targetFindingRows(tracing, id.slice('target-'.length));
    if (id.startsWith('clock-restart-'))
      return restartRows(tracing, 'restarted', id.slice('clock-restart-'.length));
    if (id.startsWith('wait-')) {
      const cases = await waitingCases(tracing, id);
      return cases && only(affectedTrail(tracing, cases, { named }));
    }
    const find = Object.entries(byPrefix).find(([prefix]) => id.startsWith(prefix))?.[1];
    const finding = (await find?.())?.find((one) => one.id === id);
    if (!finding?.affected) return null;
    const { affected, sampledOneIn } = finding;
    // The count is an estimate for all cases, so these rows alone do not give it.
    return only(
      sampledOneIn
        ? affectedTrail(tracing, affected, {
            named: `${named}, of the one case in ${sampledOneIn} looked at`,
            gives: null,
          })
        : affectedTrail(tracing, affected, { named }),
    );
  };
}
