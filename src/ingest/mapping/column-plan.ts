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
  return {
    plan(column, index, style, kind) {
      const wanted = renamed.get(column);
      const isOfCase = ofCases && wanted !== undefined && caseField(wanted) !== null;
      const field = isOfCase ? null : (fields.find((known) => known.name === wanted) ?? null);
      const base = { column, index, style, kind };
      if (field) return { ...base, level: 'row', field, name: field.name, staged: field.name };
      const called = wanted ?? column;
      const hasPrefix = as === 'events' && called.startsWith(casePrefix);
      const level = hasPrefix || ofCases ? 'case' : 'row';
      const bare = hasPrefix ? called.slice(casePrefix.length) : called;
      const ofCase = level === 'case' ? caseField(bare) : null;
      if (ofCase && !taken.case.has(`field ${ofCase.name}`)) {
        taken.case.add(`field ${ofCase.name}`);
        return { ...base, level, field: ofCase, name: ofCase.name, staged: ofCase.name };
      }
      const name = attributeName(bare, taken[level]);
      taken[level].add(name);
      return { ...base, level, field: null, name, staged: `a${index}` };
    },
  };
}
