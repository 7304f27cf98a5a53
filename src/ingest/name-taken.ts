import { stat } from 'node:fs/promises';
import { countOf, dateLabel, WellspentError } from '../core/index.ts';
import { partWords } from '../define/index.ts';
import { fileSha256 } from './file-sha256.ts';
import type { ImportRules } from './import-rules.ts';
import type { PlannedFile } from './planned-file.ts';
import type { Notice } from './readers/raw-table.ts';
import type { ManifestSource } from './store/manifest.ts';

/** The place of a file among the sources: the name it gets, and the source that is it already or goes for it. */
interface Place {
  readonly shown: string;
  /** The source that is these bytes read by these rules. */
  readonly known?: ManifestSource | undefined;
  readonly replaced?: ManifestSource | undefined;
  readonly notice?: (rowsUsed: number) => Notice;
}

/** A file with its bytes known. */
interface Arrived extends Pick<PlannedFile, 'path' | 'shown' | 'sameName' | 'isOwnPath'> {
  readonly rules: Pick<ImportRules, 'as' | 'sheet' | 'objectType'>;
  readonly sha256: string;
  readonly bytes: number;
}

/** The nth of the files that have one name: "log.csv", "log (2).csv", "book (2).xlsx, sheet Jan". */
function numbered(shown: string, part: string, n: number): string {
  if (n === 1) return shown;
  const file = shown.endsWith(part) ? shown.slice(0, shown.length - part.length) : shown;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(file)?.[0] ?? '';
  return `${file.slice(0, file.length - ending.length)} (${n})${ending}${shown.slice(file.length)}`;
}

/** The sources that have one name, by number, and the next such name that none has. */
function ofOneName(sources: readonly ManifestSource[], { shown, rules }: Pick<Arrived, 'shown' | 'rules'>) {
  const part = partWords(rules);
  const family: ManifestSource[] = [];
  for (let n = 1; ; n++) {
    const name = numbered(shown, part, n);
    const found = sources.filter(({ file }) => file === name);
    if (found.length === 0) return { family, free: name };
    family.push(...found.filter(({ as }) => as === rules.as));
  }
}

/** True where the bytes of a source are a beginning of a file's, as those of a log that only grew are. */
async function hasGrown({ path, bytes }: Arrived, source: ManifestSource): Promise<boolean> {
  return source.bytes < bytes && (await fileSha256(path, source.bytes)) === source.sha256;
}

/**
 * The source whose name a file has, where it must be said what becomes of both: the bytes of none that has the name
 * are the file's own, or the beginning of them.
 */
export async function nameToDecide(
  sources: readonly ManifestSource[],
  { path, shown, rules }: Pick<Arrived, 'path' | 'shown' | 'rules'>,
): Promise<ManifestSource | undefined> {
  const { family } = ofOneName(sources, { shown, rules });
  const named = family.find((source) => source.file === shown);
  if (!named) return undefined;
  const { size } = await stat(path);
  for (const { bytes, sha256 } of family)
    if (bytes <= size && (await fileSha256(path, bytes)) === sha256) return undefined;
  return named;
}

const dayOf = ({ importedAt }: ManifestSource) => dateLabel(importedAt.slice(0, 10));

/** What is said of a source that a file takes the place of: how many of its rows went, and how many came. */
function replacement(
  file: Arrived,
  replaced: ManifestSource,
  isGrown: boolean,
): NonNullable<Place['notice']> {
  const { file: name, rowsUsed: count, sha256 } = replaced;
  const went = countOf(count, 'row');
  const notice = (message: string): Notice => ({ code: 'SOURCE_REPLACED', message, count });
  if (sha256 === file.sha256)
    return () => notice(`${name} was read anew, in place of the ${went} that it gave before.`);
  if (isGrown)
    return () => notice(`${name} has grown: it was read anew, in place of the ${went} that it gave before.`);
  return (came) =>
    notice(
      `${name} takes the place of its earlier version, brought in on ${dayOf(replaced)}: ${went} went, ${countOf(came, 'row')} came.`,
    );
}

function nameTaken(shown: string, family: readonly ManifestSource[]): WellspentError {
  const held = family.map((source) => {
    const name = source.file === shown ? '' : `${source.file}: `;
    return `${name}${countOf(source.rowsUsed, 'row')}, brought in on ${dayOf(source)}`;
  });
  return new WellspentError(
    'SOURCE_NAME_TAKEN',
    `${shown} is in the workspace already, with other content. Should this file take its place, or be added to it?`,
    {
      found: held.join('; '),
      hint: '--also (both stay; a row that both hold counts once) or --replace (the earlier rows go)',
    },
  );
}

/**
 * Finds the place of a file among the sources. A name that another file's bytes have is never taken without an
 * answer, unless it is the path of a file of the workspace or its charter, or the earlier bytes are the beginning of
 * these. Throws `SOURCE_NAME_TAKEN`. `holds` are the sources that are these bytes read by these rules.
 */
export async function placeOf(
  sources: readonly ManifestSource[],
  file: Arrived,
  holds: readonly ManifestSource[],
): Promise<Place> {
  const { shown, sameName, isOwnPath, sha256 } = file;
  const { family, free } = ofOneName(sources, file);
  const named = family.find((source) => source.file === shown);
  const inPlaceOf = (replaced: ManifestSource, isGrown: boolean): Place => ({
    shown: replaced.file,
    replaced,
    notice: replacement(file, replaced, isGrown),
  });
  const known = holds.find((source) => source === named) ?? holds[0];
  // Bytes known under another name still take the place of what this name held.
  const takesPlace = sameName === 'replace' || (isOwnPath && sameName === undefined);
  if (takesPlace && named && known !== named) {
    const kept = sameName === undefined ? holds.find((source) => family.includes(source)) : undefined;
    return kept ? { shown, known: kept } : inPlaceOf(named, await hasGrown(file, named));
  }
  if (known || !named) return { shown, known };
  if (sameName === 'keep-both') {
    const message = `${shown} is in the workspace already, so this file is called ${free} there; both stay.`;
    return { shown: free, notice: () => ({ code: 'SOURCE_BESIDE', message }) };
  }
  for (const source of family) {
    const isGrown = await hasGrown(file, source);
    if (isGrown || source.sha256 === sha256) return inPlaceOf(source, isGrown);
  }
  throw nameTaken(shown, family);
}
