import { fieldsOf } from '../mapping/fields.ts';
import { comparable } from '../mapping/names.ts';

/** Names of the columns of a table of changes, in Salesforce's CaseHistory and its report, Dataverse's audit and others. */
const usual = {
  field: [
    'field',
    'fieldname',
    'changedfield',
    'fieldchanged',
    'attribute',
    'attributename',
    'property',
    'fieldevent',
  ],
  before: ['oldvalue', 'old', 'previousvalue', 'fromvalue', 'valuebefore', 'originalvalue'],
  after: ['newvalue', 'new', 'tovalue', 'valueafter', 'currentvalue'],
  case_id: ['casecasenumber', 'casecaseid', 'objectid', 'recordid', 'record', 'parentid', 'regarding'],
  finished: [
    'createddate',
    'createdon',
    'changeddate',
    'changedon',
    'changedat',
    'changedate',
    'modifiedon',
    'editdate',
  ],
  worker: ['createdbyid', 'createdby', 'changedby', 'changedbyid', 'modifiedby', 'editedby'],
} as const;

const stateFields = [
  ...['status', 'state', 'stage', 'casestatus', 'casestate', 'statuscode', 'statecode', 'statusreason'],
  ...['processstage', 'stepstatus', 'applicationstatus'],
];

function named(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = columns.find((column) => comparable(column) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The columns of a table of changes by what they are for; those that the names do not tell are left out. */
export interface HistoryColumns {
  readonly field?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Finds the columns that name the field, its old value and its new one. */
export function historyColumns(columns: readonly string[]): HistoryColumns {
  const field = named(columns, usual.field);
  const before = named(columns, usual.before);
  const after = named(columns, usual.after);
  return {
    ...(field === undefined ? {} : { field }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Case, time and worker by the names that tables of changes use, where the usual names of events do not tell. */
export function historyFields(
  columns: readonly string[],
  stated: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const taken = new Set(Object.values(stated));
  const found = (['case_id', 'finished', 'worker'] as const).flatMap((field) => {
    const byName = fieldsOf.events.find(({ name }) => name === field)?.aliases ?? [];
    const column = field in stated ? undefined : named(columns, [...byName, ...usual[field]]);
    return column === undefined || taken.has(column) ? [] : [[field, column] as const];
  });
  return Object.fromEntries(found);
}

/** The names of the fields that change in the first rows, most frequent first. */
export function changedFields(cells: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const name = cell.trim();
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/** The field that looks like the state of a case; null if none does, or several do. */
export function guessField(names: readonly string[]): string | null {
  const states = names.filter((name) => stateFields.includes(comparable(name)));
  return states.length === 1 ? (states[0] ?? null) : null;
}
