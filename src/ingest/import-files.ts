import { WellspentError } from '../core/index.ts';
import { openDuckdb } from '../stores/index.ts';
import { afterCommit, overlapNotices, withSaidOnce } from './add-report.ts';
import type { AddReport } from './add-request.ts';
import { saveMapping } from './mapping/saved-mapping.ts';
import { type ImportFilesInput, importInto, writeParts } from './read-files.ts';
import { columnsComeLate, type Notice } from './readers/raw-table.ts';
import { commitSources, removeStale } from './store/commit.ts';
import { withLock } from './store/lock.ts';
import { type Manifest, readManifest, writeManifest } from './store/manifest.ts';
import { withMended } from './store/mend-sources.ts';
import { inScratchStore, isReadOnly } from './store/scratch-store.ts';
import { damageError, findDamage } from './store/verify-files.ts';

const keyCheckText = 'not a case: tells one key from another';

/** One workspace, one key: with another, later rows of a case would not find the earlier ones. */
function refuseOtherKey(
  before: Manifest,
  keyCheck: string,
  { keyInUse }: Pick<ImportFilesInput, 'keyInUse'>,
): void {
  if (before.sources.length === 0 || before.keyCheck === undefined || before.keyCheck === keyCheck) return;
  throw new WellspentError(
    'KEY_DIFFERS',
    'The key for pseudonyms is not the one that this workspace was built with.',
    {
      // A place, which pages leave out: where a key lies is for whoever runs the command.
      ...(keyInUse
        ? { where: { file: keyInUse.file } }
        : { found: 'the published demonstration key, since service.yaml says `demonstration: true`' }),
      hint: 'WELLSPENT_KEY_FILE=the key kept from before, then the same command',
    },
  );
}

/** Keeps how files were read for those that come later; says of each where that could not be written. */
function saveMappings(
  store: string,
  added: Awaited<ReturnType<typeof importInto>>['added'],
): readonly Notice[] {
  return added.flatMap(({ source, rules }) => {
    if (columnsComeLate(source.format) || rules.classifier !== undefined) return [];
    try {
      saveMapping(store, source, rules);
      return [];
    } catch (cause) {
      if (!(cause instanceof WellspentError)) throw cause;
      const message = `The rows are in the workspace, but how ${source.file} was read could not be kept for the next such file. ${cause.message}`;
      return [{ code: 'MAPPING_NOT_KEPT', message }];
    }
  });
}

/**
 * Brings files into a store under its lock: all of them or, on any error, none. A dry run on a store that may only be
 * read works beside it, without its lock.
 */
export async function importFiles(input: ImportFilesInput): Promise<readonly AddReport[]> {
  if (!input.dryRun || !isReadOnly(input.store)) return importUnderLock(input);
  const { warehouse: _, ...others } = input;
  return inScratchStore(input.store, (store) => importUnderLock({ ...others, store }, [input.store]));
}

/** `alsoRead` are folders in which files of the store stand that it only refers to. */
async function importUnderLock(
  input: ImportFilesInput,
  alsoRead: readonly string[] = [],
): Promise<readonly AddReport[]> {
  const { store } = input;
  return withLock(store, input.waitMs ?? 10_000, async (lock) => {
    const signal = AbortSignal.any([lock.signal, ...(input.signal ? [input.signal] : [])]);
    const before = readManifest(store);
    let now = before;
    const keyCheck = input.pseudonymise('case', keyCheckText);
    refuseOtherKey(before, keyCheck, input);
    removeStale(store, before);
    let warehouse = input.warehouse;
    const engine = async () => {
      warehouse ??= await openDuckdb({ folders: [store, ...alsoRead], memoryMb: 300, unflushedMb: 1 });
      return warehouse;
    };
    try {
      const damage = await findDamage(store, before);
      const { reports, sources, added, held, pending } = await importInto(
        { ...input, signal },
        before,
        damage,
      );
      if (added.length === 0) return withSaidOnce(reports, input.saidOnce);
      const isTrial = input.dryRun === true;
      const left = damage.sources.filter((source) => sources.includes(source));
      if (left.length > 0) {
        const mended = isTrial ? null : withMended(before, sources);
        if (mended) {
          await writeParts(pending);
          lock.check();
          writeManifest(store, mended);
          now = mended;
        }
        throw damageError(store, await findDamage(store, now), now.sources);
      }
      const made = await commitSources(engine, store, before, sources, {
        ...{ signal, keyCheck, held, pending, isTrial, mayWrite: lock.check },
      });
      if (isTrial) removeStale(store, before);
      // From here on the rows are in the workspace, whatever else fails.
      else now = made;
      const unsaved = isTrial ? [] : saveMappings(store, added);
      const counted = reports.map((report) => afterCommit(report, made.sources));
      const overlaps = overlapNotices(before.sources, made.sources);
      return withSaidOnce(counted, [...overlaps, ...unsaved, ...(input.saidOnce ?? [])]);
    } catch (cause) {
      // What is there now is another's, and why this one failed is that it took the lock over.
      lock.check();
      removeStale(store, now);
      if (input.signal?.aborted)
        throw new WellspentError('WAREHOUSE_CANCELLED', 'The import was cancelled. Nothing was changed.', {
          cause,
        });
      throw cause;
    } finally {
      if (!input.warehouse) await warehouse?.close();
    }
  });
}
