import type { ExtractKind } from '../../define/index.ts';
import {
  type AddRequest,
  type ExtractPreview,
  fieldsOf,
  type OpenQuestions,
  openQuestions,
} from '../../ingest/index.ts';
import type { Decided } from './drafts.ts';

/** A choice for a column that is no field of the table. */
export const extra = 'extra';
export const out = 'out';

const chosenHere = 'chosen on the page of adding data';

/** Field: column of the file, as chosen. */
export function mappingOf(as: ExtractKind, choices: Decided['choices']): Readonly<Record<string, string>> {
  const fields = new Set(fieldsOf[as].map(({ name }) => name));
  return Object.fromEntries(
    choices.filter(([, choice]) => fields.has(choice)).map(([column, field]) => [field, column]),
  );
}

/** What is proposed before anyone has decided: the preview's guesses, and what was answered before. */
function proposedDecision(preview: ExtractPreview): Decided {
  return {
    choices: preview.columns.map(({ column, field, leftOut }) => [column, leftOut ? out : (field ?? extra)]),
    dayFirst: preview.known.dayFirst ?? null,
    timezone: preview.known.timezone ?? null,
    minutesIn: preview.known.minutesIn ?? null,
    decimal: preview.known.decimal ?? null,
    lifecycle: null,
    repeats: null,
    sameName: null,
  };
}

/** What was decided, for the columns that the file has now; the rest as it is proposed. */
export function decisionFor(preview: ExtractPreview, decided: Decided | null): Decided {
  const proposed = proposedDecision(preview);
  if (!decided) return proposed;
  const before = new Map(decided.choices);
  return {
    ...decided,
    choices: proposed.choices.map(([column, choice]) => [column, before.get(column) ?? choice]),
  };
}

/** What is wrong with a decision, by the part of the form that it belongs to. */
export type Fault =
  | { readonly part: 'needed'; readonly fields: readonly string[] }
  | { readonly part: 'twice'; readonly field: string; readonly columns: readonly string[] }
  | { readonly part: 'order' | 'zone' | 'zone-name' | 'minutes' | 'repeats-key' | 'same-name' };

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function mappingFaults(as: ExtractKind, decided: Decided): readonly Fault[] {
  const fields = fieldsOf[as];
  const columnsOf = (field: string) =>
    decided.choices.filter(([, choice]) => choice === field).map(([column]) => column);
  const isMapped = (field: string) => columnsOf(field).length > 0;
  const needed = fields.filter(({ name, required }) => required && !isMapped(name)).map(({ name }) => [name]);
  if (as === 'events' && !isMapped('started') && !isMapped('finished')) needed.push(['finished', 'started']);
  const twice = fields.filter(({ name }) => columnsOf(name).length > 1);
  return [
    ...needed.map((names): Fault => ({ part: 'needed', fields: names })),
    ...twice.map(({ name }): Fault => ({ part: 'twice', field: name, columns: columnsOf(name) })),
  ];
}

/** All faults of a decision: columns that are needed or chosen twice, and questions without an answer. */
export function faultsOf(
  preview: ExtractPreview,
  as: ExtractKind,
  decided: Decided,
  isNameTaken: boolean,
  asked: readonly string[],
): readonly Fault[] {
  const questions = openQuestions(preview, as, mappingOf(as, decided.choices));
  const { dayFirst, timezone, minutesIn, repeats, sameName } = decided;
  const askOrder = asksOrder(questions, asked);
  return [
    ...mappingFaults(as, decided),
    ...(askOrder && dayFirst === null ? [{ part: 'order' } as const] : []),
    ...(questions.timeZone.length > 0 && timezone === null ? [{ part: 'zone' } as const] : []),
    ...(timezone !== null && !isZone(timezone) ? [{ part: 'zone-name' } as const] : []),
    ...(questions.minutes && minutesIn === null ? [{ part: 'minutes' } as const] : []),
    ...(repeats !== null && repeats !== 'exact' && repeats.key === ''
      ? [{ part: 'repeats-key' } as const]
      : []),
    ...(isNameTaken && sameName === null ? [{ part: 'same-name' } as const] : []),
  ];
}

/** Whether day and month must be asked about: the first rows leave it open, or an import found that the file does. */
export function asksOrder(questions: OpenQuestions, asked: readonly string[]): boolean {
  return questions.dateOrder.length > 0 || asked.includes('date-order');
}

function dedupeOf(repeats: NonNullable<Decided['repeats']>): NonNullable<AddRequest['dedupe']> {
  if (repeats === 'exact') return repeats;
  const { key, latestBy } = repeats;
  return { key: [key], ...(latestBy === null ? {} : { keep_latest_by: latestBy }) };
}

/**
 * A decision as the import takes it. A column that would be taken for a field, or left out, and is to be kept as it
 * is, gets a name of its own: only what is said is not guessed.
 */
export function readingOf(
  preview: ExtractPreview,
  as: ExtractKind,
  decided: Decided,
): Pick<
  AddRequest,
  | 'map'
  | 'drop'
  | 'timezone'
  | 'dayFirst'
  | 'minutesIn'
  | 'decimal'
  | 'lifecycle'
  | 'dedupe'
  | 'shape'
  | 'steps'
  | 'field'
  | 'reasons'
> {
  const choices = new Map(decided.choices);
  const fields = new Set(fieldsOf[as].map(({ name }) => name));
  const map = new Map(Object.entries(mappingOf(as, decided.choices)));
  const usedUp = new Set(preview.columns.filter(({ isUsedUp }) => isUsedUp).map(({ column }) => column));
  for (const { column, field, attribute, leftOut } of preview.columns) {
    if (choices.get(column) !== extra || (field === null && attribute === null && !leftOut)) continue;
    let name = attribute ?? column;
    while (map.has(name) || fields.has(name)) name = `${name} kept`;
    map.set(name, column);
  }
  const questions = openQuestions(preview, as, mappingOf(as, decided.choices));
  const proposedStep = preview.columns.find(({ field }) => field === 'step')?.column;
  // Whoever takes another column for the step says that rows are events as they stand.
  const isAsShown = preview.shape.shape === undefined || map.get('step') === proposedStep;
  const reasons = preview.columns.map(({ column, field, leftOut, reason }): [string, string] => {
    const proposed = leftOut ? out : (field ?? extra);
    return [column, choices.get(column) === proposed ? reason : chosenHere];
  });
  return {
    reasons: new Map(reasons),
    ...(isAsShown ? preview.shape : { shape: 'rows' }),
    map: Object.fromEntries(map),
    drop: decided.choices.filter(([column, choice]) => choice === out && !usedUp.has(column)).map(([c]) => c),
    ...(decided.timezone === null ? {} : { timezone: decided.timezone }),
    ...(decided.dayFirst === null ? {} : { dayFirst: decided.dayFirst }),
    ...(decided.decimal === null ? {} : { decimal: decided.decimal }),
    ...(decided.lifecycle === null || as !== 'events' ? {} : { lifecycle: decided.lifecycle }),
    ...(decided.repeats === null ? {} : { dedupe: dedupeOf(decided.repeats) }),
    ...(decided.minutesIn === null || !questions.minutes ? {} : { minutesIn: decided.minutesIn }),
  };
}
