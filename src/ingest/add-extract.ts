import { isAbsolute, relative, resolve, sep } from 'node:path';
import { WellspentError } from '../core/index.ts';
import type { Extract, ExtractKind, LoadedCharter } from '../define/index.ts';
import { openDuckdb, type Warehouse } from '../stores/index.ts';
import type { Dedupe } from './cast/row-keys.ts';
import { fileSha256 } from './file-sha256.ts';
import { fingerprintOf, type ImportRules, type MinutesIn } from './import-rules.ts';
import { importSource } from './import-source.ts';
import { demonstrationKey, type KeyOptions, workspaceKey } from './key-file.ts';
import type { LifecycleRule } from './lifecycle/transitions.ts';
import type { ColumnGuess } from './mapping/guess-mapping.ts';
import { findSavedMapping, hasSavedMappings, saveMapping } from './mapping/saved-mapping.ts';
import { type Pseudonymise, pseudonymsWith } from './pseudonyms.ts';
import { openTable } from './readers/open-table.ts';
import { columnsComeLate, type Notice, type ReadLimits, type RowFault } from './readers/raw-table.ts';
import { fileSize } from './readers/source-bytes.ts';
import type { ShapeRules } from './shapes/extract-shape.ts';
import { commitSources, removeStale } from './store/commit.ts';
import type { HeldSource } from './store/held-plan.ts';
import { withLock } from './store/lock.ts';
import { type Manifest, type ManifestSource, type PairingRecord, readManifest } from './store/manifest.ts';
import type { PendingPart } from './store/stager.ts';
import { storeFolder, type Workspace } from './workspace.ts';

/** How far an import has come. */
export interface AddProgress {
  readonly file: string;
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What became of one file. `rowsIn = rowsUsed + rowsSetAside`, always. */
export interface AddReport {
  readonly file: string;
  readonly table: ExtractKind;
  readonly rowsIn: number;
  readonly rowsUsed: number;
  readonly rowsSetAside: number;
  /** Rows set aside by reason; a row with two reasons counts under both. */
  readonly reasons: readonly { readonly reason: string; readonly rows: number }[];
  /** Field: column of the file. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly guesses: readonly ColumnGuess[];
  readonly notices: readonly Notice[];
  /** Up to three faults of each reason: line, column and what stood there, never an identifier. */
  readonly examples: readonly RowFault[];
  readonly fingerprint: string;
  /** What joining starts and completions made of the rows: `rowsUsed - merged = rowsInEvents`. */
  readonly pairing?: PairingRecord;
  readonly seconds: number;
}

/** What holds for all files of one call. */
export interface ImportSettings extends KeyOptions {
  readonly onProgress?: (progress: AddProgress) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReadLimits>;
  /** Bytes of rows that an import holds in memory before it writes them in parts; 96 MB by default. */
  readonly heldBytes?: number;
  /** How long to wait for another import into the same workspace, in milliseconds; 10,000 by default. */
  readonly waitMs?: number;
  /** The clock that dates imports. */
  readonly now?: () => Date;
}

/** An extract to bring into a workspace, and how to read it; what is left out is guessed and reported. */
export interface AddRequest extends ImportSettings, ShapeRules {
  readonly workspace: Workspace;
  readonly file: string;
  readonly as?: ExtractKind;
  readonly map?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly dayFirst?: boolean;
  readonly drop?: readonly string[];
  readonly nulls?: readonly string[];
  readonly encoding?: string;
  /** The sheet of a workbook. */
  readonly sheet?: string;
  /** The type of object whose objects are the cases of an object-centric log. */
  readonly objectType?: string;
  /** Reads bare numbers in time columns as seconds or milliseconds since 1970. */
  readonly epoch?: boolean;
  /** What the column mapped to `minutes` counts; minutes by default. */
  readonly minutesIn?: MinutesIn;
  /** Keeps a row whose start cannot be read by its finish alone; it is set aside by default. */
  readonly onBadStart?: 'finish_only';
  /** Which rows are the same row, of which one is kept; all are kept by default. */
  readonly dedupe?: Dedupe;
  /** Joins the rows of one piece of work or keeps them; joined where starts and completions occur by default. */
  readonly lifecycle?: LifecycleRule;
  /** What tells steps apart: a classifier of an XES log, or columns joined with `+`. */
  readonly classifier?: string;
  /** The name of the source in place of its path: a file that was sent lies under a name of ours. */
  readonly shownAs?: string;
  /** Does everything that bringing it in does, reports the same, and changes nothing. */
  readonly dryRun?: boolean;
}

/** One file to bring in, with its rules. */
export interface PlannedFile {
  readonly path: string;
  readonly shown: string;
  readonly rules: ImportRules;
}

/** What planning a file needs of a charter. */
interface ExtractsOfCharter {
  readonly file: string;
  readonly charter: Pick<LoadedCharter['charter'], 'extracts' | 'timezone'>;
}

/** The extract of the charter that a file is, if the charter names it. */
function extractOf(loaded: ExtractsOfCharter, shown: string): Extract | undefined {
  return loaded.charter.extracts.find((extract) => extract.file.replace(/^\.\//, '') === shown);
}

function shownPath(dir: string, file: string): string {
  const inside = relative(resolve(dir), resolve(file));
  if (!inside.startsWith('..') && !isAbsolute(inside)) return inside.split(sep).join('/');
  // Outside the workspace the last folder and the name are enough: a whole path would tell of the machine.
  return resolve(file).split(sep).slice(-2).join('/');
}

/** The rules for a file: what the charter says, under what the caller says. */
export function plannedFile(
  dir: string,
  loaded: ExtractsOfCharter,
  file: string,
  said: Partial<Omit<AddRequest, keyof ImportSettings | 'workspace' | 'file'>> = {},
): PlannedFile {
  const shown = said.shownAs ?? shownPath(dir, file);
  const extract = extractOf(loaded, shown);
  const as = said.as ?? extract?.as;
  if (!as)
    throw new WellspentError(
      'MAPPING_INCOMPLETE',
      `Say which table ${shown} fills; the charter does not name it.`,
      {
        where: { file: loaded.file },
        hint: '--as events',
      },
    );
  const dayFirst = said.dayFirst ?? extract?.day_first;
  return {
    path: resolve(file),
    shown,
    rules: {
      as,
      map: { ...extract?.map, ...said.map },
      timezone: said.timezone ?? extract?.timezone ?? loaded.charter.timezone,
      dayFirst,
      drop: said.drop ?? extract?.drop,
      nulls: said.nulls ?? extract?.nulls,
      encoding: said.encoding ?? extract?.encoding,
      sheet: said.sheet ?? extract?.sheet,
      objectType: said.objectType ?? extract?.object_type,
      epoch: said.epoch,
      minutesIn: said.minutesIn ?? extract?.minutes_in,
      onBadStart: said.onBadStart ?? extract?.on_bad_start,
      lifecycle: said.lifecycle ?? extract?.lifecycle,
      classifier: said.classifier ?? extract?.classifier,
      dedupe: said.dedupe ?? extract?.dedupe,
      shape: said.shape ?? extract?.shape,
      steps: said.steps ?? extract?.steps,
      field: said.field ?? extract?.field,
    },
  };
}

/** The pseudonyms of a workspace: the published key for demonstrations, which is said, its own key otherwise. */
export function workspacePseudonyms(
  dir: string,
  loaded: LoadedCharter,
  options: KeyOptions,
): Pick<ImportFilesInput, 'pseudonymise' | 'notices' | 'saidOnce'> {
  if (!loaded.charter.demonstration) {
    const { key, file, isNew } = workspaceKey(dir, options);
    const made: Notice = {
      code: 'KEY_MADE',
      message: `A key for pseudonyms was made in ${file}. Keep a copy: without it, later extracts cannot be linked to this one.`,
    };
    return { pseudonymise: pseudonymsWith(key), ...(isNew ? { saidOnce: [made] } : {}) };
  }
  return {
    pseudonymise: pseudonymsWith(demonstrationKey),
    notices: [
      {
        code: 'DEMONSTRATION_KEY',
        message: 'Identifiers were turned into pseudonyms with the published demonstration key.',
      },
    ],
  };
}

function reportOf(
  source: Omit<ManifestSource, 'importedAt'>,
  found: Pick<AddReport, 'guesses' | 'examples'>,
  seconds: number,
): AddReport {
  return {
    file: source.file,
    table: source.as,
    rowsIn: source.rowsIn,
    rowsUsed: source.rowsUsed,
    rowsSetAside: source.rowsSetAside,
    reasons: source.reasons,
    mapping: source.mapping,
    ...found,
    notices: source.notices as readonly Notice[],
    fingerprint: source.fingerprint,
    seconds,
  };
}

/** A report with what only the tables could tell: rows joined by pairing, and steps to doubt. */
function afterCommit(report: AddReport, sources: readonly ManifestSource[]): AddReport {
  const source = sources.find(
    ({ file, as, fingerprint }) =>
      file === report.file && as === report.table && fingerprint === report.fingerprint,
  );
  if (!source) return report;
  return {
    ...report,
    rowsUsed: source.rowsUsed,
    rowsSetAside: source.rowsSetAside,
    reasons: source.reasons,
    notices: [...report.notices, ...((source.findings ?? []) as readonly Notice[])],
    ...(source.pairing ? { pairing: source.pairing } : {}),
  };
}

function nextId(sources: readonly ManifestSource[], planned: number, sha256: string): string {
  const numbers = sources.map((source) => Number.parseInt(source.id, 10)).filter(Number.isFinite);
  return `${Math.max(0, ...numbers) + planned + 1}-${sha256.slice(0, 8)}`;
}

export interface ImportFilesInput extends ImportSettings {
  readonly store: string;
  readonly files: readonly PlannedFile[];
  readonly pseudonymise: Pseudonymise;
  /** Said of every file beside what its reading shows. */
  readonly notices?: readonly Notice[];
  /** Said in the first report and kept nowhere. */
  readonly saidOnce?: readonly Notice[];
  readonly dryRun?: boolean;
  /** An engine to work in; one of its own by default. */
  readonly warehouse?: Warehouse;
}

/** The rules with the mapping kept from an earlier file with the same columns, where none is stated. */
async function withSavedMapping(
  store: string,
  path: string,
  stated: ImportRules,
  limits: Partial<ReadLimits> | undefined,
): Promise<{ readonly rules: ImportRules; readonly reused: boolean }> {
  if (Object.keys(stated.map).length > 0 || !hasSavedMappings(store)) return { rules: stated, reused: false };
  const { encoding, sheet, objectType } = stated;
  const { table } = await openTable(path, {
    ...(encoding ? { encoding } : {}),
    ...(limits ? { limits } : {}),
    sheet,
    objectType,
  });
  const saved = columnsComeLate(table.format) ? null : findSavedMapping(store, stated.as, table.columns);
  if (!saved) return { rules: stated, reused: false };
  const rules = {
    ...stated,
    map: saved.map,
    drop: stated.drop ?? saved.drop,
    dayFirst: stated.dayFirst ?? saved.day_first,
    minutesIn: stated.minutesIn ?? saved.minutes_in,
    lifecycle: stated.lifecycle ?? saved.lifecycle,
    dedupe: stated.dedupe ?? saved.dedupe,
    shape: stated.shape ?? saved.shape,
    steps: stated.steps ?? saved.steps,
    field: stated.field ?? saved.field,
  };
  return { rules, reused: true };
}

/** True when a source is these bytes read by these rules: whatever is stated agrees with the mapping it got. */
function isSame(source: ManifestSource, sha256: string, rules: ImportRules): boolean {
  if (source.sha256 !== sha256) return false;
  const agrees = Object.entries(rules.map).every(([field, column]) => source.mapping[field] === column);
  // The fingerprint is of the shape as it was found, where none is stated.
  const { shape, steps, field } = source.shape ?? {};
  const found = { shape: rules.shape ?? shape, steps: rules.steps ?? steps, field: rules.field ?? field };
  return agrees && source.fingerprint === fingerprintOf(sha256, { ...rules, ...found, map: source.mapping });
}

/** What reading files gave, before anything is made of it. */
interface Read {
  readonly reports: readonly AddReport[];
  readonly sources: readonly ManifestSource[];
  /** The sources brought in just now, each with the rules that it was read by. */
  readonly added: readonly { readonly source: ManifestSource; readonly rules: ImportRules }[];
  /** Rows that are still in memory, by id of their source. */
  readonly held: ReadonlyMap<string, HeldSource>;
  /** Parts of the last source that are not written yet. */
  readonly pending: readonly PendingPart[];
}

/** Writes parts that were left for later. */
async function writeParts(parts: readonly PendingPart[]): Promise<void> {
  for (const part of parts) await part.write();
}

async function importInto(input: ImportFilesInput, before: Manifest): Promise<Read> {
  const { store, files, signal } = input;
  const now = input.now ?? (() => new Date());
  const reports: AddReport[] = [];
  let sources: readonly ManifestSource[] = before.sources;
  const added: { source: ManifestSource; rules: ImportRules }[] = [];
  const held = new Map<string, HeldSource>();
  let pending: readonly PendingPart[] = [];
  for (const { path, shown, rules: stated } of files) {
    const from = performance.now();
    const totalBytes = await fileSize(path);
    const sha256 = await fileSha256(path);
    const { rules, reused } = await withSavedMapping(store, path, stated, input.limits);
    const replaced = sources.find((source) => source.file === shown && source.as === rules.as);
    // Bytes known under another name still take the place of what this name held.
    const known = sources.find((source) => isSame(source, sha256, rules) && (replaced ?? source) === source);
    if (known) {
      const again: Notice = { code: 'ALREADY_IMPORTED', message: `${shown} is in the workspace already.` };
      const report = reportOf(known, { guesses: [], examples: [] }, 0);
      reports.push({ ...report, notices: [again, ...report.notices] });
      continue;
    }
    await writeParts(pending);
    pending = [];
    let rows = 0;
    let bytes = 0;
    const tell = () => input.onProgress?.({ file: shown, rows, bytes, totalBytes });
    const imported = await importSource(
      { path, shown, sha256, id: nextId(before.sources, added.length, sha256) },
      rules,
      {
        store,
        pseudonymise: input.pseudonymise,
        heldBytes: input.heldBytes,
        ...(input.limits ? { limits: input.limits } : {}),
        ...(signal ? { signal } : {}),
        onBytes: (n) => {
          bytes = n;
        },
        onRows: (n) => {
          rows = n;
          tell();
        },
      },
    );
    const { guesses, examples } = imported;
    pending = imported.pending;
    const record: ManifestSource = { ...imported.record, importedAt: now().toISOString() };
    record.notices.push(...(input.notices ?? []));
    if (reused)
      record.notices.unshift({
        code: 'MAPPING_REUSED',
        message: `${shown} was read with the mapping kept from a file with the same columns.`,
      });
    if (replaced)
      record.notices.unshift({
        code: 'SOURCE_REPLACED',
        message: `${shown} takes the place of its earlier version.`,
      });
    sources = replaced
      ? sources.map((source) => (source === replaced ? record : source))
      : [...sources, record];
    added.push({ source: record, rules });
    // The rows of the only source of events become its table as they are; those of several are read again.
    if (record.as === 'events') held.clear();
    const isOnly = sources.filter((source) => source.as === 'events').length === 1;
    if (imported.held && isOnly && record.as === 'events') held.set(record.id, imported.held);
    reports.push(reportOf(record, { guesses, examples }, (performance.now() - from) / 1000));
  }
  return { reports, sources, added, held, pending };
}

const keyCheckText = 'not a case: tells one key from another';

/** One workspace, one key: with another, later rows of a case would not find the earlier ones. */
function refuseOtherKey(before: Manifest, keyCheck: string): void {
  if (before.sources.length === 0 || before.keyCheck === undefined || before.keyCheck === keyCheck) return;
  throw new WellspentError(
    'KEY_DIFFERS',
    'The key for pseudonyms is not the one that this workspace was built with.',
    { hint: 'WELLSPENT_KEY_FILE=the key kept from before, then the same command' },
  );
}

/** The reports, the first of which says what is said once. */
function withSaidOnce(
  reports: readonly AddReport[],
  said: readonly Notice[] | undefined,
): readonly AddReport[] {
  const [first, ...others] = reports;
  return first && said ? [{ ...first, notices: [...first.notices, ...said] }, ...others] : reports;
}

/** Brings files into a store under its lock: all of them or, on any error, none. */
export async function importFiles(input: ImportFilesInput): Promise<readonly AddReport[]> {
  const { store, signal } = input;
  return withLock(store, input.waitMs ?? 10_000, async () => {
    const before = readManifest(store);
    const keyCheck = input.pseudonymise('case', keyCheckText);
    refuseOtherKey(before, keyCheck);
    removeStale(store, before);
    let warehouse = input.warehouse;
    const engine = async () => {
      warehouse ??= await openDuckdb({ folders: [store], memoryMb: 300, unflushedMb: 1 });
      return warehouse;
    };
    try {
      const { reports, sources, added, held, pending } = await importInto(input, before);
      if (added.length === 0) return withSaidOnce(reports, input.saidOnce);
      const isTrial = input.dryRun === true;
      const made = await commitSources(engine, store, before, sources, {
        ...{ signal, keyCheck, held, pending, isTrial },
      });
      if (isTrial) removeStale(store, before);
      else
        for (const { source, rules } of added)
          if (!columnsComeLate(source.format) && rules.classifier === undefined)
            saveMapping(store, source, rules);
      const counted = reports.map((report) => afterCommit(report, made.sources));
      return withSaidOnce(counted, input.saidOnce);
    } catch (cause) {
      removeStale(store, before);
      if (signal?.aborted)
        throw new WellspentError('WAREHOUSE_CANCELLED', 'The import was cancelled. Nothing was changed.', {
          cause,
        });
      throw cause;
    } finally {
      if (!input.warehouse) await warehouse?.close();
    }
  });
}

/** Brings one extract into a workspace. Nothing changes unless the whole file could be read. */
export async function addExtract(request: AddRequest): Promise<AddReport> {
  const { workspace, file, as, map, timezone, dayFirst, drop, nulls, encoding, epoch, minutesIn, shownAs } =
    request;
  const { sheet, objectType, lifecycle, classifier, shape, steps, field, dedupe, onBadStart } = request;
  const said = Object.fromEntries(
    Object.entries({
      ...{ as, map, timezone, dayFirst, drop, nulls, encoding, epoch, minutesIn, shownAs },
      ...{ sheet, objectType, lifecycle, classifier, shape, steps, field, dedupe, onBadStart },
    }).filter(([, v]) => v !== undefined),
  );
  const planned = plannedFile(workspace.dir, workspace.loaded, file, said);
  const [report] = await importFiles({
    ...request,
    store: storeFolder(workspace.dir),
    files: [planned],
    ...workspacePseudonyms(workspace.dir, workspace.loaded, request),
  });
  if (!request.dryRun) await workspace.refresh();
  return report as AddReport;
}
