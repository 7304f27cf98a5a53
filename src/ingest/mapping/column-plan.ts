import type { ExtractKind } from '../../define/index.ts';
import { canonicalTables } from '../../stores/index.ts';
import type { NumberStyle } from '../numbers.ts';
import { casePrefix } from '../readers/raw-table.ts';
import { caseFieldsInEvents, type Field, fieldsOf } from './fields.ts';
import { attributeName, comparable } from './names.ts';

export type AttributeKind = 'text' | 'number' | 'timestamp';

/** What one column of a source becomes. */
export interface ColumnPlan {
  readonly column: string;
  /** Position among the source's columns. */
  readonly index: number;
  /** `case` for what an event extract says about the whole case. */
  readonly level: 'row' | 'case';
  /** Null when the column is an attribute. */
  readonly field: Field | null;
  /** Its name in the canonical table. */
  readonly name: string;
  /** Its name in the staged file; a time field also has `<staged>_wall`. */
  readonly staged: string;
  readonly style: NumberStyle;
  /** Attributes only: what all their first values are. */
  readonly kind: AttributeKind;
}

/** Chooses names and fields for columns as they come; names already given are never given again. */
export interface Planner {
  plan(column: string, index: number, style: NumberStyle, kind: AttributeKind): ColumnPlan;
  /** True for a column that would fill a field if it were planned next. */
  fillsField(column: string): boolean;
}

const impliedPerson: Field = { name: 'person', reading: 'pseudonym', identity: 'person', aliases: [] };

function caseField(name: string): Field | null {
  const found = caseFieldsInEvents.find((field) => field.name === comparable(name));
  return found ?? (['personid', 'customer', 'applicant'].includes(comparable(name)) ? impliedPerson : null);
}

/**
 * Makes the planner for one source. `stated` is field (or attribute name): column. `ofCases` says that each row of
 * the source is a case, so that its columns speak of the case unless they are fields of an event.
 */
export function plannerFor(
  as: ExtractKind,
  stated: Readonly<Record<string, string>>,
  ofCases = false,
): Planner {
  const fields = fieldsOf[as];
  const taken = {
    row: new Set<string>([...canonicalTables[as].map((column) => column.name), ...fields.map((f) => f.name)]),
    case: new Set<string>(canonicalTables.cases.map((column) => column.name)),
  };
  const renamed = new Map(Object.entries(stated).map(([name, column]) => [column, name]));
  /** The field that a column fills, and whether as the case's; its bare name for an attribute. */
  const place = (column: string) => {
    const wanted = renamed.get(column);
    const isOfCase = ofCases && wanted !== undefined && caseField(wanted) !== null;
    const own = isOfCase ? null : (fields.find((known) => known.name === wanted) ?? null);
    const called = wanted ?? column;
    const hasPrefix = as === 'events' && called.startsWith(casePrefix);
    const level: ColumnPlan['level'] = own === null && (hasPrefix || ofCases) ? 'case' : 'row';
    const bare = hasPrefix ? called.slice(casePrefix.length) : called;
    const ofCase = level === 'case' ? caseField(bare) : null;
    const isFree = ofCase !== null && !taken.case.has(`field ${ofCase.name}`);
    return { level, bare, field: own ?? (isFree ? ofCase : null) };
  };
  return {
    fillsField: (column) => place(column).field !== null,
    plan(column, index, style, kind) {
      const { level, bare, field } = place(column);
      const base = { column, index, style, kind, level };
      if (field) {
        if (level === 'case') taken.case.add(`field ${field.name}`);
        return { ...base, field, name: field.name, staged: field.name };
      }
      const name = attributeName(bare, taken[level]);
      taken[level].add(name);
      return { ...base, field: null, name, staged: `a${index}` };
    },
  };
}
