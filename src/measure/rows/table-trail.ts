import {
  canonicalTables,
  identifier,
  joinSql,
  leftOutRows,
  type RowClass,
  type RowTrail,
  type Sql,
  sql,
} from '../../stores/index.ts';
import type { Study } from '../study.ts';
import { inRanges, type Span } from './spans.ts';

type AggregateTable = 'volumes' | 'inputs' | 'quality';

const period = sql`${identifier('period')}`;
const isUnknown = (column: string) => sql`${identifier(column)} is null`;

const called = (column: string, names: readonly string[]): Sql =>
  names.length === 0
    ? sql`false`
    : sql`coalesce(${identifier(column)} in (${joinSql(
        names.map((name) => sql`${name}`),
        ', ',
      )}), false)`;

/** A trail over a table of aggregates: rows of each span, and why the others are left out, in the order given. */
function tableTrail(
  study: Study,
  table: AggregateTable,
  spans: readonly Span[],
  leftOut: readonly { readonly id: string; readonly title: string; readonly where: Sql }[],
  own: Pick<RowTrail, 'id' | 'title' | 'gives'> & Partial<Pick<RowTrail, 'value'>>,
): RowTrail {
  const { dialect } = study.workspace.warehouse;
  const several = spans.length > 1;
  const classes: readonly RowClass[] = [
    ...leftOut.map((one) => ({ ...one, used: false })),
    ...spans.map(({ id, label, ranges }) => ({
      id: several ? id : 'counted',
      title: several ? `Counted, ${label}` : 'Counted',
      used: true,
      where: inRanges(dialect, 'date', period, ranges),
    })),
    {
      id: 'other-periods',
      title: `Of periods other than ${spans.map(({ label }) => label).join(' and ')}`,
      used: false,
      where: null,
    },
  ];
  return {
    ...own,
    table,
    from: sql`${identifier(table)}`,
    columns: canonicalTables[table].filter(({ name }) => name !== 'source'),
    order: [sql`${identifier('source')}`, sql`${identifier('line')}`],
    classes,
  };
}

/** What is added up over the rows counted, where something is. */
const sumOf = (
  value: RowTrail['value'] | undefined,
): Pick<RowTrail, 'gives'> & Partial<Pick<RowTrail, 'value'>> =>
  value ? { gives: { kind: 'sum', of: ['counted'] }, value } : { gives: null };

const noPeriod = { id: 'no-period', title: 'Without a period', where: isUnknown('period') };

/** The rows of volumes behind some outputs that the charter takes from tables. */
export function volumesTrail(
  study: Study,
  outputs: readonly number[],
  spans: readonly Span[],
  value?: RowTrail['value'],
): RowTrail {
  const names = outputs.flatMap((o) => {
    const output = study.plan.outputs[o];
    return output?.from === 'volumes' ? [output.id] : [];
  });
  return tableTrail(
    study,
    'volumes',
    spans,
    [
      {
        id: 'otherwise',
        title: 'Of another output',
        where: sql`not ${called('output', names)}`,
      },
      noPeriod,
      { id: 'unknown', title: 'Without a quantity', where: isUnknown('quantity') },
    ],
    { id: 'volumes', title: 'Quantities', ...sumOf(value) },
  );
}

/** The rows of quality behind some measures; with one measure over one span they give its value. */
export function qualityTrail(
  study: Study,
  measures: readonly number[],
  spans: readonly Span[],
  of?: readonly number[],
): RowTrail {
  const own = measures.flatMap((k) => {
    const planned = study.plan.measures[k];
    return planned?.measure.from === 'quality' ? [{ ...planned, outputs: of ?? planned.outputs }] : [];
  });
  const namesNone = sql`(${isUnknown('output')} or ${identifier('output')} = 'all')`;
  const speaks = own.map(({ measure, outputs }) => {
    const names = outputs.map((o) => study.plan.outputs[o]?.id ?? '');
    return sql`(${called('measure', [measure.measure ?? measure.id])} and (${namesNone} or ${called('output', names)}))`;
  });
  const isSpoken = speaks.length === 0 ? sql`false` : sql`(${joinSql(speaks, ' or ')})`;
  const [first] = own;
  const gives =
    own.length === 1 && spans.length === 1 && first ? ({ kind: 'mean', of: ['counted'] } as const) : null;
  return tableTrail(
    study,
    'quality',
    spans,
    [
      { id: 'otherwise', title: 'Of another measure or output', where: sql`not ${isSpoken}` },
      noPeriod,
      { id: 'unknown', title: 'Without a value', where: isUnknown('value') },
    ],
    {
      id: own.length === 1 && first ? `quality-${first.measure.id}` : 'quality',
      title: own.length === 1 && first ? `Measurements: ${first.measure.title}` : 'Measurements',
      gives,
      ...(gives
        ? {
            value: {
              title: 'Value, weighed by n',
              sql: sql`${identifier('value')}`,
              // A row that names no output stands for each that the measure speaks for.
              weight: sql`coalesce(${identifier('n')}, 1) * case when ${namesNone} then ${first?.outputs.length ?? 1} else 1 end`,
            },
          }
        : {}),
    },
  );
}

/** The rows of one measure for units, such as hospitals, that lie where `counted` says; no unit is named. */
export function qualityRowsTrail(
  study: Study,
  unitColumn: string,
  measure: string,
  span: Span,
  counted: { readonly id: string; readonly title: string; readonly where: Sql },
): RowTrail {
  const { dialect } = study.workspace.warehouse;
  const within = inRanges(dialect, 'date', period, span.ranges);
  return {
    id: 'quality-units',
    title: 'Shares of units',
    table: 'quality',
    from: sql`${identifier('quality')}`,
    columns: [
      { name: unitColumn, kind: 'text' },
      ...canonicalTables.quality.filter(({ name }) => name !== 'source'),
    ],
    order: [sql`${identifier('source')}`, sql`${identifier('line')}`],
    classes: [
      leftOutRows('otherwise', 'Of another measure', sql`not ${called('measure', [measure])}`),
      leftOutRows('no-unit', 'Without a unit', isUnknown(unitColumn)),
      leftOutRows('unknown', 'Without a value', isUnknown('value')),
      leftOutRows('other-periods', `Of periods other than ${span.label}`, sql`coalesce(not ${within}, true)`),
      { ...counted, used: true },
      leftOutRows('further', 'Further from the target, or on its other side', null),
    ],
    gives: { kind: 'count', of: [counted.id] },
  };
}

/** The rows of inputs behind some inputs, by their places in the list. */
export function inputsTrail(
  study: Study,
  inputs: readonly number[],
  spans: readonly Span[],
  value?: RowTrail['value'],
): RowTrail {
  const declared = study.plan.charter.inputs ?? [];
  const names = inputs.flatMap((i) => {
    const item = study.data.inputList[i];
    const input = declared.find(({ id }) => id === item?.id);
    return item ? [input?.input ?? item.id] : [];
  });
  return tableTrail(
    study,
    'inputs',
    spans,
    [
      { id: 'otherwise', title: 'Of another input', where: sql`not ${called('input', names)}` },
      noPeriod,
      {
        id: 'unknown',
        title: 'Without a volume or a cost',
        where: sql`${isUnknown('volume')} and ${isUnknown('cost')}`,
      },
    ],
    { id: 'inputs', title: 'Inputs', ...sumOf(value) },
  );
}
