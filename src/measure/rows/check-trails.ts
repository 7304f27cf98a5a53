import { addDays } from '../../core/index.ts';
import { type FigureRows, identifier, joinSql, type RowTrail, sql } from '../../stores/index.ts';
import { around, weekShares } from '../after-changes/week-shares.ts';
import { anyOf, caseTime, notRecordedGroup } from '../collect-checks.ts';
import { latestPeriods, spanOfFloor } from '../floors.ts';
import { smallGroups } from '../groups.ts';
import { dayAfter, isOpenLate } from '../open-late/open-late.ts';
import type { Study } from '../study.ts';
import { standardWindow } from '../trust/unit-shares.ts';
import { type CaseMeasure, type CaseScope, measureTrail, scopeOfOutputs } from './case-trail.ts';
import { type DayRange, latestSpan, periodSpan, rangesOf, type Span } from './spans.ts';
import { qualityRowsTrail, qualityTrail } from './table-trail.ts';

const noCases: FigureRows = { noRows: 'No case of the data is behind it: it cannot be counted from them.' };

/** Cases placed as floors and targets place them: by one time for all, narrowed to the cases of some outputs. */
function scopeOfCheck(
  study: Study,
  facts: NonNullable<Study['facts']>,
  outputs: readonly number[] | null,
): CaseScope {
  return {
    counted: [
      { at: caseTime(study.plan), where: outputs === null ? null : anyOf(study.plan, facts, outputs) },
    ],
    otherwise: 'Ended in a way that is no output',
  };
}

/** The rows behind a quality measure over some spans: its cases, or its rows in the table of quality; of some outputs where given. */
export function measureRows(
  study: Study,
  k: number,
  spans: readonly Span[],
  of?: readonly number[],
): readonly RowTrail[] {
  const planned = study.plan.measures[k];
  if (!planned) return [];
  const { measure } = planned;
  const outputs = of ?? planned.outputs;
  if (measure.from === 'quality')
    return study.workspace.tables.has('quality') ? [qualityTrail(study, [k], spans, of)] : [];
  if (!study.facts || (measure.share === undefined && measure.mean === undefined)) return [];
  const scope = scopeOfOutputs(study, study.facts, outputs);
  if (scope.counted.length === 0) return [];
  return [measureTrail(study, study.facts, scope, spans, measure, `cases-${measure.id}`)];
}

/** One or more trails, or why there is none. */
export function rowsOrNone(trails: readonly RowTrail[], noRows: string): FigureRows {
  const [first, ...others] = trails;
  return first ? { trails: [first, ...others] } : { noRows };
}

/** The rows behind a measure of what the service is for, in the latest periods. */
export function measureFigureRows(study: Study, id: string): FigureRows {
  const k = study.plan.measures.findIndex(({ measure }) => measure.id === id);
  return rowsOrNone(measureRows(study, k, latestSpan(study)), 'The data hold no row of this measure.');
}

/** The rows behind a share that counts cases still open and already late: those that ended, and these. */
export function openLateRows(study: Study, id: string): FigureRows {
  const { facts, plan } = study;
  const planned = plan.measures.find(({ measure }) => measure.id === id);
  const { share, of, title } = planned?.measure ?? {};
  const before = dayAfter(study, latestPeriods(study).starts);
  if (!facts || !planned || share === undefined || title === undefined || before === null) return noCases;
  const late = isOpenLate(study, { id, title, share, of, outputs: planned.outputs }, before);
  const [trail] = measureRows(study, planned.index, latestSpan(study));
  if (!trail || late === null) return noCases;
  return {
    trails: [
      {
        ...trail,
        gives: { kind: 'share', part: ['met'], of: ['met', 'not-met', 'open-late'] },
        classes: [
          { id: 'open-late', title: 'Counted: open and already late', used: true, where: late },
          ...trail.classes,
        ],
      },
    ],
  };
}

/** The rows behind a measure in one period, of all its outputs together or of one, by their titles. */
export function measurePeriodRows(study: Study, title: string, output: string, start: string): FigureRows {
  const k = study.plan.measures.findIndex(({ measure }) => measure.title === title);
  const o = study.plan.outputs.findIndex((one) => one.title === output);
  const rows = measureRows(study, k, [periodSpan(study, start)], o === -1 ? undefined : [o]);
  return rowsOrNone(rows, 'The data hold no row of this measure.');
}

/** The rows behind a measure of one group in the latest periods; groups put together are those that have no line of their own. */
export function groupRows(
  study: Study,
  split: string,
  group: string,
  title: string,
  named: readonly string[],
): FigureRows {
  const { facts, plan } = study;
  const planned = plan.measures.find(({ measure }) => measure.title === title);
  const column = plan.charter.groups?.find((one) => one.title === split)?.column;
  if (!facts || !planned || column === undefined) return noCases;
  const { dialect } = study.workspace.warehouse;
  const name = sql`coalesce(${dialect.toText(sql`${identifier(column)}`)}, ${notRecordedGroup})`;
  const others = joinSql(
    named.filter((one) => one !== smallGroups).map((one) => sql`${one}`),
    ', ',
  );
  const isGroup =
    group !== smallGroups
      ? sql`${name} = ${group}`
      : named.length > 1
        ? sql`${name} not in (${others})`
        : sql`1 = 1`;
  const scope = scopeOfCheck(study, facts, planned.outputs);
  const trail = measureTrail(
    study,
    facts,
    scope,
    latestSpan(study),
    planned.measure,
    `cases-${planned.measure.id}`,
    [
      {
        id: 'other-groups',
        title: `Of another group than "${group}"`,
        used: false,
        where: sql`not (${isGroup})`,
      },
    ],
  );
  return { trails: [trail] };
}

/** The rows behind an essential floor, over the span that it is judged by. */
export async function floorRows(study: Study, id: string): Promise<FigureRows> {
  const floor = study.plan.charter.floors?.find((one) => one.id === id);
  const { facts, plan } = study;
  const judged = floor ? await spanOfFloor(study, floor) : null;
  if (!floor || !facts || !judged) return noCases;
  const span: Span = { id: 'judged', label: judged.label, ranges: rangesOf(plan.grain, judged.starts) };
  const scope = scopeOfCheck(study, facts, null);
  return { trails: [measureTrail(study, facts, scope, [span], floor, `cases-${id}`)] };
}

/** The rows behind a target as it counts: its own cases, else those of the measure that it is compared with. */
export function targetRows(study: Study, id: string): FigureRows {
  const target = study.plan.charter.targets?.find((one) => one.id === id);
  const { facts, plan } = study;
  const planned = plan.measures.find(({ measure }) => measure.id === target?.compare_with);
  if (facts && target?.share !== undefined) {
    const own: CaseMeasure = { title: target.title, share: target.share, of: target.of };
    const scope = scopeOfCheck(study, facts, planned?.outputs ?? plan.outputs.map((_, o) => o));
    return { trails: [measureTrail(study, facts, scope, latestSpan(study), own, `cases-${id}`)] };
  }
  if (!planned) return noCases;
  const rows = measureRows(study, planned.index, latestSpan(study));
  const isLower = planned.measure.direction === 'lower';
  return rowsOrNone(
    isLower ? rows.map((trail) => ({ ...trail, gives: complement(trail.gives) })) : rows,
    'The data hold no row of this measure.',
  );
}

function complement(gives: RowTrail['gives']): RowTrail['gives'] {
  if (gives?.kind !== 'share') return null;
  return { ...gives, part: gives.of.filter((id) => !gives.part.includes(id)) };
}

const weeksOf = (weeks: readonly { readonly start: string }[]): readonly DayRange[] => {
  const [first, last] = [weeks[0], weeks.at(-1)];
  return first && last ? [{ from: first.start, before: addDays(last.start, 7) }] : [];
};

/** The cases before and after a change, for each share of cases: the figure's id is the change's, a hyphen, the measure's. */
export async function afterChangeRows(study: Study, figure: string): Promise<FigureRows | null> {
  const changes = (study.plan.charter.changes ?? []).toSorted((a, b) => (a.on < b.on ? -1 : 1));
  const { facts } = study;
  for (const [i, change] of changes.entries())
    for (const planned of study.plan.measures) {
      if (`${change.id}-${planned.measure.id}` !== figure || !facts) continue;
      const weeks = await weekShares(study, planned);
      if (!weeks) return noCases;
      const { before, after } = around(weeks, change.on, changes[i - 1]?.on, changes[i + 1]?.on);
      const spans = [
        { id: 'later', label: `after "${change.title}"`, ranges: weeksOf(after) },
        { id: 'earlier', label: 'before it', ranges: weeksOf(before) },
      ];
      const scope = scopeOfCheck(study, facts, planned.outputs);
      const trail = measureTrail(study, facts, scope, spans, planned.measure, `cases-${planned.measure.id}`);
      const share = (span: string) => ({ part: [`${span}-met`], of: [`${span}-met`, `${span}-not-met`] });
      return {
        trails: [
          { ...trail, gives: { kind: 'difference', later: share('later'), earlier: share('earlier') } },
        ],
      };
    }
  return null;
}

/** The cases of a share over four weeks, by the measure's title and the first Monday. */
export function fourWeeksRows(study: Study, title: string, start: string): FigureRows {
  const planned = study.plan.measures.find(({ measure }) => measure.title === title);
  const { facts } = study;
  if (!planned || !facts) return noCases;
  const days = { from: start, before: addDays(start, 28) };
  const span: Span = { id: 'weeks', label: 'these four weeks', ranges: [days] };
  const scope = scopeOfCheck(study, facts, planned.outputs);
  return {
    trails: [measureTrail(study, facts, scope, [span], planned.measure, `cases-${planned.measure.id}`)],
  };
}

/** The rows behind units just above or below a target: a row for each unit and period in the table of quality. */
export function nearTargetRows(study: Study, id: string, side: 'above' | 'below'): FigureRows {
  const target = study.plan.charter.targets?.find((one) => one.id === id);
  const { units } = target ?? {};
  if (!target || !units) return noCases;
  // Shares that are worked out from cases rest on every case that the target counts.
  if (units.measure === undefined) return targetRows(study, id);
  const cut = target.at_least;
  const width = units.window ?? standardWindow;
  const [low, high] = side === 'above' ? [cut, cut + width] : [cut - width, cut];
  return bandRows(study, units.column, units.measure, low, high, `Just ${side} the target`);
}

/** The rows of units whose shares lie between two bounds, by the target's title: a bar of its distribution. */
export function shareBandRows(study: Study, title: string, from: number, below: number): FigureRows {
  const target = study.plan.charter.targets?.find((one) => one.title === title);
  const { units } = target ?? {};
  if (!target || !units) return noCases;
  if (units.measure === undefined) return targetRows(study, target.id);
  return bandRows(study, units.column, units.measure, from, below, 'Between these bounds');
}

function bandRows(
  study: Study,
  column: string,
  measure: string,
  low: number,
  high: number,
  title: string,
): FigureRows {
  // Bounds as they are written, as the screen has them.
  const bound = (at: number) => Number(at.toFixed(12));
  const value = sql`${identifier('value')}`;
  const whole: Span = {
    id: 'whole',
    label: 'the whole periods',
    ranges: rangesOf(study.plan.grain, study.complete),
  };
  const near = sql`${value} >= ${bound(low)} and ${value} < ${bound(high)}`;
  return {
    trails: [qualityRowsTrail(study, column, measure, whole, { id: 'near', title, where: near })],
  };
}
