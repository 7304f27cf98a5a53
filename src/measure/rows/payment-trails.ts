import type { Facts } from '../../define/index.ts';
import { type FigureRows, identifier, joinSql, type RowTrail, type Sql, sql } from '../../stores/index.ts';
import { headlineComparison } from '../comparison.ts';
import { bodyInputs } from '../input-states.ts';
import { collectPayments, groupColumns, notRecorded } from '../payments/collect-payments.ts';
import { caseWord } from '../payments/cost-result.ts';
import { kindName } from '../payments/effort-result.ts';
import type { Study } from '../study.ts';
import { type CasePart, caseTrail, scopeOfOutputs } from './case-trail.ts';
import { rangesOf, spansOf } from './spans.ts';
import { inputsTrail } from './table-trail.ts';

const noRows: FigureRows = { noRows: 'No row of the data tells it: what it needs is missing.' };

interface Payments {
  readonly facts: Facts;
  readonly scope: ReturnType<typeof scopeOfOutputs>;
  /** Pounds paid and pounds due, and whether both are known. */
  readonly paid: Sql;
  readonly correct: Sql;
  readonly isAudited: Sql;
}

function paymentsOf(study: Study): Payments | null {
  const { facts, plan } = study;
  const { payments } = plan.charter;
  if (!facts || !payments?.audit) return null;
  const paid = facts.number(payments.paid);
  const correct = facts.number(payments.audit.correct);
  return {
    facts,
    scope: scopeOfOutputs(
      study,
      facts,
      plan.outputs.map((_, o) => o),
    ),
    paid,
    correct,
    isAudited: sql`(${paid}) is not null and (${correct}) is not null`,
  };
}

/** The rows behind what cases cost in the end: paid and audited cases of both years, and what handling them cost. */
export function costRows(study: Study, figure: string): FigureRows {
  const found = paymentsOf(study);
  const comparison = headlineComparison(study.data);
  if (!found || !comparison) return noRows;
  const spans = spansOf(study.plan, comparison);
  const [, year] = /-(later|earlier)$/.exec(figure) ?? [];
  const own = year === undefined ? spans : spans.filter(({ id }) => id === year);
  const handling = study.plan.charter.payments?.handling;
  const inputs = handling
    ? handling.map((id) => study.data.inputList.findIndex((input) => input.id === id))
    : bodyInputs(study.data);
  const isSampled = /^(overpaid|underpaid)-/.test(figure);
  const parts: readonly CasePart[] = [
    { id: 'audited', title: 'Audited: paid against due', used: true, where: found.isAudited },
    isSampled
      ? { id: 'not-audited', title: 'Not audited', used: false, where: null }
      : { id: 'paid', title: 'Not audited: counted with what was paid', used: true, where: null },
  ];
  const cases = caseTrail(study, found.facts, found.scope, own, parts, {
    id: 'cases',
    title: 'Cases',
    gives: null,
    value: { title: 'Paid less due, pounds', sql: sql`(${found.paid}) - (${found.correct})` },
  });
  if (figure === 'handling') return { trails: [inputsTrail(study, inputs, own), plain(cases)] };
  return { trails: isSampled ? [cases] : [cases, inputsTrail(study, inputs, own)] };
}

const plain = ({ value: _, ...trail }: RowTrail): RowTrail => trail;

/** The audited cases whose minutes had nothing to do with them, all or of one kind; the figure's id ends in the kind. */
export async function effortRows(study: Study, name: string): Promise<FigureRows> {
  const found = paymentsOf(study);
  const effort = study.plan.charter.payments?.effort;
  if (!found || effort?.by_chance === undefined) return noRows;
  const { facts, scope, isAudited, paid, correct } = found;
  const minutes = facts.number(effort.minutes);
  const { dialect } = study.workspace.warehouse;
  const starts = study.data.periods.map(({ start }) => start);
  const columns = groupColumns(study);
  const cells = (await collectPayments(study))?.cells ?? [];
  const kind = cells.find(({ groups }) => name.endsWith(kindName(caseWord(study), columns, groups)))?.groups;
  const isKind = columns.map(
    (column, i) =>
      sql`coalesce(${dialect.toText(sql`${identifier(column)}`)}, ${notRecorded}) = ${kind?.[i] ?? null}`,
  );
  const parts: readonly CasePart[] = [
    ...(kind === undefined || columns.length === 0
      ? []
      : [
          {
            id: 'other-kind',
            title: 'Of another kind',
            used: false,
            where: sql`not (${joinSql(isKind, ' and ')})`,
          },
        ]),
    { id: 'not-audited', title: 'Not audited', used: false, where: sql`not (${isAudited})` },
    {
      id: 'not-by-chance',
      title: 'Minutes chosen by those who did the work',
      used: false,
      where: sql`not ${facts.condition(effort.by_chance)}`,
    },
    { id: 'no-minutes', title: 'Without minutes', used: false, where: sql`${minutes} is null` },
    { id: 'counted', title: 'Audited, minutes not chosen', used: true, where: null },
  ];
  const span = { id: 'whole', label: 'the periods reported', ranges: rangesOf(study.plan.grain, starts) };
  return {
    trails: [
      caseTrail(study, facts, scope, [span], parts, {
        id: 'cases',
        title: 'Cases',
        gives: null,
        value: { title: 'Paid less due, pounds', sql: sql`(${paid}) - (${correct})` },
      }),
    ],
  };
}
