import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256Hex, WellspentError, WellspentFaults } from '../core/index.ts';
import { didYouMean, type ExtractKind } from '../define/index.ts';
import type { Warehouse } from '../stores/index.ts';
import { casterFor } from './cast/cast-batch.ts';
import { countedNotices, newCounters } from './cast/counters.ts';
import { type ColumnPlan, plannerFor } from './mapping/column-plan.ts';
import { fieldsOf } from './mapping/fields.ts';
import { type ColumnGuess, guessMapping } from './mapping/guess-mapping.ts';
import { numberStyle } from './numbers.ts';
import type { Pseudonymise } from './pseudonyms.ts';
import { openTable } from './readers/open-table.ts';
import type { Notice, RawBatch, RawTable, ReadOptions } from './readers/raw-table.ts';
import type { ColumnRecord, ManifestSource } from './store/manifest.ts';
import { stagerFor } from './store/stager.ts';
import { dateOrders } from './time/column-orders.ts';
import type { TimeRules } from './time/parse-time.ts';
import { newReading, parseTime } from './time/parse-time.ts';
import { openZone } from './time/zone.ts';

/** How a file is to be read: everything that decides what it becomes besides its bytes. */
export interface ImportRules {
  readonly as: ExtractKind;
  /** Field or attribute name: column of the file. */
  readonly map: Readonly<Record<string, string>>;
  readonly timezone: string;
  readonly dayFirst?: boolean | undefined;
  readonly drop?: readonly string[] | undefined;
  readonly nulls?: readonly string[] | undefined;
  readonly encoding?: string | undefined;
  /** Reads bare numbers in time columns as seconds or milliseconds since 1970. */
  readonly epoch?: boolean | undefined;
}

export interface ImportContext extends ReadOptions {
  readonly warehouse: Warehouse;
  readonly store: string;
  readonly pseudonymise: Pseudonymise;
  readonly onRows?: (rows: number) => void;
}

/** One source read, cast and staged, with the guesses that led to its mapping. */
export interface ImportedSource {
  readonly record: Omit<ManifestSource, 'importedAt'>;
  readonly guesses: readonly ColumnGuess[];
}

const nullWords = ['NULL', 'N/A', 'NA', '-', 'NaN'];
const freeTextLength = 60;

/** SHA-256 of a file's bytes. */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(block as Buffer);
  return hash.digest('hex');
}

/** What decides whether a file has been brought in already: its bytes and how it is to be read. */
export function fingerprintOf(sha256: string, rules: ImportRules): string {
  return sha256Hex(canonicalJson({ sha256, rules: JSON.parse(JSON.stringify(rules)) }));
}

function statedFaults(file: string, columns: readonly string[], rules: ImportRules, growing: boolean): void {
  if (growing) return;
  const faults = [
    ...Object.entries(rules.map),
    ...(rules.drop ?? []).map((column) => ['drop', column] as const),
  ]
    .filter(([, column]) => !columns.includes(column))
    .map(
      ([field, column]) =>
        new WellspentError('COLUMN_MISSING', `${file} has no column "${column}" (given for ${field}).`, {
          where: { file },
          found: columns.slice(0, 40).join(', '),
          ...hintOf(didYouMean(column, columns)),
        }),
    );
  if (faults.length > 0)
    throw new WellspentFaults(
      'COLUMN_MISSING',
      `The mapping names columns that ${file} does not have.`,
      faults,
    );
}

function hintOf(hint: string | undefined | null): { readonly hint?: string } {
  return hint ? { hint } : {};
}

function requiredFaults(
  file: string,
  as: ExtractKind,
  fields: ReadonlySet<string>,
  columns: readonly string[],
): void {
  const missing = fieldsOf[as]
    .filter((field) => field.required && !fields.has(field.name))
    .map((field) => field.name);
  if (as === 'events' && !fields.has('started') && !fields.has('finished')) missing.push('finished');
  if (missing.length === 0) return;
  const faults = missing.map(
    (field) =>
      new WellspentError('MAPPING_INCOMPLETE', `No column of ${file} was recognised as ${field}.`, {
        where: { file },
        found: columns.slice(0, 40).join(', '),
        hint: `${field}: name of the column`,
      }),
  );
  throw new WellspentFaults('MAPPING_INCOMPLETE', `${file} cannot be mapped to ${as}.`, faults);
}

function isFreeText(cells: readonly string[]): boolean {
  let filled = 0;
  let length = 0;
  for (const cell of cells) {
    if (cell === '') continue;
    filled += 1;
    length += cell.length;
  }
  return filled > 0 && length / filled > freeTextLength;
}

function isTimeLike(cells: readonly string[], rules: TimeRules, nulls: ReadonlySet<string>): boolean {
  const reading = newReading();
  let filled = 0;
  for (const cell of cells) {
    const text = cell.trim();
    if (text === '' || nulls.has(text)) continue;
    if (text.charCodeAt(4) !== 45 || !parseTime(text, rules, reading)) return false;
    filled += 1;
  }
  return filled > 0;
}

const xesMap = { case_id: 'case:concept:name', step: 'concept:name', finished: 'time:timestamp' } as const;

function statedMap(table: RawTable, rules: ImportRules): Readonly<Record<string, string>> {
  return table.format === 'xes' && rules.as === 'events' ? { ...xesMap, ...rules.map } : rules.map;
}

function columnRecord(
  plan: ColumnPlan,
  guess: ColumnGuess | undefined,
  kind: ColumnRecord['kind'],
): ColumnRecord {
  return {
    column: plan.column,
    name: plan.name,
    level: plan.level,
    staged: plan.staged,
    becomes: plan.field ? 'field' : 'attribute',
    kind,
    style: plan.style,
    reason: guess?.reason ?? 'no field of the table; kept as an attribute',
    samples: plan.field?.identity ? [] : [...(guess?.samples ?? [])],
  };
}

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

/** Reads one file and stages its rows below `staged/<id>` of the store. Nothing else of the store changes. */
export async function importSource(
  file: string,
  shownFile: string,
  id: string,
  rules: ImportRules,
  context: ImportContext,
): Promise<ImportedSource> {
  const { warehouse, store, signal } = context;
  const { table, bytes } = await openTable(file, {
    ...context,
    ...(rules.encoding ? { encoding: rules.encoding } : {}),
  });
  const zone = openZone(rules.timezone);
  const stated = statedMap(table, rules);
  const statedNulls = new Set(rules.nulls ?? []);
  const nulls = new Set([...nullWords, ...statedNulls]);
  const counters = newCounters(rules.timezone);
  const order = rules.dayFirst === false ? 'month-first' : 'day-first';
  const baseRules: TimeRules = { zone, order, ...(rules.epoch ? { epoch: true } : {}) };
  let timeRules = new Map<string, TimeRules>();
  const caster = casterFor({
    events: rules.as === 'events',
    pseudonymise: context.pseudonymise,
    nulls,
    statedNulls,
    timeRules: (column) => timeRules.get(column) ?? baseRules,
    counters,
    listsCases: table.listsCases,
  });
  const folder = join('staged', id);
  const main = stagerFor(warehouse, store, folder, 'main', signal);
  const cases = stagerFor(warehouse, store, folder, 'cases', signal);
  const rejects = stagerFor(warehouse, store, folder, 'rejects', signal);

  const notices: Notice[] = [];
  const dropped: ColumnRecord[] = [];
  let guesses: readonly ColumnGuess[] = [];
  let planner = plannerFor(rules.as, stated);
  const plans: ColumnPlan[] = [];
  let planned = 0;
  let mapping: Record<string, string> = {};

  const planColumns = (batch: RawBatch) => {
    for (; planned < table.columns.length; planned++) {
      const column = table.columns[planned] as string;
      const cells = batch.columns[planned] ?? [];
      const isStated = Object.values(mapping).includes(column) || Object.values(rules.map).includes(column);
      const drop = rules.drop?.includes(column);
      const freeText = !isStated && !drop && isFreeText(cells);
      if (drop || freeText) {
        const reason = drop ? 'left out as asked' : 'looks like free text, which may name people';
        if (freeText)
          notices.push({
            code: 'FREE_TEXT_DROPPED',
            message: `Column "${column}" ${reason}; it was not brought in.`,
          });
        dropped.push({
          column,
          name: null,
          level: 'row',
          staged: '',
          becomes: 'dropped',
          kind: 'text',
          style: 'point',
          reason,
          samples: [],
        });
        continue;
      }
      const style = numberStyle(cells.length > 2000 ? cells.slice(0, 2000) : cells);
      plans.push(planner.plan(column, planned, style, isTimeLike(cells, baseRules, nulls)));
    }
  };

  const begin = async (batch: RawBatch) => {
    statedFaults(shownFile, table.columns, rules, table.format === 'xes');
    guesses = guessMapping({
      as: rules.as,
      format: table.format,
      columns: table.columns,
      sample: batch,
      stated,
    });
    mapping = { ...stated };
    for (const guess of guesses) if (guess.field !== null) mapping[guess.field] = guess.column;
    requiredFaults(shownFile, rules.as, new Set(Object.keys(mapping)), table.columns);
    planner = plannerFor(rules.as, mapping);
    planColumns(batch);
    const wanted = plans
      .filter((plan) => plan.field?.reading === 'time' || plan.field?.reading === 'period')
      .map((plan) => ({ column: plan.column, index: plan.index }));
    const orders = await dateOrders(wanted, batch, table, rules.dayFirst, shownFile);
    timeRules = new Map(orders.rules.map(([column, found]) => [column, { ...baseRules, ...found }]));
    notices.push(...orders.notices);
  };

  let rowsIn = 0;
  let rowsUsed = 0;
  let lastSeq = 0;
  let caseRows = 0;
  let begun = false;
  const reasons = new Map<string, number>();
  for await (const batch of table.batches()) {
    signal?.throwIfAborted();
    if (!begun) {
      await begin(batch);
      begun = true;
    } else planColumns(batch);
    const cast = caster.cast(batch, plans);
    await main.add(cast.main);
    if (cast.cases) await cases.add(cast.cases);
    caseRows += cast.cases?.rows ?? 0;
    if (cast.faults.length > 0)
      await rejects.add({
        rows: cast.faults.length,
        columns: [
          { name: 'line', kind: 'integer' },
          { name: 'column', kind: 'text' },
          { name: 'value', kind: 'text' },
          { name: 'reason', kind: 'text' },
        ],
        values: [
          Float64Array.from(cast.faults, (fault) => fault.line),
          cast.faults.map((fault) => fault.column),
          cast.faults.map((fault) => fault.value),
          cast.faults.map((fault) => fault.reason),
        ],
      });
    rowsIn += cast.rowsIn;
    rowsUsed += cast.rowsUsed;
    lastSeq += batch.rows;
    for (const [reason, n] of cast.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
    context.onRows?.(rowsIn);
  }

  const byCount = [...reasons].map(([reason, rows]) => ({ reason, rows })).sort((a, b) => b.rows - a.rows);
  if (rowsIn > 0 && rowsUsed === 0 && caseRows === 0)
    throw new WellspentError(
      'ALL_ROWS_SET_ASIDE',
      `Not one of ${rowsIn} rows of ${shownFile} could be used.`,
      {
        where: { file: shownFile },
        found: byCount.map(({ reason, rows }) => `${reason}: ${rows}`).join(', '),
      },
    );
  if (rowsIn === 0) notices.push({ code: 'NO_ROWS', message: `${shownFile} has no rows.` });

  const kinds = caster.kinds();
  const kindOf = (plan: ColumnPlan): ColumnRecord['kind'] => {
    if (plan.field) return fieldKinds[plan.field.reading];
    const kind = kinds.get(plan.staged);
    if (!kind || kind.filled === 0) return 'text';
    return kind.isTime ? 'timestamp' : kind.isNumber ? 'number' : 'text';
  };
  const guessOf = new Map(guesses.map((guess) => [guess.column, guess]));
  const guessed = guesses.filter((guess) => guess.field !== null && guess.reason !== 'stated');
  if (guessed.length > 0)
    notices.unshift({
      code: 'MAPPING_GUESSED',
      message: `Recognised ${guessed.map((guess) => `${guess.field} in "${guess.column}"`).join(', ')}.`,
    });
  const sha256 = await fileSha256(file);
  return {
    guesses,
    record: {
      id,
      file: shownFile,
      as: rules.as,
      format: table.format,
      sha256,
      bytes,
      fingerprint: fingerprintOf(sha256, rules),
      rowsIn,
      rowsUsed,
      rowsSetAside: rowsIn - rowsUsed,
      reasons: byCount,
      mapping,
      timezone: rules.timezone,
      facts: { ...table.facts },
      columns: [
        ...plans.map((plan) => columnRecord(plan, guessOf.get(plan.column), kindOf(plan))),
        ...dropped,
      ],
      notices: [...notices, ...table.notices(), ...countedNotices(counters)].map((notice) => ({ ...notice })),
      lastSeq,
      staged: [...(await main.end()), ...(await cases.end()), ...(await rejects.end())],
    },
  };
}
