import { type FigureRows, joinSql, leftOutRows, sql, usedRows } from '../../stores/index.ts';
import { clockRestartFinding, restartConditions } from '../findings/clock-restart.ts';
import { effortRows } from './event-rows.ts';
import type { Tracing } from './tracing.ts';
import { casesTrail, noRows, only } from './trails.ts';

/** Finished cases whose clock started again, and what goes with it, of the first clock that does so in ten cases. */
export async function restartRows(tracing: Tracing, figure: string, clockId?: string): Promise<FigureRows> {
  const { workspace, facts, costs, outcome } = tracing;
  const { charter } = workspace.loaded;
  for (const clock of charter.clocks ?? []) {
    if (!clock.restart?.length || (clockId !== undefined && clock.id !== clockId)) continue;
    const found = await clockRestartFinding(workspace, facts, clock, costs, null, []);
    if (!found) continue;
    const { restarted, finished, understated } = restartConditions(workspace, clock);
    const open = leftOutRows('not-finished', 'Not finished: it may yet start again', sql`not (${finished})`);
    const again = usedRows('restarted', 'The clock started again', restarted);
    const others = usedRows('others', 'The clock did not start again', null);
    const share = { kind: 'share', part: ['restarted'], of: ['restarted', 'others'] } as const;
    if (figure === 'restarted')
      return only(
        casesTrail(tracing, [open, again, leftOutRows('others', 'The clock did not start again', null)], {
          gives: { kind: 'count', of: ['restarted'] },
        }),
      );
    if (figure === 'restart-share') return only(casesTrail(tracing, [open, again, others], { gives: share }));
    if (figure === 'effort-share') return effortRows(tracing, sql`(${finished}) and ${restarted}`, finished);
    if (figure === 'understated-days')
      return only(
        casesTrail(tracing, [open, again, leftOutRows('others', 'The clock did not start again', null)], {
          value: { title: 'Days by which recorded age is too short', sql: understated },
          gives: { kind: 'quantile', p: 0.5, of: ['restarted'] },
        }),
      );
    if (figure === 'missed-share') {
      if (!outcome) return noRows('The charter names no outcome that cases can miss.');
      return only(
        casesTrail(
          tracing,
          [
            leftOutRows('not-counted', `Not counted by "${outcome.title}"`, sql`not (${outcome.counted})`),
            leftOutRows('met', 'Met it', outcome.good),
            again,
            usedRows('others', 'Missed it, and the clock did not start again', null),
          ],
          { gives: share },
        ),
      );
    }
    const marked = joinSql(
      found.restart.precursors.map(({ affected }) => sql`case_id in (${affected})`),
      ' or ',
    );
    if (found.restart.precursors.length === 0) return noRows('No mark goes with starting again.');
    const isOthers = figure === 'others-preceded-share';
    return only(
      casesTrail(
        tracing,
        [
          open,
          isOthers
            ? leftOutRows('restarted', 'The clock started again', restarted)
            : leftOutRows('others', 'The clock did not start again', sql`not (${restarted})`),
          usedRows('marked', 'With one of the marks', marked),
          usedRows('unmarked', 'With none of them', null),
        ],
        { gives: { kind: 'share', part: ['marked'], of: ['marked', 'unmarked'] } },
      ),
    );
  }
  return noRows('No clock of the charter starts again in ten finished cases or more.');
}
