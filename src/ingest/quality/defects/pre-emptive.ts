import { sql } from '../../../stores/index.ts';
import type { DataShape } from '../data-shape.ts';
import type { RowDetector } from '../detector.ts';
import { hit, listOf } from '../fragments.ts';
import { isRefused } from '../outcome-words.ts';

const withinSeconds = 1800;
const assessing = /assess|check|examin|review|evaluat|investigat|verif|triage|consider|inspect/i;

function assessmentSteps({ steps }: DataShape): readonly string[] {
  return steps.map(({ step }) => step).filter((step) => assessing.test(step));
}

/** Cases refused before anyone can have looked at them. */
export const preEmptive: RowDetector = {
  kind: 'rows',
  id: 'pre-emptive',
  title: 'Refused within minutes, with no assessment',
  rule: 'Refused cases with two events or more, none of a step whose name says that something is assessed or checked, and closed within 30 minutes.',
  distorts: 'Time to decide is too short, and refusals look like decisions on the merits.',
  remedy:
    'Show them as an outcome of their own. Ask by which rule they are turned away, and whether those people come back.',
  touches: ['decisions', 'waits'],
  level: 'alarm',
  counts: 'cases',
  needs: (shape) =>
    shape.filledCases.outcome === 0
      ? 'the outcome of each case'
      : assessmentSteps(shape).length === 0
        ? 'a step whose name says that a case is assessed or checked'
        : null,
  hits: ({ warehouse: { dialect } }, shape) => {
    const took = dialect.secondsBetween(sql`coalesce(opened, first_at)`, sql`coalesce(closed, last_at)`);
    return sql`select ${hit({ pattern: sql`'refused at once'`, step: sql`last_step`, extent: sql`took` })}
from (select case_id, last_step, ${took} as took from cases where events >= 2 and ${isRefused}) as refusals
where took <= ${withinSeconds} and took >= 0 and not exists (select 1 from events
  where events.case_id = refusals.case_id and events.step in ${listOf(assessmentSteps(shape))})`;
  },
};
