import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, WellspentError } from '../core/index.ts';
import { casterFor } from './cast/cast-batch.ts';
import { AttributeChanged } from './cast/cast-numbers.ts';
import { countedNotices, newCounters } from './cast/counters.ts';
import { rowKeysFor } from './cast/row-keys.ts';
import { fingerprintOf, type ImportRules, nullWords } from './import-rules.ts';
import { watchTransitions } from './lifecycle/watch-transitions.ts';
import type { Verdict } from './mapping/column-look.ts';
import type { ColumnPlan } from './mapping/column-plan.ts';
import type { ColumnGuess } from './mapping/guess-mapping.ts';
import { tellsOfPerson } from './mapping/person-forms.ts';
import { keptFault, mayBeShown } from './mapping/personal-columns.ts';
import type { WhyStated } from './mapping/saved-mapping.ts';
import { checkWholeFile, type PlanInput, planSource, type SourcePlan } from './mapping/source-plan.ts';
import { watchContacts } from './mapping/watch-contacts.ts';
import { watchIdentifiers } from './mapping/watch-identifiers.ts';
import { PersonalOpen } from './mapping/watch-people.ts';
import { KindOpen } from './mapping/whole-kinds.ts';
import { StyleOpen } from './mapping/whole-styles.ts';
import type { Pseudonymise } from './pseudonyms.ts';
import { classifiedTable } from './readers/classified-table.ts';
import {
  isEventLog,
  type PlacedColumn,
  type RawBatch,
  type ReadOptions,
  type RowFault,
} from './readers/raw-table.ts';
import { wordColumns, wordsTable } from './readers/words-table.ts';
import { spreadColumns } from './shapes/extract-shape.ts';
import { openShaped } from './shapes/open-shaped.ts';
import type { HeldSource } from './store/held-plan.ts';
import type { HeldRows } from './store/held-rows.ts';
import type { ColumnRecord, ManifestSource } from './store/manifest.ts';
import { heldBytesOfFew, type PendingPart, type Stager, stagerFor } from './store/stager.ts';
import type { DatedColumn } from './time/dated-columns.ts';
import type { TimeRules } from './time/parse-time.ts';
import { OrderOpen } from './time/watch-orders.ts';
import { openZone } from './time/zone.ts';

export interface ImportContext extends ReadOptions {
  readonly store: string;
  readonly pseudonymise: Pseudonymise;
  /** Bytes of rows held in memory before they are written. */
  readonly heldBytes?: number | undefined;
  readonly onRows?: (rows: number) => void;
  readonly whyStated?: WhyStated;
}

/** A file to import: where it is, how it is named to readers, its hash, and the id of its staged rows. */
export interface ImportFile {
  readonly path: string;
  readonly shown: string;
  readonly sha256: string;
  readonly id: string;
}

/** One source read, cast and staged, with the guesses that led to its mapping. */
export interface ImportedSource {
  readonly record: Omit<ManifestSource, 'importedAt'>;
  readonly guesses: readonly ColumnGuess[];
  /** A few of the rows set aside, for each reason. */
  readonly examples: readonly RowFault[];
  /** Its rows, where all could be held in memory. */
  readonly held: HeldSource | null;
  /** Parts of it that are not written yet. */
  readonly pending: readonly PendingPart[];
}

const examplesOfEach = 3;
const minutesEach = { minutes: 1, hours: 60, seconds: 1 / 60 } as const;

const fieldKinds = {
  id: 'text',
  name: 'text',
  text: 'text',
  pseudonym: 'text',
  time: 'timestamp',
  number: 'number',
  period: 'date',
  boolean: 'boolean',
} as const;

function columnRecords(plan: SourcePlan): ColumnRecord[] {
  const guesses = new Map(plan.guesses.map((guess) => [guess.column, guess]));
  const record = (column: ColumnPlan): ColumnRecord => {
    const guess = guesses.get(column.column);
    return {
      column: column.column,
      name: column.name,
      level: column.level,
      staged: column.staged,
      becomes: column.field ? 'field' : 'attribute',
      kind: column.field ? fieldKinds[column.field.reading] : column.kind,
      reason:
        column.field && guess?.field == null
          ? 'its name is a field of the case'
          : (guess?.reason ?? 'kept as an attribute'),
      // Never samples of identifiers, nor of what tells of people: this table is shown.
      samples: column.field?.identity
        ? []
        : (guess?.samples ?? []).filter((text) =>
            column.field ? !tellsOfPerson(text.trim()) : mayBeShown(column.column, text),
          ),
    };
  };
  return [...plan.plans.map(record), ...plan.dropped];
}

/** Guesses as they are shown: no samples of identifiers or of what was left out, and why it was. */
function shownGuesses(plan: SourcePlan): readonly ColumnGuess[] {
  const records = new Map(columnRecords(plan).map((record) => [record.column, record]));
  return plan.guesses.map((guess) => {
    const record = records.get(guess.column);
    if (!record) return guess;
    const { reason, samples, becomes } = record;
    return { ...guess, reason, samples, ...(becomes === 'dropped' ? { leftOut: true } : {}) };
  });
}

function stageRejects(rejects: Stager, faults: readonly RowFault[]): Promise<void> {
  return rejects.add({
    rows: faults.length,
    columns: [
      { name: 'line', kind: 'integer' },
      { name: 'column', kind: 'text' },
      { name: 'value', kind: 'text' },
      { name: 'reason', kind: 'text' },
    ],
    values: [
      Float64Array.from(faults, (fault) => fault.line),
      faults.map((fault) => fault.column),
      faults.map((fault) => fault.value),
      faults.map((fault) => fault.reason),
    ],
  });
}

/** The columns of the file itself, each in its place; one that its shape added has no name. */
function ownColumns(columns: readonly string[]): readonly string[] {
  const added: readonly string[] = Object.values(spreadColumns);
  return columns.map((column) => (added.includes(column) ? '' : column));
}

/** The rows of a source that stay in memory: those of cases only where there is room for both. */
function heldTogether(
  main: HeldRows | null,
  cases: HeldRows | null,
  atMost = heldBytesOfFew,
): HeldSource | null {
  if (!main) return null;
  return { main, cases: cases && main.bytes + cases.bytes < atMost ? cases : null };
}

/** The columns that nobody reads: those left out, whatever stands further down. */
function unread({ dropped, people }: SourcePlan): ReadonlySet<string> {
  return new Set(dropped.map(({ column }) => column).filter((column) => !people.watches(column)));
}

async function importOnce(
  file: ImportFile,
  rules: ImportRules,
  context: ImportContext,
  known: Pick<PlanInput, 'textColumns' | 'wholeColumns' | 'wholeNumbers' | 'blankColumns' | 'wholeVerdicts'>,
): Promise<ImportedSource> {
  const { store, signal, heldBytes } = context;
  const { path, shown } = file;
  const { bytes, ...opened } = await openShaped(path, shown, rules, context);
  const { shape, notices: ofShape } = opened;
  const classifies = rules.as === 'events' && rules.classifier !== undefined;
  const told = wordsTable(opened.table, wordColumns(rules.map));
  const table = classifies ? classifiedTable(told, rules.classifier ?? '', shown) : told;
  const identifiers = watchIdentifiers();
  const contacts = watchContacts(rules.dedupe !== undefined);
  const transitions = watchTransitions();
  const statedNulls = new Set(rules.nulls ?? []);
  const nulls = new Set<string>([...nullWords, ...statedNulls]);
  const counters = newCounters(rules.timezone);
  const baseRules: TimeRules = {
    zone: openZone(rules.timezone),
    order: rules.dayFirst === false ? 'month-first' : 'day-first',
    ...(rules.epoch ? { epoch: true } : {}),
  };
  let plan: SourcePlan | undefined;
  const caster = casterFor({
    events: rules.as === 'events',
    pseudonymise: context.pseudonymise,
    nulls,
    statedNulls,
    timeRules: (column) => plan?.timeRules(column) ?? baseRules,
    counters,
    minutesEach: minutesEach[rules.minutesIn ?? 'minutes'],
    isStyleStated: rules.decimal !== undefined,
    mayOpenStyle: (name) =>
      !isEventLog(table.format) && !known.wholeNumbers.some(({ column }) => column === name),
    listsCases: table.listsCases,
    forgivesStarts: rules.onBadStart === 'finish_only',
    ...(rules.dedupe
      ? {
          keyRows: rowKeysFor(
            rules.dedupe,
            () => ownColumns(table.columns),
            (column) => plan?.timeRules(column) ?? baseRules,
            context.pseudonymise,
          ),
        }
      : {}),
  });
  const folder = join('staged', file.id);
  const stager = (part: 'main' | 'cases' | 'rejects') =>
    stagerFor({ store, folder, part, heldBytes, signal });
  const [main, cases, rejects] = [stager('main'), stager('cases'), stager('rejects')];

  let rowsIn = 0;
  let rowsUsed = 0;
  let lastSeq = 0;
  let caseRows = 0;
  let casesOnly = 0;
  const reasons = new Map<string, number>();
  const examples = new Map<string, RowFault[]>();
  const take = async (batch: RawBatch, planned: SourcePlan) => {
    planned.extend(batch);
    planned.checkDates(batch);
    planned.blanks.look(batch);
    planned.people.look(batch);
    identifiers.look(batch, planned.plans);
    if (rules.as === 'contacts') contacts.look(batch, planned.plans);
    transitions.look(batch, planned.plans);
    const cast = caster.cast(batch, planned.plans);
    await main.add(cast.main);
    if (cast.cases) await cases.add(cast.cases);
    const faults = cast.faults.map((fault) => ({ ...fault, value: keptFault(fault.value) }));
    if (faults.length > 0) await stageRejects(rejects, faults);
    for (const fault of faults) {
      const known = examples.get(fault.reason) ?? [];
      if (known.length < examplesOfEach) examples.set(fault.reason, [...known, fault]);
    }
    caseRows += cast.cases?.rows ?? 0;
    casesOnly += cast.casesOnly;
    rowsIn += cast.rowsIn;
    rowsUsed += cast.rowsUsed;
    lastSeq += batch.rows;
    for (const [reason, n] of cast.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
    context.onRows?.(rowsIn);
  };
  for await (const batch of table.batches()) {
    signal?.throwIfAborted();
    const isFirst = !plan;
    if (!plan) {
      const why = context.whyStated ? { whyStated: context.whyStated } : {};
      const input = { file: shown, table, rules, baseRules, nulls, ...why, ...known };
      plan = await planSource(input, batch);
    }
    await take(batch, plan);
    // Rows that are told to be the same by their columns need those that are left out too.
    if (isFirst && !rules.dedupe) table.leaveOut?.(unread(plan));
  }
  if (!plan) throw new WellspentError('FILE_EMPTY', `${shown} holds nothing.`, { where: { file: shown } });
  plan.people.end();
  checkWholeFile(shown, table, rules, plan);

  const byCount = [...reasons].map(([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows);
  if (rowsIn > 0 && rowsUsed === 0 && caseRows === 0)
    throw new WellspentError('ALL_ROWS_SET_ASIDE', `Not one of ${rowsIn} rows of ${shown} could be used.`, {
      where: { file: shown },
      found: byCount.map(({ reason, rows }) => `${reason}: ${rows}`).join(', '),
      hint: `wellspent explain ${byCount[0]?.reason ?? 'ALL_ROWS_SET_ASIDE'}; where one column is taken for another: --map "field=Column"`,
    });
  const none = rowsIn === 0 ? [{ code: 'NO_ROWS' as const, message: `${shown} has no rows.` }] : [];
  const { lifecycle, notices: ofLifecycle } = transitions.choose(
    rules.as,
    rules.lifecycle,
    plan.mapping.step ?? '',
  );
  const notices = [
    ...ofShape,
    ...plan.notices,
    ...ofLifecycle,
    ...none,
    ...table.notices(),
    ...identifiers.notices(table),
    ...plan.people.notices(),
    ...contacts.notices(),
    ...countedNotices(counters),
  ];
  const [ofMain, ofCases, ofRejects] = [await main.end(), await cases.end(), await rejects.end()];
  return {
    held: heldTogether(ofMain.held, ofCases.held, heldBytes),
    pending: [ofMain, ofCases, ofRejects].flatMap(({ pending }) => pending ?? []),
    guesses: shownGuesses(plan),
    examples: [...examples.values()].flat(),
    record: {
      id: file.id,
      file: shown,
      as: rules.as,
      format: table.format,
      sha256: file.sha256,
      bytes,
      fingerprint: fingerprintOf(file.sha256, { ...rules, ...shape, map: plan.mapping }),
      rowsIn,
      rowsUsed,
      rowsSetAside: rowsIn - rowsUsed,
      reasons: byCount,
      mapping: { ...plan.mapping },
      timezone: rules.timezone,
      lifecycle,
      order: rules.order,
      classifier: rules.classifier,
      ...(shape.shape === undefined ? {} : { shape: { ...shape, shape: shape.shape, casesOnly } }),
      dedupe: rules.dedupe === undefined ? undefined : canonicalJson(rules.dedupe),
      facts: { ...table.facts },
      columns: columnRecords(plan),
      notices: notices.map((notice) => ({ ...notice })),
      lastSeq,
      staged: [...ofMain.files, ...ofCases.files, ...ofRejects.files],
    },
  };
}

/**
 * Reads one file and stages its rows below `staged/<id>` of the store. Nothing else of the store changes.
 * An attribute that looked like a number or a time for thousands of rows and then does not makes the file be
 * read again with that column as text, so that no value is changed. Dates that tell of day and month what the first
 * thousands did not make it be read again with all of its dates looked at first, and so do decimal commas, so that a
 * long file is read as a short one is. So does a column that begins with thousands of blanks and then holds numbers or
 * times, and one in which further rows tell of people, or write sentences, where
 * the first did not: it is then left out from the first row on.
 */
export async function importSource(
  file: ImportFile,
  rules: ImportRules,
  context: ImportContext,
): Promise<ImportedSource> {
  const textColumns = new Set<string>();
  const wholeColumns: DatedColumn[] = [];
  const wholeNumbers: PlacedColumn[] = [];
  const blankColumns: PlacedColumn[] = [];
  const wholeVerdicts = new Map<string, Verdict | null>();
  while (true) {
    try {
      const known = { textColumns, wholeColumns, wholeNumbers, blankColumns, wholeVerdicts };
      return await importOnce(file, rules, context, known);
    } catch (error) {
      if (error instanceof AttributeChanged) textColumns.add(error.column);
      else if (error instanceof OrderOpen) wholeColumns.push(...error.columns);
      else if (error instanceof StyleOpen) wholeNumbers.push(error.number);
      else if (error instanceof KindOpen) blankColumns.push(...error.columns);
      else if (error instanceof PersonalOpen)
        for (const [column, verdict] of error.verdicts) wholeVerdicts.set(column, verdict);
      else throw error;
      rmSync(join(context.store, 'staged', file.id), { recursive: true, force: true });
    }
  }
}
