import { periodsInYear } from '../../core/index.ts';
import { shownColumns } from '../../define/index.ts';
import { type FigureRows, identifier, type RowClass, sql } from '../../stores/index.ts';
import { anyOf } from '../collect-checks.ts';
import type { Study } from '../study.ts';
import { planUnits } from '../units/unit-plan.ts';
import { inRanges, rangesOf } from './spans.ts';
import { inputsTrail } from './table-trail.ts';

/** The rows behind a comparison of units, such as hospitals: cases of one of them by the figure's name, or of all. */
export function unitRows(study: Study, figure: { readonly id: string; readonly name: string }): FigureRows {
  const { facts } = study;
  const plan = planUnits(study, facts, periodsInYear(study.plan.grain));
  if (!plan || 'why' in plan || !facts)
    return { noRows: 'The units cannot be compared, so no row was counted.' };
  const { dialect } = study.workspace.warehouse;
  const ranges = rangesOf(study.plan.grain, plan.starts);
  const at = facts.wall(study.plan.outputs[plan.outputs[0] ?? 0]?.at ?? 'closed');
  const unit = dialect.toText(sql`${identifier(plan.section.column)}`);
  const isOutput = anyOf(study.plan, facts, plan.outputs);
  const isCounted = plan.section.counted === undefined ? isOutput : facts.condition(plan.section.counted);
  const isAlone = figure.id === 'not-output';
  const members = plan.members.filter(({ unit: own, title }) =>
    isAlone
      ? figure.name.startsWith(`Counted at ${title} `)
      : !figure.id.startsWith('adjusted-') || figure.id === `adjusted-${own}`,
  );
  const own = members.flatMap(({ unit: name, title }, i): readonly RowClass[] => {
    const is = sql`${unit} = ${name}`;
    return [
      {
        id: `no-output-${i + 1}`,
        title: `${title}: counted, and no output`,
        used: true,
        where: sql`${is} and ${isCounted} and not ${isOutput}`,
      },
      {
        id: `output-${i + 1}`,
        title: `${title}: an output`,
        used: true,
        where: isAlone ? sql`${is} and ${isCounted}` : sql`${is} and (${isOutput} or ${isCounted})`,
      },
      {
        id: `not-counted-${i + 1}`,
        title: `${title}: neither counted nor an output`,
        used: false,
        where: is,
      },
    ];
  });
  const label = 'the periods compared';
  const noTime: RowClass = { id: 'no-time', title: 'Not closed', used: false, where: sql`${at} is null` };
  const others: RowClass = {
    id: 'other-periods',
    title: `Outside ${label}`,
    used: false,
    where: sql`not ${inRanges(dialect, 'time', at, ranges)}`,
  };
  const cases = {
    id: 'cases',
    title: 'Cases',
    table: 'cases' as const,
    from: sql`${identifier(facts.table)}`,
    columns: shownColumns(facts),
    order: [sql`${identifier('case_id')}`],
    classes: [
      noTime,
      others,
      ...own,
      { id: 'other-units', title: 'Of another unit, or of none', used: false, where: null },
    ],
    gives: isAlone
      ? ({ kind: 'share', part: ['no-output-1'], of: ['no-output-1', 'output-1'] } as const)
      : null,
  };
  if (isAlone) return { trails: [cases] };
  const inputs = members.map(({ input }) => study.data.inputList.findIndex(({ id }) => id === input.id));
  return { trails: [cases, inputsTrail(study, inputs, [{ id: 'used', label, ranges }])] };
}

/** The cases of one unit that ended in one way, in the periods compared, by the titles of both. */
export function countedUnitRows(study: Study, unitTitle: string, endingTitle: string): FigureRows {
  const { facts } = study;
  const plan = planUnits(study, facts, periodsInYear(study.plan.grain));
  const member = plan && !('why' in plan) ? plan.members.find(({ title }) => title === unitTitle) : undefined;
  if (!plan || 'why' in plan || !facts || !member)
    return { noRows: 'The units cannot be compared, so no row was counted.' };
  const { dialect } = study.workspace.warehouse;
  const at = facts.wall(study.plan.outputs[plan.outputs[0] ?? 0]?.at ?? 'closed');
  const ending = study.plan.charter.endings?.find(({ title }) => title === endingTitle)?.id ?? endingTitle;
  const within = inRanges(dialect, 'time', at, rangesOf(study.plan.grain, plan.starts));
  const left = (id: string, title: string, where: RowClass['where']) => ({ id, title, used: false, where });
  const is = sql`${dialect.toText(sql`${identifier(plan.section.column)}`)} = ${member.unit}`;
  return {
    trails: [
      {
        id: 'cases',
        title: 'Cases',
        table: 'cases',
        from: sql`${identifier(facts.table)}`,
        columns: shownColumns(facts),
        order: [sql`${identifier('case_id')}`],
        classes: [
          left('no-time', 'Not closed', sql`${at} is null`),
          left('other-periods', 'Outside the periods compared', sql`not ${within}`),
          left('other-units', 'Of another unit, or of none', sql`coalesce(not (${is}), true)`),
          {
            id: 'these',
            title: `${unitTitle}: ${endingTitle}`,
            used: true,
            where: sql`coalesce(${identifier('ending')}, 'none') = ${ending}`,
          },
          left('otherwise', 'Ended in another way', null),
        ],
        gives: { kind: 'count', of: ['these'] },
      },
    ],
  };
}
