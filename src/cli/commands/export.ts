import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Answers, countFigureRows, prepareAnswers } from '../../answers/index.ts';
import { countOf, WellspentError, writing } from '../../core/index.ts';
import { openWorkspace, workspaceContents } from '../../ingest/index.ts';
import {
  charterProfile,
  earlierKnowledge,
  ledgerFile,
  ledgerLine,
  makeRelease,
  type Publication,
  type PublicationFile,
  preparePublication,
  profileNamed,
  publicationFiles,
  publishablePages,
  type Release,
  readLedger,
} from '../../publish/index.ts';
import type { Action } from '../commands.ts';
import type { Effects } from '../effects.ts';
import { fromCwd, makeFolder } from '../files.ts';
import { asShellWord, progressLine, tookSince } from '../talk.ts';

/** The folder that is to be written: its path, and whether it holds something now. */
interface Target {
  readonly shown: string;
  readonly path: string;
  readonly isThere: boolean;
}

function targetOf(effects: Effects, into: unknown, replace: boolean): Target {
  if (typeof into !== 'string')
    throw new WellspentError('USAGE', 'Say where to write the publication.', { hint: '--into FOLDER' });
  const path = fromCwd(effects, into);
  if (!existsSync(path)) return { shown: into, path, isThere: false };
  if (!statSync(path).isDirectory())
    throw new WellspentError('FILE_EXISTS', `${into} is a file.`, { where: { file: into } });
  const holds = readdirSync(path).length > 0;
  if (holds && !replace)
    throw new WellspentError('FILE_EXISTS', `${into} is not empty.`, {
      where: { file: into },
      hint: `another folder, or --replace to put this publication in the place of what is there`,
    });
  if (holds && !existsSync(join(path, 'datapackage.json')))
    throw new WellspentError('FILE_EXISTS', `${into} holds something other than a publication.`, {
      where: { file: into },
      hint: 'another folder',
    });
  return { shown: into, path, isThere: true };
}

const readIfThere = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function writeAside(folder: string, files: readonly PublicationFile[]): void {
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/**
 * Puts the publication in its place and the line in the ledger, both or neither: all is written beside first,
 * and what was there comes back if the last step fails.
 */
function putInPlace(target: Target, files: readonly PublicationFile[], ledger: string, text: string): void {
  const beside = (what: string) =>
    join(dirname(target.path), `.${basename(target.path)}.${what}-${process.pid}`);
  const [fresh, old, oldLedger] = [beside('new'), beside('old'), `${ledger}.old-${process.pid}`];
  const undo: (() => void)[] = [];
  try {
    mkdirSync(fresh);
    undo.push(() => rmSync(fresh, { recursive: true, force: true }));
    writeAside(fresh, files);
    writeFileSync(`${ledger}.new-${process.pid}`, text);
    undo.push(() => rmSync(`${ledger}.new-${process.pid}`, { force: true }));
    if (existsSync(ledger)) {
      renameSync(ledger, oldLedger);
      undo.push(() => renameSync(oldLedger, ledger));
    } else undo.push(() => rmSync(ledger, { force: true }));
    renameSync(`${ledger}.new-${process.pid}`, ledger);
    if (target.isThere) {
      renameSync(target.path, old);
      undo.push(() => renameSync(old, target.path));
    }
    renameSync(fresh, target.path);
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
  rmSync(old, { recursive: true, force: true });
  rmSync(oldLedger, { force: true });
}

function inWords(publication: Publication, release: Release, files: readonly PublicationFile[]): string {
  const { suppressed, profile, results, givenBefore } = publication.guarded;
  const { valued } = publication.guarded;
  const hidden = suppressed.primary + suppressed.secondary;
  const empty =
    suppressed.withheld === 0
      ? ''
      : ` ${countOf(suppressed.withheld, 'count')} that the pages leave empty ${suppressed.withheld === 1 ? 'is taken for a small one' : 'are taken for small ones'} and not among them.`;
  const kinds = ['csv', 'parquet', 'charts'].map(
    (folder) => `${files.filter(({ path }) => path.startsWith(`${folder}/`)).length} in ${folder}/`,
  );
  return [
    `Release ${release.release} of "${publication.title}": ${countOf(results.length, 'page')}, ${countOf(files.length, 'file')} (${kinds.join(', ')}, datapackage.json, ${publication.service}.ods).`,
    `Profile ${profile.name}: ${hidden} of ${valued} counts suppressed (${suppressed.primary} small, ${suppressed.secondary} to protect them); the audit found none that can be placed closer than ${profile.width}.${empty}`,
    ...(givenBefore.length === 0
      ? []
      : [
          `Not protected any more, because an earlier release tells them: ${countOf(givenBefore.length, 'count')}, first ${givenBefore[0]}.`,
        ]),
    '',
  ].join('\n');
}

/** Refuses to publish a service of which no row of data is used: every page would say that it cannot tell. */
function refuseWithoutData({ data }: Answers, dir: string): void {
  const { sources } = data.provenance;
  if (sources.some(({ rowsUsed }) => rowsUsed > 0)) return;
  throw new WellspentError(
    'PUBLISH_NO_DATA',
    sources.length === 0
      ? `No data have been brought into ${dir}: there is nothing to publish.`
      : `No row of the data in ${dir} is used: there is nothing to publish.`,
    {
      found: sources.length === 0 ? 'no extracts' : sources.map(({ file }) => file).join(', '),
      hint:
        sources.length === 0
          ? `wellspent add --into ${asShellWord(dir)}`
          : `wellspent check ${asShellWord(dir)}`,
    },
  );
}

/** The rows behind each figure that is to be published. */
async function rowsBehind(dir: string, answers: Answers, pages: readonly string[]) {
  const workspace = await openWorkspace(dir);
  try {
    return await countFigureRows(workspace, answers, pages);
  } finally {
    await workspace.close();
  }
}

/** Refuses a publication in which a small count could be worked out, which the audit alone can tell. */
function refuseUnprotected({ guarded: { unprotected, profile } }: Publication): void {
  const [first] = unprotected;
  if (first === undefined) return;
  throw new WellspentError(
    'PUBLISH_UNPROTECTED',
    `${countOf(unprotected.length, 'small count')} of this publication can be placed closer than ${profile.width}, whatever else is suppressed.`,
    {
      found: first,
      hint: `leave out of publish, pages the page ${first.split(' / ')[0]?.replace('-', '/')}`,
    },
  );
}

/** `wellspent export`: the files of a publication, protected, and the line in the ledger of releases. */
export const exportCommand: Action = async (effects, [dir = '.'], options) => {
  const begun = effects.now();
  const target = targetOf(effects, options.into, options.replace === true);
  const workspace = fromCwd(effects, dir);
  const { charter } = workspaceContents(workspace).loaded;
  const profile =
    typeof options.profile === 'string'
      ? profileNamed(options.profile, fromCwd(effects, options.profile))
      : charterProfile(charter.publish?.profile);
  const ledger = join(workspace, ledgerFile);
  const text = readIfThere(ledger);
  const releases = readLedger(text, ledgerFile);
  const progress = progressLine(effects);
  const ticking = setInterval(() => progress.say(`Working, ${tookSince(effects, begun)} so far`), 500);
  try {
    const answers = await prepareAnswers(workspace);
    refuseWithoutData(answers, dir);
    const pages = charter.publish?.pages ?? publishablePages(answers);
    const rows = await rowsBehind(workspace, answers, pages);
    const extracts = answers.data.provenance.sources.map(({ file, sha256 }) => ({ file, sha256 }));
    const publication = await preparePublication(
      answers,
      charter.publish?.pages,
      profile,
      earlierKnowledge(releases, extracts),
      rows,
    );
    refuseUnprotected(publication);
    const files = await publicationFiles(publication, begun);
    const release = makeRelease(publication, files, text, releases.length, begun);
    makeFolder(effects, dirname(target.path));
    if (readIfThere(ledger) !== text)
      throw new WellspentError('RELEASES_CHANGED', `${ledgerFile} has changed since this export began.`, {
        where: { file: ledgerFile },
        hint: 'the same command again',
      });
    writing(target.shown, () => putInPlace(target, files, ledger, `${text}${ledgerLine(release)}\n`));
    progress.clear();
    if (options.format === 'json') {
      const { counts: _counts, sums: _sums, ...said } = release;
      const { suppressed, givenBefore } = publication.guarded;
      effects.stdout(`${JSON.stringify({ ...said, suppressed, givenBefore }, null, 2)}\n`);
    } else effects.stdout(inWords(publication, release, files));
  } finally {
    clearInterval(ticking);
    progress.clear();
  }
  effects.stderr(
    `Wrote ${target.shown} and a line in ${ledgerFile} in ${tookSince(effects, begun)}. Next: open ${asShellWord(join(target.shown, `${charter.service}.ods`))} and read it before anyone else does.\n`,
  );
  return 0;
};
