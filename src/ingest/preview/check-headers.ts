import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WellspentError, WellspentFaults } from '../../core/index.ts';
import { isOfExtract, type StatedExtract, type StatedExtracts } from '../../define/index.ts';
import type { ImportRules } from '../import-rules.ts';
import { lookAt } from '../mapping/column-look.ts';
import { plannerFor } from '../mapping/column-plan.ts';
import { fieldsOfCaseRows } from '../mapping/fields.ts';
import { guessMapping } from '../mapping/guess-mapping.ts';
import { keySlips } from '../mapping/key-slips.ts';
import { findSavedMapping } from '../mapping/saved-mapping.ts';
import { checkRequired } from '../mapping/source-plan.ts';
import { plannedFile } from '../planned-file.ts';
import type { Cells } from '../readers/cells.ts';
import { openTable } from '../readers/open-table.ts';
import { columnsComeLate, type RawBatch, type RawTable } from '../readers/raw-table.ts';
import { openShaped } from '../shapes/open-shaped.ts';
import { readManifest } from '../store/manifest.ts';
import { storeFolder } from '../workspace.ts';
import { missingColumns, slipFaults } from './stated-faults.ts';

/** What the first rows of extracts show before they are brought in. */
export interface HeaderReport {
  /** Faults of mapping, each at its line of the charter. */
  readonly faults: readonly WellspentError[];
  /** Columns that the extracts will add to cases; null where one of them cannot tell before it is read whole. */
  readonly caseColumns: readonly string[] | null;
}

async function firstRows(table: RawTable): Promise<RawBatch> {
  for await (const batch of table.batches()) return batch;
  return { rows: 0, lines: [], columns: [], faults: [] };
}

interface Mapped {
  readonly mapping: Readonly<Record<string, string>>;
  /** The names that columns about cases get. */
  readonly caseColumns: readonly string[];
}

function isLeftAsPersonal(column: string, cells: Cells | undefined): boolean {
  const look = lookAt(column);
  look.add(cells);
  return look.verdict() !== null;
}

function mapColumns(rules: ImportRules, table: RawTable, first: RawBatch): Mapped {
  const { columns, shaped } = table;
  const ofCases = shaped?.rowsAreCases === true;
  const named = Object.entries(rules.map).filter(([, column]) => columns.includes(column));
  const stated: Readonly<Record<string, string>> = {
    ...Object.fromEntries(named),
    ...shaped?.says,
    ...(rules.classifier === undefined ? {} : { step: columns[0] ?? '' }),
  };
  const guesses = guessMapping({
    as: rules.as,
    columns,
    sample: first,
    stated,
    ...(ofCases ? { fields: fieldsOfCaseRows } : {}),
  });
  const mapping: Record<string, string> = { ...stated };
  for (const guess of guesses) if (guess.field !== null) mapping[guess.field] = guess.column;
  const kept = new Set(Object.values(mapping));
  const planner = plannerFor(rules.as, mapping, ofCases);
  const caseColumns = columns.flatMap((column, index) => {
    const isLeftOut =
      rules.drop?.includes(column) ||
      shaped?.usedUp.has(column) ||
      (!kept.has(column) && !planner.fillsField(column) && isLeftAsPersonal(column, first.columns[index]));
    if (isLeftOut) return [];
    const { level, name } = planner.plan(column, index, 'point', 'text');
    return rules.as === 'cases' || level === 'case' ? [name] : [];
  });
  return { mapping, caseColumns };
}

function replaced(stated: StatedExtracts, index: number, error: WellspentError): readonly WellspentError[] {
  const faults = error instanceof WellspentFaults ? error.faults : [error];
  return faults.map(({ code, message, found, hint }) =>
    stated.fault(code, ['extracts', index, code === 'MAPPING_INCOMPLETE' ? 'map' : 'file'], message, {
      ...(found === undefined ? {} : { found }),
      ...(hint === undefined ? {} : { hint }),
    }),
  );
}

async function checkHeader(dir: string, stated: StatedExtracts, entry: StatedExtract): Promise<HeaderReport> {
  const { extract, index } = entry;
  const file = join(dir, extract.file);
  const isOfCases = extract.as === 'cases' || extract.as === 'events';
  const unknown = isOfCases ? null : [];
  // That there is no such file is a fault of its own.
  if (!existsSync(file)) return { faults: [], caseColumns: unknown };
  let slips = keySlips(extract);
  const missing: WellspentError[] = [];
  const faults = () => [...slipFaults(stated, entry, slips), ...missing];
  const charter = { extracts: [extract], timezone: extract.timezone ?? 'UTC' };
  const { path, shown, rules } = plannedFile(dir, { file: stated.file, charter }, file, { as: extract.as });
  try {
    const { encoding, delimiter, sheet, objectType } = rules;
    const { table } = await openTable(path, {
      ...(encoding ? { encoding } : {}),
      delimiter,
      sheet,
      objectType,
    });
    // Attributes may appear on any event or row, so a name that is not there yet is not missing.
    if (columnsComeLate(table.format)) return { faults: faults(), caseColumns: unknown };
    missing.push(...missingColumns(stated, entry, table.columns));
    const isStated = Object.keys(rules.map).length > 0;
    const saved = isStated ? null : findSavedMapping(storeFolder(dir), rules.as, table.columns);
    const used: ImportRules = saved ? { ...rules, map: saved.map, drop: rules.drop ?? saved.drop } : rules;
    const shaped = (await openShaped(path, shown, used, {})).table;
    const first = await firstRows(shaped);
    const { mapping, caseColumns } = mapColumns(used, shaped, first);
    slips = keySlips(extract, mapping);
    const meant = Object.fromEntries(slips.map(({ key, field }) => [field, rules.map[key] ?? '']));
    if (missing.length === 0)
      checkRequired(shown, used, { ...mapping, ...meant }, shaped, first.rows + first.faults.length === 0);
    // A name that the mapping gives is not missed twice when its column is not there.
    return { faults: faults(), caseColumns: isOfCases ? [...caseColumns, ...Object.keys(rules.map)] : [] };
  } catch (error) {
    if (!(error instanceof WellspentError)) throw error;
    // Without the columns that it names, a file cannot be expected to have its shape.
    const more = missing.length > 0 ? [] : replaced(stated, index, error);
    return { faults: [...faults(), ...more], caseColumns: unknown };
  }
}

/**
 * Reads the header and the first rows of every extract that is there and not brought in yet, and reports what
 * the charter names of it that it lacks. Nothing is changed.
 */
export async function checkHeaders(dir: string, stated: StatedExtracts): Promise<HeaderReport> {
  const { sources } = readManifest(storeFolder(dir));
  const waiting = stated.extracts.filter(
    ({ extract }) => !sources.some((source) => isOfExtract(extract, source)),
  );
  const faults: WellspentError[] = [];
  let caseColumns: readonly string[] | null = [];
  for (const entry of waiting) {
    const header = await checkHeader(dir, stated, entry);
    faults.push(...header.faults);
    caseColumns = caseColumns && header.caseColumns ? [...caseColumns, ...header.caseColumns] : null;
  }
  return { faults, caseColumns };
}
