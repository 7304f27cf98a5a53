import { WellspentError } from '../core/index.ts';
import { partWords } from '../define/index.ts';
import type { Warehouse } from '../stores/index.ts';
import { reportOf } from './add-report.ts';
import type { AddReport, ImportSettings } from './add-request.ts';
import { fileSha256 } from './file-sha256.ts';
import { fingerprintOf, type ImportRules } from './import-rules.ts';
import { importSource } from './import-source.ts';
import { savedDelimiter } from './mapping/saved-delimiter.ts';
import {
  asKept,
  findSavedMapping,
  hasSavedMappings,
  leftOutAsKept,
  type WhyStated,
} from './mapping/saved-mapping.ts';
import { placeOf } from './name-taken.ts';
import type { PlannedFile } from './planned-file.ts';
import type { Pseudonymise } from './pseudonyms.ts';
import { openTable } from './readers/open-table.ts';
import { columnsComeLate, type Notice, type ReadLimits } from './readers/raw-table.ts';
import { fileSize, fileState } from './readers/source-bytes.ts';
import type { HeldSource } from './store/held-plan.ts';
import type { Manifest, ManifestSource } from './store/manifest.ts';
import type { PendingPart } from './store/stager.ts';
import type { Damage } from './store/verify-files.ts';

function nextId(sources: readonly ManifestSource[], planned: number, sha256: string): string {
  const numbers = sources.map((source) => Number.parseInt(source.id, 10)).filter(Number.isFinite);
  return `${Math.max(0, ...numbers) + planned + 1}-${sha256.slice(0, 8)}`;
}

export interface ImportFilesInput extends ImportSettings {
  readonly store: string;
  readonly files: readonly PlannedFile[];
  readonly pseudonymise: Pseudonymise;
  /** Where the key of the pseudonyms is kept; left out for the published key of demonstrations. */
  readonly keyInUse?: { readonly file: string };
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
): Promise<{ readonly rules: ImportRules; readonly kept: WhyStated | null }> {
  if (Object.keys(stated.map).length > 0 || !hasSavedMappings(store)) return { rules: stated, kept: null };
  const { encoding, sheet, objectType } = stated;
  const delimiter = await savedDelimiter(store, path, stated, limits);
  const { table } = await openTable(path, {
    ...(encoding ? { encoding } : {}),
    ...(limits ? { limits } : {}),
    delimiter,
    sheet,
    objectType,
  });
  const saved = columnsComeLate(table.format) ? null : findSavedMapping(store, stated.as, table.columns);
  if (!saved) return { rules: stated, kept: null };
  const rules = {
    ...stated,
    delimiter,
    map: saved.map,
    drop: stated.drop ?? saved.drop,
    dayFirst: stated.dayFirst ?? saved.day_first,
    decimal: stated.decimal ?? saved.decimal,
    minutesIn: stated.minutesIn ?? saved.minutes_in,
    lifecycle: stated.lifecycle ?? saved.lifecycle,
    dedupe: stated.dedupe ?? saved.dedupe,
    shape: stated.shape ?? saved.shape,
    steps: stated.steps ?? saved.steps,
    field: stated.field ?? saved.field,
  };
  const leftOut = stated.drop === undefined ? leftOutAsKept : undefined;
  return { rules, kept: (_, isLeftOut) => (isLeftOut ? leftOut : asKept) };
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

const mendedNotice = (file: string): Notice => ({
  code: 'SOURCE_MENDED',
  message: `${file} was in the workspace already and was read again, since files of the workspace had changed.`,
});

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
export async function writeParts(parts: readonly PendingPart[]): Promise<void> {
  for (const part of parts) await part.write();
}

/**
 * Reads files and stages their rows. Where files of the store changed, an extract that is there already is read again
 * if its own rows are among them, and so is the first, so that tables are made anew.
 */
export async function importInto(input: ImportFilesInput, before: Manifest, damage: Damage): Promise<Read> {
  const { store, files, signal } = input;
  const now = input.now ?? (() => new Date());
  const reports: AddReport[] = [];
  let sources: readonly ManifestSource[] = before.sources;
  const added: { source: ManifestSource; rules: ImportRules }[] = [];
  const held = new Map<string, HeldSource>();
  let pending: readonly PendingPart[] = [];
  for (const planned of files) {
    const { path, rules: stated, whyStated } = planned;
    const from = performance.now();
    const totalBytes = await fileSize(path);
    const state = await fileState(path);
    const sha256 = await fileSha256(path);
    const { rules, kept } = await withSavedMapping(store, path, stated, input.limits);
    const why = kept ?? whyStated;
    const isSameBytes = (source: ManifestSource) => source.sha256 === sha256 && source.as === rules.as;
    const holds = [
      ...sources.filter((source) => isSame(source, sha256, rules)),
      // The same bytes mend what was made of them, whatever their file is called now.
      ...damage.sources.filter((source) => isSameBytes(source) && source.file.endsWith(partWords(rules))),
    ].filter((source) => sources.includes(source));
    const place = await placeOf(sources, { ...planned, rules, sha256, bytes: totalBytes }, holds);
    const { shown, known } = place;
    const isDue =
      known && (damage.sources.includes(known) || (damage.changes.length > 0 && added.length === 0));
    if (known && !isDue) {
      const called = known.file === shown ? '' : `, as ${known.file}`;
      const message = `${shown} is in the workspace already${called}.`;
      const again: Notice = { code: 'ALREADY_IMPORTED', message };
      const report = reportOf(known, { guesses: [], examples: [] }, 0);
      reports.push({ ...report, notices: [again, ...report.notices] });
      continue;
    }
    const replaced = known ?? place.replaced;
    const name = replaced?.file ?? shown;
    await writeParts(pending);
    pending = [];
    let rows = 0;
    let bytes = 0;
    const tell = () => input.onProgress?.({ file: shown, rows, bytes, totalBytes });
    const imported = await importSource(
      { path, shown: name, sha256, id: nextId(before.sources, added.length, sha256) },
      rules,
      {
        store,
        pseudonymise: input.pseudonymise,
        heldBytes: input.heldBytes,
        ...(input.limits ? { limits: input.limits } : {}),
        ...(signal ? { signal } : {}),
        ...(why ? { whyStated: why } : {}),
        onBytes: (n) => {
          bytes = n;
        },
        onRows: (n) => {
          rows = n;
          tell();
        },
      },
    );
    if ((await fileState(path)) !== state)
      throw new WellspentError('INPUT_CHANGED', `${shown} changed while it was read.`, {
        where: { file: shown },
        hint: 'wait until it is written to the end, then the same command',
      });
    const { guesses, examples } = imported;
    pending = imported.pending;
    const importedAt = known?.importedAt ?? now().toISOString();
    const record: ManifestSource = { ...imported.record, importedAt };
    record.notices.push(...(input.notices ?? []));
    if (kept)
      record.notices.unshift({
        code: 'MAPPING_REUSED',
        message: `${name} was read with the mapping kept from a file with the same columns.`,
      });
    if (place.notice) record.notices.unshift({ ...place.notice(record.rowsUsed) });
    sources = replaced
      ? sources.map((source) => (source === replaced ? record : source))
      : [...sources, record];
    added.push({ source: record, rules });
    // The rows of the only source of events become its table as they are; those of several are read again.
    if (record.as === 'events') held.clear();
    const isOnly = sources.filter((source) => source.as === 'events').length === 1;
    if (imported.held && isOnly && record.as === 'events') held.set(record.id, imported.held);
    const report = reportOf(record, { guesses, examples }, (performance.now() - from) / 1000);
    // Said now and not kept: the workspace is as it was before.
    reports.push(known ? { ...report, notices: [mendedNotice(name), ...report.notices] } : report);
  }
  return { reports, sources, added, held, pending };
}
